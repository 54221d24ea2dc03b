using LinkMonitor.Failures;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Monitoring;

/// <summary>Queue function: one round of one page.</summary>
internal sealed class CheckPage(PageCheck check, FailureNotes notes) : IQueueFunction
{
    public Task RunAsync(string message, CancellationToken cancellationToken) =>
        notes.WatchAsync(QueueNames.PageChecks, message, () => CheckAsync(message, cancellationToken), cancellationToken);

    private Task CheckAsync(string message, CancellationToken cancellationToken)
    {
        var request = QueueMessages.ReadPageCheck(message);
        return check.RunAsync(
            new PageKey(request.Shard, request.PageId), new DateTimeOffset(request.Round, TimeSpan.Zero), cancellationToken);
    }
}
