using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// Tells a project's changes. What is to be told, and to whom, is stored before anything is sent; every answer of a mail service is
/// stored before the next message goes out. A crash between a sending and its record is the only way to a duplicate, which then
/// carries the same ids.
/// </summary>
public sealed partial class AlertTeller(
    IProjectStore projects,
    ILinkStore links,
    IAlertStore alerts,
    IWorkQueues queues,
    AlertDelivery delivery,
    AlertOpening opening,
    IOptions<TellingOptions> options,
    TimeProvider time,
    ILogger<AlertTeller> logger)
{
    /// <summary>Tells what there is to tell, alert by alert, until the outbox is empty or somebody else is at it.</summary>
    public async Task TellAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        if (await projects.GetAsync(projectId, cancellationToken) is not { } project)
        {
            Log.ProjectGone(logger, projectId);
            return;
        }

        while (await NextAsync(project, cancellationToken) is { } alert)
        {
            if (!await FinishAsync(project, alert, cancellationToken))
                return;
        }
    }

    /// <summary>The open alert, or a new one for what is in the outbox; null when there is none or another worker has it.</summary>
    private async Task<Alert?> NextAsync(Project project, CancellationToken cancellationToken)
    {
        if (await alerts.GetOpenAsync(project.Id, cancellationToken) is not { } open)
            return await opening.OpenAsync(project, cancellationToken);

        var now = time.GetUtcNow();
        if (open.LeasedUntil > now)
            return null;
        return await alerts.TrySaveAsync(open with { LeasedUntil = now + options.Value.Lease }, cancellationToken);
    }

    /// <returns>Whether the alert is closed; otherwise it stays open for a later attempt or for another worker.</returns>
    private async Task<bool> FinishAsync(Project project, Alert alert, CancellationToken cancellationToken)
    {
        var told = await delivery.DeliverAsync(project, alert, cancellationToken);
        if (told is null)
            return false;
        if (told.NextAttemptAt is { } next)
            return await PostponeAsync(told.Alert, next, cancellationToken);

        await links.RemoveFromOutboxAsync(project.Id, told.Alert.OutboxKeys, cancellationToken);
        var closed = await alerts.CloseAsync(told.Alert with { ClosedAt = time.GetUtcNow() }, cancellationToken);
        if (closed)
            Log.Closed(logger, alert.Id, project.Id, alert.OutboxKeys.Count);
        return closed;
    }

    private async Task<bool> PostponeAsync(Alert alert, DateTimeOffset next, CancellationToken cancellationToken)
    {
        if (await alerts.TrySaveAsync(alert with { LeasedUntil = next }, cancellationToken) is not null)
            await queues.SendAlertNudgeAsync(alert.ProjectId, next - time.GetUtcNow(), cancellationToken);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Project {ProjectId} no longer exists; nothing to tell.")]
        public static partial void ProjectGone(ILogger logger, ProjectId projectId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Alert {AlertId} of project {ProjectId} told {Changes} changes.")]
        public static partial void Closed(ILogger logger, string alertId, ProjectId projectId, int changes);
    }
}
