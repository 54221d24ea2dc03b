using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Hosting.Standalone;

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
