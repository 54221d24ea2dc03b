namespace LinkMonitor.Storage.Border;

/// <summary>How the storage failed us.</summary>
public enum StorageFailureKind
{
    /// <summary>No answer came in any of the tries, or no token to ask with.</summary>
    NoAnswer,

    /// <summary>It does not accept our credentials (401, 403).</summary>
    Denied,

    /// <summary>The table or the queue itself is not there. Never said of a row or a message.</summary>
    NotCreated,

    /// <summary>It answered, but not as it should, in every try.</summary>
    Failed,
}
