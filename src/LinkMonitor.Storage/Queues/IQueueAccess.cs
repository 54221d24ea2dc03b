using System.Text;
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
    /// <param name="delay">
    /// How long it stays invisible: zero to seven days. Rounded up to whole seconds where the service takes no others.
    /// </param>
    Task SendAsync(string text, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>The next visible messages, hidden from others for the time of the lease. Empty when none is visible.</summary>
    /// <param name="maxMessages">1 to <see cref="MaxBatch"/>.</param>
    /// <param name="lease">1 second to 7 days.</param>
    Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>How much lies on the queue, and the messages at its front, which stay where they are. Two requests.</summary>
    Task<QueuePeek> PeekAsync(CancellationToken cancellationToken);

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

/// <summary>What a peek at a queue shows without taking anything off it.</summary>
/// <param name="Messages">How many messages lie on it, visible or not; the service calls it approximate.</param>
/// <param name="Visible">The messages at its front that could be received now, at most <see cref="IQueueAccess.MaxBatch"/>.</param>
public sealed record QueuePeek(long Messages, IReadOnlyList<WaitingMessage> Visible)
{
    /// <summary>Since when the longest waiting of <see cref="Visible"/> could have been received; null when none is visible.</summary>
    public DateTimeOffset? WaitingSince => Visible.Count == 0 ? null : Visible.Min(message => message.WaitingSince);
}

/// <summary>Messages are UTF-8 text in base64 on every queue, as the Functions host expects by default.</summary>
internal static class QueueText
{
    // https://learn.microsoft.com/rest/api/storageservices/put-message
    private const int MaxLength = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a message; null when it is not base64 of UTF-8.</summary>
    public static string? Decode(string raw)
    {
        var bytes = new byte[raw.Length];
        if (!Convert.TryFromBase64String(raw, bytes, out var length))
            return null;
        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// What to put on a queue so that a reader gets the text; the text itself when encoding makes it too long for a queue.
    /// </summary>
    public static string Encode(string text)
    {
        var encoded = Convert.ToBase64String(Strict.GetBytes(text));
        return encoded.Length <= MaxLength ? encoded : text;
    }
}

/// <summary>A message that one reader has for itself until its lease ends.</summary>
public sealed record ReceivedMessage
{
    public required string Id { get; init; }

    /// <summary>Shows that the lease is ours; every renewal gives another, and only the last one counts.</summary>
    public required string Receipt { get; init; }

    /// <summary>What lies on the queue.</summary>
    public required string Raw { get; init; }

    /// <summary>How often it was received, this time included.</summary>
    public required long DequeueCount { get; init; }

    /// <summary>The text that was sent; null when what lies on the queue is not base64 of UTF-8.</summary>
    public string? Text => QueueText.Decode(Raw);
}

/// <summary>A message that waits to be received.</summary>
/// <param name="Raw">What lies on the queue.</param>
/// <param name="SentAt">When it was put there.</param>
public sealed record WaitingMessage(string Raw, DateTimeOffset SentAt)
{
    /// <summary>Since when it could have been received: one that was sent for later says so itself.</summary>
    public DateTimeOffset WaitingSince => MessageNotes.Read(QueueText.Decode(Raw)).DueAt ?? SentAt;
}
