using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Watching;

namespace LinkMonitor.Watchdog;

/// <summary>Looks at what waits: some 70 requests to the storage, whatever waits there.</summary>
internal sealed class BacklogLook(IScheduleAge schedule, IMessageQueues queues, IWatchdogStore store, TimeProvider time)
{
    public async Task<Backlog> LookAsync(CancellationToken cancellationToken)
    {
        var due = schedule.OldestDueAsync(cancellationToken);
        var sweep = store.GetSweepAsync(cancellationToken);
        var waiting = Task.WhenAll(QueueNames.All.Select(name => LookAsync(name, cancellationToken)));
        await Task.WhenAll(due, sweep, waiting);
        return new Backlog(time.GetUtcNow(), await due, await sweep, await waiting);
    }

    private async Task<QueueBacklog> LookAsync(string name, CancellationToken cancellationToken)
    {
        var sight = await queues.Open(name).LookAsync(cancellationToken);
        var poison = await queues.Open(name + QueueNames.PoisonSuffix).LookAsync(cancellationToken);
        return new QueueBacklog(name, sight.Messages, sight.WaitingSince, poison.Messages);
    }
}
