using LinkMonitor.Failures;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Monitoring;

/// <summary>What a message of the queue <see cref="QueueNames.PageChecks"/> asks for: one round of one page.</summary>
internal sealed class PageCheckMessages(PageCheck check, FailureNotes notes)
{
    /// <summary>Throws when the round failed, so that the message comes again; why is noted.</summary>
    public Task HandleAsync(string message, CancellationToken cancellationToken) =>
        notes.WatchAsync(QueueNames.PageChecks, message, () => CheckAsync(message, cancellationToken), cancellationToken);

    private Task CheckAsync(string message, CancellationToken cancellationToken)
    {
        var request = QueueMessages.ReadPageCheck(message);
        return check.RunAsync(
            new PageKey(request.Shard, request.PageId), new DateTimeOffset(request.Round, TimeSpan.Zero), cancellationToken);
    }
}
