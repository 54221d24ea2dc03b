namespace LinkMonitor.Storage.Border;

/// <summary>
/// The storage does not answer, or refuses: the one exception in which every room hears of it. Nothing is known of a write that ended so; making the
/// same call again is safe.
/// </summary>
public sealed class StorageFailureException : Exception
{
    public StorageFailureException() : base("The storage failed.")
    {
    }

    public StorageFailureException(string message) : base(message)
    {
    }

    public StorageFailureException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <param name="message">One line; holds no secret.</param>
    public StorageFailureException(StorageFailureKind kind, int status, string message, Exception? innerException)
        : base(message, innerException) => (Kind, Status) = (kind, status);

    public StorageFailureKind Kind { get; } = StorageFailureKind.Failed;

    /// <summary>The HTTP status of the last try; 0 when no answer came.</summary>
    public int Status { get; }
}
