using LinkMonitor.Hosting.Functions;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Hosting.Standalone;

/// <summary>
/// Takes one received message to its end: deleted, released for another try, or moved to the poison queue. The messages of a poison queue
/// are
/// never given up.
/// </summary>
internal sealed partial class MessageHandler(
    IQueueAccess queue, FunctionRegistration function, FunctionRunner runner,
    LoopOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// Never throws for what the function or storage does; a message that could not be settled comes back when its lease ends.
    /// </summary>
    /// <param name="cancellationToken">Cancels the function; its message is then visible again at once.</param>
    public async Task HandleAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        await using var lease = new MessageLease(queue, message, options.Lease, time, logger);
        try
        {
            await HandleAsync(message, lease, cancellationToken);
        }
        catch (StorageFailureException fault)
        {
            Log.NotSettled(logger, message.Id, queue.Name, fault);
        }
    }

    private async Task HandleAsync(ReceivedMessage message, MessageLease lease, CancellationToken cancellationToken)
    {
        var text = message.Text;
        if (text is null && queue.HasPoison)
        {
            Log.NotBase64(logger, message.Id, queue.Name);
            await GiveUpAsync(lease);
            return;
        }

        // More than allowed can only mean that earlier runs ended the process, so it must not run once more.
        if (message.DequeueCount > options.MaxDequeueCount && queue.HasPoison)
        {
            Log.Poisoned(logger, message.Id, queue.Name, message.DequeueCount);
            await GiveUpAsync(lease);
            return;
        }

        switch (await RunAsync(message, text ?? message.Raw, cancellationToken))
        {
            case Outcome.Done:
                await DeleteAsync(lease);
                break;
            case Outcome.Cancelled:
                await ReleaseAsync(lease, TimeSpan.Zero);
                break;
            case Outcome.Failed when message.DequeueCount >= options.MaxDequeueCount && queue.HasPoison:
                Log.Poisoned(logger, message.Id, queue.Name, message.DequeueCount);
                await GiveUpAsync(lease);
                break;
            default:
                await ReleaseAsync(lease, queue.HasPoison ? options.RetryDelay : options.PoisonRetryDelay);
                break;
        }
    }

    private async Task<Outcome> RunAsync(ReceivedMessage message, string text, CancellationToken cancellationToken)
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
            Log.Failed(logger, function.Definition.Name, message.DequeueCount, exception);
            return Outcome.Failed;
        }
    }

    // Settling takes no token: the stop that cancelled the function must not cut off the release of its message.
    private async Task DeleteAsync(MessageLease lease)
    {
        await lease.StopAsync();
        Settled(lease, await queue.DeleteAsync(lease.Message, CancellationToken.None));
    }

    private async Task ReleaseAsync(MessageLease lease, TimeSpan delay)
    {
        await lease.StopAsync();
        Settled(lease, await queue.ReleaseAsync(lease.Message, delay, CancellationToken.None));
    }

    private async Task GiveUpAsync(MessageLease lease)
    {
        await lease.StopAsync();
        Settled(lease, await queue.MoveToPoisonAsync(lease.Message, CancellationToken.None));
    }

    private void Settled(MessageLease lease, bool wasOurs)
    {
        if (!wasOurs)
            Log.TakenOver(logger, lease.Message.Id, queue.Name);
    }

    private enum Outcome
    {
        Done,
        Failed,
        Cancelled,
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed at attempt {DequeueCount}; the message will be delivered "
            + "again.")]
        public static partial void Failed(ILogger logger, string function, long dequeueCount, Exception exception);

        [LoggerMessage(
            Level = LogLevel.Error, Message = "Message {MessageId} of {Queue} goes to the poison queue after {DequeueCount} deliveries.")]
        public static partial void Poisoned(ILogger logger, string messageId, string queue, long dequeueCount);

        [LoggerMessage(
            Level = LogLevel.Error, Message = "Message {MessageId} of {Queue} is not base64 of UTF-8 and goes to the poison queue.")]
        public static partial void NotBase64(ILogger logger, string messageId, string queue);

        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "Message {MessageId} of {Queue} was taken over by another reader before it could be settled.")]
        public static partial void TakenOver(ILogger logger, string messageId, string queue);

        [LoggerMessage(
            Level = LogLevel.Error, Message = "Message {MessageId} of {Queue} could not be settled; it comes back when its lease ends.")]
        public static partial void NotSettled(ILogger logger, string messageId, string queue, Exception exception);
    }
}

/// <summary>
/// Keeps a received message hidden from other readers for as long as its function runs. Stop it before settling the message, as every
/// renewal changes the receipt.
/// </summary>
internal sealed partial class MessageLease : IAsyncDisposable
{
    private readonly IQueueAccess _queue;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    public MessageLease(IQueueAccess queue, ReceivedMessage message, TimeSpan duration, TimeProvider time, ILogger logger)
    {
        (_queue, _duration, _time, _logger) = (queue, duration, time, logger);
        Message = message;
        _renewing = RenewAsync(_stop.Token);
    }

    /// <summary>The message, with the receipt of the last renewal; storage refuses older ones.</summary>
    public ReceivedMessage Message { get; private set; }

    /// <summary>Ends the renewals; the message stays hidden for what is left of the last one.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_duration / 2, _time, cancellationToken);
                // Once begun it is seen through: a renewal cut off half-way would leave us with a receipt storage no longer takes.
                if (!await TryRenewAsync(CancellationToken.None))
                    return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _queue.RenewAsync(Message, _duration, cancellationToken) is { } renewed)
            {
                Message = renewed;
                return true;
            }

            Log.Lost(_logger, Message.Id, _queue.Name);
            return false;
        }
        catch (StorageFailureException fault)
        {
            Log.NotRenewed(_logger, Message.Id, _queue.Name, fault);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Message {MessageId} of {Queue} went to another reader while its function ran; it will have run twice.")]
        public static partial void Lost(ILogger logger, string messageId, string queue);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The lease on message {MessageId} of {Queue} could not be renewed this time.")]
        public static partial void NotRenewed(ILogger logger, string messageId, string queue, Exception exception);
    }
}
