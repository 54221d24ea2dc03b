namespace LinkMonitor.Storage.Archives;

/// <summary>A file is no whole archive that this version reads. The message says where and what to do.</summary>
public sealed class InvalidArchiveException : Exception
{
    public InvalidArchiveException() : base("The archive cannot be read.")
    {
    }

    public InvalidArchiveException(string message) : base(message)
    {
    }

    public InvalidArchiveException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
