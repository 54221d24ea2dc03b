using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Finds the projects whose changes wait although no message came for them.</summary>
public sealed partial class AlertSweep(
    ILinkStore links, IAlertStore alerts, IWorkQueues queues, TimeProvider time, ILogger<AlertSweep> logger)
{
    /// <summary>
    /// A note younger than this may belong to a check that has not written its change yet; longer than any function may run.
    /// </summary>
    internal static readonly TimeSpan NoteAge = TimeSpan.FromMinutes(30);

    /// <summary>Reads the notes, nudges where something waits, and takes old notes of empty outboxes back.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var pending in alerts.ReadPendingAsync(cancellationToken))
        {
            var open = await alerts.GetOpenAsync(pending.ProjectId, cancellationToken);
            if (open is not null && open.LeasedUntil > time.GetUtcNow())
                continue;
            if (open is not null || await HasOutboxAsync(pending.ProjectId, cancellationToken))
                await NudgeAsync(pending.ProjectId, cancellationToken);
            else if (time.GetUtcNow() - pending.NotedAt >= NoteAge)
                await alerts.ClearPendingAsync(pending, cancellationToken);
        }
    }

    private async Task<bool> HasOutboxAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await links.ReadOutboxAsync(projectId, cancellationToken).AnyAsync(cancellationToken);

    private async Task NudgeAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        Log.Nudged(logger, projectId);
        await queues.SendAlertNudgeAsync(projectId, TimeSpan.Zero, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Project {ProjectId} has changes waiting; nudged.")]
        public static partial void Nudged(ILogger logger, ProjectId projectId);
    }
}
