using LinkMonitor.Failures;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Queue function: tells a project's changes.</summary>
internal sealed class SendAlerts(AlertTeller teller, FailureNotes notes) : IQueueFunction
{
    public Task RunAsync(string message, CancellationToken cancellationToken) =>
        notes.WatchAsync(QueueNames.Alerts, message, () => TellAsync(message, cancellationToken), cancellationToken);

    private Task TellAsync(string message, CancellationToken cancellationToken)
    {
        var nudge = QueueMessages.ReadAlertNudge(message);
        return teller.TellAsync(new ProjectId(nudge.ProjectId), cancellationToken);
    }
}
