using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LinkMonitor.Storage.Border;

namespace LinkMonitor.Storage.Queues;

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
