using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Hosting.Standalone;

/// <summary>
/// Reads one queue and runs its function, as the queue trigger of the Functions host does. Several copies may read the same queue.
/// </summary>
internal sealed partial class QueueLoop(IQueueAccess queue, MessageHandler handler, LoopOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ReceiveGrace = TimeSpan.FromSeconds(2);

    private readonly HashSet<Task> _running = [];
    private bool _isFailing;
    private TimeSpan _pause = options.MinPollingInterval;

    /// <summary>Ends only when asked to stop, after running functions have ended or were cancelled.</summary>
    /// <exception cref="Exception">A bug; trouble with storage or with a message is logged and retried.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource();
        try
        {
            while (true)
                await TurnAsync(abort.Token, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await using var limit = time.CreateTimer(_ => abort.Cancel(), null, options.DrainTime, Timeout.InfiniteTimeSpan);
            await Task.WhenAll(_running);
        }
    }

    private async Task TurnAsync(CancellationToken abort, CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        await ReapAsync();
        var free = options.MaxConcurrency - _running.Count;
        if (free == 0)
        {
            await Task.WhenAny(_running).WaitAsync(stoppingToken);
            return;
        }

        var messages = await ReceiveAsync(Math.Min(free, IQueueAccess.MaxBatch), stoppingToken);
        foreach (var message in messages)
            _running.Add(handler.HandleAsync(message, abort));
        if (messages.Count == 0)
            await PauseAsync(stoppingToken);
        else
            _pause = options.MinPollingInterval;
    }

    // Awaiting what has ended brings a bug in our own handling to the surface.
    private async Task ReapAsync()
    {
        foreach (var ended in _running.Where(task => task.IsCompleted).ToList())
        {
            _running.Remove(ended);
            await ended;
        }
    }

    private async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int count, CancellationToken stoppingToken)
    {
        // A stop lets the request end: cut off, the service may still carry it out, and hide from everybody what nobody got.
        using var cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stop = stoppingToken.Register(() => cut.CancelAfter(ReceiveGrace));
        try
        {
            var received = await queue.ReceiveAsync(count, options.Lease, cut.Token);
            _isFailing = false;
            return received;
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            throw new OperationCanceledException(stoppingToken);
        }
        catch (StorageFailureException missing) when (missing.Kind == StorageFailureKind.NotCreated)
        {
            Log.QueueMissing(logger, queue.Name);
            return await CreateAgainAsync(stoppingToken);
        }
        catch (StorageFailureException fault)
        {
            Failed(fault);
            return [];
        }
    }

    // Reported once: it is asked again every few seconds until it answers.
    private void Failed(StorageFailureException fault)
    {
        if (!_isFailing)
            Log.NotReceived(logger, queue.Name, fault);
        _isFailing = true;
        _pause = options.MaxPollingInterval;
    }

    private async Task<IReadOnlyList<ReceivedMessage>> CreateAgainAsync(CancellationToken stoppingToken)
    {
        try
        {
            await queue.CreateAsync(stoppingToken);
        }
        catch (StorageFailureException fault)
        {
            // A deleted queue cannot be made again for some thirty seconds.
            Failed(fault);
        }

        return [];
    }

    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(_pause, time, stoppingToken);
        _pause = _pause * 2 < options.MaxPollingInterval ? _pause * 2 : options.MaxPollingInterval;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} is gone and is created again.")]
        public static partial void QueueMissing(ILogger logger, string queue);

        [LoggerMessage(Level = LogLevel.Error, Message = "Queue {Queue} cannot be read; retrying until it can.")]
        public static partial void NotReceived(ILogger logger, string queue, Exception exception);
    }
}
