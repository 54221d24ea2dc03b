using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace LinkMonitor.Hosting.Standalone;

/// <summary>
/// Keeps a received message hidden from other readers for as long as its function runs. Stop it before settling the message, as every
/// renewal changes the pop receipt.
/// </summary>
internal sealed partial class MessageLease : IAsyncDisposable
{
    private readonly QueueClient _queue;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan duration, TimeProvider time, ILogger logger)
    {
        (_queue, _duration, _time, _logger) = (queue, duration, time, logger);
        MessageId = message.MessageId;
        PopReceipt = message.PopReceipt;
        _renewing = RenewAsync(_stop.Token);
    }

    public string MessageId { get; }

    /// <summary>The receipt of the last renewal; storage refuses older ones.</summary>
    public string PopReceipt { get; private set; }

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
            UpdateReceipt receipt = await _queue.UpdateMessageAsync(
                MessageId, PopReceipt, visibilityTimeout: _duration, cancellationToken: cancellationToken);
            PopReceipt = receipt.PopReceipt;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 400)
        {
            Log.Lost(_logger, MessageId, _queue.Name, lost);
            return false;
        }
        catch (Exception fault) when (StorageFault.Is(fault, cancellationToken))
        {
            Log.NotRenewed(_logger, MessageId, _queue.Name, fault);
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of {Queue} went to another reader while its function ran; it will have run twice.")]
        public static partial void Lost(ILogger logger, string messageId, string queue, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The lease on message {MessageId} of {Queue} could not be renewed this time.")]
        public static partial void NotRenewed(ILogger logger, string messageId, string queue, Exception exception);
    }
}
