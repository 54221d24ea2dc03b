using LinkMonitor.Storage.Border;

namespace LinkMonitor.Storage.Queues;

/// <summary>
/// Access to one queue. A message that was received is hidden from other readers until its lease ends, and comes again then unless it was
/// deleted.
/// Every method throws <see cref="StorageFailureException"/> when the storage fails, also when the queue is not there
/// (<see cref="StorageFailureKind.NotCreated"/>).
/// </summary>
public interface IQueueAccess
{
    /// <summary>
    /// The most messages that are received at once. Source: https://learn.microsoft.com/rest/api/storageservices/get-messages.
    /// </summary>
    const int MaxBatch = 32;

    string Name { get; }

    /// <summary>Whether messages can be given up; not so on a poison queue, as at the Functions host.</summary>
    bool HasPoison { get; }

    /// <summary>Creates the queue and its poison queue, if they are not there.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Puts a message on the queue, as base64.</summary>
    /// <param name="delay">How long it stays invisible: zero to seven days. Rounded up to whole seconds where the service takes no others.</param>
    Task SendAsync(string text, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>The next visible messages, hidden from others for the time of the lease. Empty when none is visible.</summary>
    /// <param name="maxMessages">1 to <see cref="MaxBatch"/>.</param>
    /// <param name="lease">1 second to 7 days.</param>
    Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>How much lies on the queue, and the messages at its front, which stay where they are. Two requests.</summary>
    Task<QueueSight> LookAsync(CancellationToken cancellationToken);

    /// <summary>Begins the lease anew.</summary>
    /// <returns>The message with its new receipt; null when it went to another reader or was deleted.</returns>
    Task<ReceivedMessage?> RenewAsync(ReceivedMessage message, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Puts the message back, to be seen again after a delay.</summary>
    /// <param name="delay">Zero to seven days.</param>
    /// <returns>False when it went to another reader or was deleted.</returns>
    Task<bool> ReleaseAsync(ReceivedMessage message, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Takes the message off the queue for good.</summary>
    /// <returns>False when it went to another reader or was deleted.</returns>
    Task<bool> DeleteAsync(ReceivedMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Moves the message to the poison queue, where it never expires and is base64 whatever it was. Copied first: a crash in between leaves
    /// two, never none.
    /// </summary>
    /// <returns>As <see cref="DeleteAsync"/>; it is on the poison queue either way.</returns>
    /// <exception cref="InvalidOperationException">The queue has no poison queue.</exception>
    Task<bool> MoveToPoisonAsync(ReceivedMessage message, CancellationToken cancellationToken);
}
