using LinkMonitor.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Alerts.Sending;

/// <summary>What a message of the queue <see cref="QueueNames.Alerts"/> asks for: to tell a project's changes.</summary>
internal sealed class NudgeHandler(AlertReporter teller, FailureNotes notes)
{
    /// <summary>Throws when planning or sending failed, so that the message comes again; why is noted.</summary>
    public Task HandleAsync(string message, CancellationToken cancellationToken) =>
        notes.WatchAsync(QueueNames.Alerts, message, () => TellAsync(message, cancellationToken), cancellationToken);

    private Task TellAsync(string message, CancellationToken cancellationToken)
    {
        var nudge = QueueMessages.ReadAlertNudge(message);
        return teller.TellAsync(new ProjectId(nudge.ProjectId), cancellationToken);
    }
}
