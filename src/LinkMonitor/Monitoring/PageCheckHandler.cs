using LinkMonitor.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Monitoring;

/// <summary>
/// What a message of the queue <see cref="QueueNames.PageChecks"/> asks for: the next due pages of some hosts; or one page, as in messages
/// of the version before and in those that are put back from the failures.
/// </summary>
internal sealed class PageCheckHandler(HostRound round, PageSchedule schedule, FailureNotes notes)
{
    /// <summary>Throws when the step failed, so that the message comes again; why is noted.</summary>
    public Task HandleAsync(string message, CancellationToken cancellationToken) =>
        notes.WatchAsync(QueueNames.PageChecks, message, () => CheckAsync(message, cancellationToken), cancellationToken);

    private Task CheckAsync(string message, CancellationToken cancellationToken)
    {
        if (QueueMessages.FindPageCheck(message) is { } page)
            return schedule.EnqueueNowAsync(new PageKey(page.Shard, page.PageId), cancellationToken);

        // When one of them fails, the message comes again for all, and finds that the others' steps were done.
        return Task.WhenAll(QueueMessages.ReadHostChecks(message).Select(
            step => round.RunAsync(new HostKey(step.Shard, step.HostId), step.Run, cancellationToken)));
    }
}
