namespace LinkMonitor.Storage.Writing;

/// <summary>A row was written by others at every one of many attempts. Nothing was lost: the same call may be made again later.</summary>
public sealed class ContentionException : Exception
{
    public ContentionException() : base("The row was written by others at every attempt.")
    {
    }

    public ContentionException(string message) : base(message)
    {
    }

    public ContentionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
