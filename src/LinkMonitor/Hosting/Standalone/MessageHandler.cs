using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LinkMonitor.Hosting.Functions;

namespace LinkMonitor.Hosting.Standalone;

/// <summary>Takes one received message to its end: deleted, released for another try, or moved to the poison queue.</summary>
/// <param name="poison">Null when the queue is itself a poison queue: its messages are never given up.</param>
internal sealed partial class MessageHandler(
    QueueClient queue, QueueClient? poison, FunctionRegistration function, FunctionRunner runner,
    LoopOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    /// <summary>Never throws for what the function or storage does; a message that could not be settled comes back when its lease ends.</summary>
    /// <param name="cancellationToken">Cancels the function; its message is then visible again at once.</param>
    public async Task HandleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        await using var lease = new MessageLease(queue, message, options.Lease, time, logger);
        try
        {
            await HandleAsync(message, lease, cancellationToken);
        }
        catch (Exception fault) when (StorageFault.Is(fault, CancellationToken.None))
        {
            Log.NotSettled(logger, message.MessageId, queue.Name, fault);
        }
    }

    private async Task HandleAsync(QueueMessage message, MessageLease lease, CancellationToken cancellationToken)
    {
        var raw = message.Body.ToString();
        var text = QueueText.Decode(raw);
        if (text is null && poison is not null)
        {
            Log.NotBase64(logger, message.MessageId, queue.Name);
            await GiveUpAsync(lease, QueueText.Encode(raw));
            return;
        }

        // More than allowed can only mean that earlier runs ended the process, so it must not run once more.
        if (message.DequeueCount > options.MaxDequeueCount && poison is not null)
        {
            Log.Poisoned(logger, message.MessageId, queue.Name, message.DequeueCount);
            await GiveUpAsync(lease, raw);
            return;
        }

        switch (await RunAsync(message, text ?? raw, cancellationToken))
        {
            case Outcome.Done:
                await DeleteAsync(lease);
                break;
            case Outcome.Cancelled:
                await ReleaseAsync(lease, TimeSpan.Zero);
                break;
            case Outcome.Failed when message.DequeueCount >= options.MaxDequeueCount && poison is not null:
                Log.Poisoned(logger, message.MessageId, queue.Name, message.DequeueCount);
                await GiveUpAsync(lease, raw);
                break;
            default:
                await ReleaseAsync(lease, poison is null ? options.PoisonRetryDelay : options.RetryDelay);
                break;
        }
    }

    private async Task<Outcome> RunAsync(QueueMessage message, string text, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(function, text, cancellationToken);
            return Outcome.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Outcome.Cancelled;
        }
        catch (Exception exception)
        {
            // The edge of the process: whatever a function throws means that its message was not handled.
            Log.Failed(logger, function.Definition.Name, message.MessageId, message.DequeueCount, exception);
            return Outcome.Failed;
        }
    }

    // Settling takes no token: the stop that cancelled the function must not cut off the release of its message.
    private async Task DeleteAsync(MessageLease lease)
    {
        await lease.StopAsync();
        try
        {
            await queue.DeleteMessageAsync(lease.MessageId, lease.PopReceipt, CancellationToken.None);
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 400)
        {
            Log.TakenOver(logger, lease.MessageId, queue.Name);
        }
    }

    private async Task ReleaseAsync(MessageLease lease, TimeSpan delay)
    {
        await lease.StopAsync();
        await queue.UpdateMessageAsync(
            lease.MessageId, lease.PopReceipt, visibilityTimeout: delay, cancellationToken: CancellationToken.None);
    }

    // Copied first: a crash in between leaves two, never none.
    private async Task GiveUpAsync(MessageLease lease, string raw)
    {
        await poison!.SendMessageAsync(raw, timeToLive: Never, cancellationToken: CancellationToken.None);
        await DeleteAsync(lease);
    }

    private enum Outcome
    {
        Done,
        Failed,
        Cancelled,
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed on message {MessageId}, time {DequeueCount}.")]
        public static partial void Failed(ILogger logger, string function, string messageId, long dequeueCount, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} of {Queue} goes to the poison queue after {DequeueCount} deliveries.")]
        public static partial void Poisoned(ILogger logger, string messageId, string queue, long dequeueCount);

        [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} of {Queue} is not base64 of UTF-8 and goes to the poison queue.")]
        public static partial void NotBase64(ILogger logger, string messageId, string queue);

        [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} of {Queue} was taken over by another reader before it could be deleted.")]
        public static partial void TakenOver(ILogger logger, string messageId, string queue);

        [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} of {Queue} could not be settled; it comes back when its lease ends.")]
        public static partial void NotSettled(ILogger logger, string messageId, string queue, Exception exception);
    }
}
