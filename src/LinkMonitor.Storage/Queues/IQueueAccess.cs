using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
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

/// <inheritdoc cref="IQueueAccess"/>
/// <param name="queue">Without an encoding: the client would fail a whole batch for one message that is not base64.</param>
/// <param name="poison">Null when <paramref name="queue"/> is a poison queue.</param>
internal sealed class AzureQueueAccess(QueueClient queue, QueueClient? poison) : IQueueAccess
{
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    public string Name => queue.Name;

    public bool HasPoison => poison is not null;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await StorageBorder.CrossAsync(queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);
        if (poison is not null)
            await StorageBorder.CrossAsync(poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);
    }

    public Task SendAsync(string text, TimeSpan delay, CancellationToken cancellationToken)
    {
        var raw = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return StorageBorder.CrossAsync(
            queue.SendMessageAsync(raw, WholeSeconds(delay), timeToLive: null, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// The queue takes whole seconds, and the client cuts off the rest: rounded up, a message never comes before its time.
    /// Source: https://learn.microsoft.com/rest/api/storageservices/put-message#uri-parameters.
    /// </summary>
    internal static TimeSpan WholeSeconds(TimeSpan delay) => TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));

    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan lease, CancellationToken cancellationToken)
    {
        var received = await StorageBorder.CrossAsync(queue.ReceiveMessagesAsync(maxMessages, lease, cancellationToken), cancellationToken);
        return [.. received.Value.Select(Received)];
    }

    public async Task<QueuePeek> PeekAsync(CancellationToken cancellationToken)
    {
        var counted = await StorageBorder.CrossAsync(queue.GetPropertiesAsync(cancellationToken), cancellationToken);
        var front = await StorageBorder.CrossAsync(queue.PeekMessagesAsync(IQueueAccess.MaxBatch, cancellationToken), cancellationToken);
        return new QueuePeek(
            counted.Value.ApproximateMessagesCountLong,
            [.. front.Value.Select(message => new WaitingMessage(message.Body.ToString(), message.InsertedOn ?? DateTimeOffset.MaxValue))]);
    }

    public async Task<ReceivedMessage?> RenewAsync(ReceivedMessage message, TimeSpan lease, CancellationToken cancellationToken) =>
        await TryUpdateAsync(message, lease, cancellationToken) is { } receipt ? message with { Receipt = receipt.PopReceipt } : null;

    public async Task<bool> ReleaseAsync(ReceivedMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        await TryUpdateAsync(message, delay, cancellationToken) is not null;

    public async Task<bool> DeleteAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await StorageBorder.CrossAsync(queue.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken), cancellationToken);
            return true;
        }
        catch (StorageFailureException gone) when (IsTakenOver(gone))
        {
            return false;
        }
    }

    public async Task<bool> MoveToPoisonAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        if (poison is null)
            throw new InvalidOperationException($"'{Name}' has no poison queue.");

        var raw = message.Text is null ? QueueText.Encode(message.Raw) : message.Raw;
        await StorageBorder.CrossAsync(
            poison.SendMessageAsync(raw, timeToLive: Never, cancellationToken: cancellationToken), cancellationToken);
        return await DeleteAsync(message, cancellationToken);
    }

    private async Task<UpdateReceipt?> TryUpdateAsync(ReceivedMessage message, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        try
        {
            var update = queue.UpdateMessageAsync(
                message.Id, message.Receipt, visibilityTimeout: visibleAfter, cancellationToken: cancellationToken);
            return (await StorageBorder.CrossAsync(update, cancellationToken)).Value;
        }
        catch (StorageFailureException gone) when (IsTakenOver(gone))
        {
            return null;
        }
    }

    // An old receipt is answered 404, or 400 by services that compare it first.
    private static bool IsTakenOver(StorageFailureException refused) =>
        refused is { Status: 404 or 400, Kind: not StorageFailureKind.NotCreated };

    private static ReceivedMessage Received(QueueMessage message) => new()
    {
        Id = message.MessageId,
        Receipt = message.PopReceipt,
        Raw = message.Body.ToString(),
        DequeueCount = message.DequeueCount,
    };
}
