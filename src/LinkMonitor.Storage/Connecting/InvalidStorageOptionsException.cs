namespace LinkMonitor.Storage.Connecting;

/// <summary>The storage setting cannot be used. The message says why and what to write instead, and holds no secret.</summary>
public sealed class InvalidStorageOptionsException : Exception
{
    public InvalidStorageOptionsException() : base("The storage setting cannot be used.")
    {
    }

    public InvalidStorageOptionsException(string message) : base(message)
    {
    }

    public InvalidStorageOptionsException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
