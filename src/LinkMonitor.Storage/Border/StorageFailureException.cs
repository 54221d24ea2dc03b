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

    /// <summary>What <paramref name="exception"/> says of the storage; null when it is something else.</summary>
    public static StorageFailureException? Of(Exception exception) =>
        exception as StorageFailureException ?? StorageBorder.Translate(exception, CancellationToken.None);

    public StorageFailureKind Kind { get; } = StorageFailureKind.Failed;

    /// <summary>The HTTP status of the last try; 0 when no answer came.</summary>
    public int Status { get; }
}
