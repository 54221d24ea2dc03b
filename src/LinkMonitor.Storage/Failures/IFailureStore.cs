using LinkMonitor.Storage.Paging;

namespace LinkMonitor.Storage.Failures;

/// <summary>The <c>Failures</c> table: queue messages given up on.</summary>
public interface IFailureStore
{
    /// <summary>Remembers why an attempt failed: the host moves a message to the poison queue without a reason.</summary>
    Task NoteAttemptAsync(string queue, string text, string message, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps a message of the poison queue, with the last noted error. Doing it again keeps one.</summary>
    Task<FailedMessage> RecordAsync(string queue, string text, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The kept messages of one queue, the newest first.</summary>
    Task<Slice<FailedMessage>> ListAsync(string queue, int maxItems, string? cursor, CancellationToken cancellationToken);

    Task<FailedMessage?> GetAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>Forgets a message. False when it was not there.</summary>
    Task<bool> RemoveAsync(string queue, string id, CancellationToken cancellationToken);
}
