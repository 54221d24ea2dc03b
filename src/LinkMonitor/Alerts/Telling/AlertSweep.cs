using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Watching;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Finds the projects that need attention although no message came for them.</summary>
internal sealed partial class AlertSweep(
    ILinkStore links,
    IAlertStore alerts,
    IAlertPlanStore plans,
    AlertNudges nudges,
    IWatchdogStore watchdog,
    TimeProvider time,
    ILogger<AlertSweep> logger)
{
    /// <summary>
    /// A note younger than this may belong to a check that has not written its change yet; longer than any function may run.
    /// </summary>
    internal static readonly TimeSpan NoteAge = TimeSpan.FromMinutes(30);

    /// <summary>Reads the notes, nudges where something is due, takes old notes of projects with nothing to tell back; then reads what was to happen by now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var tally = new SweepTally(time.GetUtcNow());
        await foreach (var pending in alerts.ReadPendingAsync(cancellationToken))
            await LookAsync(pending, tally, cancellationToken);
        await foreach (var wake in alerts.ReadWakesAsync(time.GetUtcNow(), cancellationToken))
            await WakeAsync(wake, cancellationToken);
        await watchdog.NoteSweepAsync(tally.ToReport(), cancellationToken);
    }

    private async Task LookAsync(PendingProject pending, SweepTally tally, CancellationToken cancellationToken)
    {
        // The outbox first: what has left it since then is in an open alert, or told.
        var project = pending.ProjectId;
        var now = time.GetUtcNow();
        var hasOutbox = tally.Note(await links.ReadOutboxKeysAsync(project, cancellationToken));
        var open = await alerts.ReadOpenAsync(project, cancellationToken);
        var isWoken = (await plans.GetAsync(project, cancellationToken)).WakeAt <= now;
        if (hasOutbox || isWoken || open.Any(alert => alert.LeasedUntil <= now && !(alert.NextAttemptAt > now)))
            await NudgeAsync(project, cancellationToken);
        else if (open.Count == 0 && now - pending.NotedAt >= NoteAge)
            await alerts.ClearPendingAsync(pending, cancellationToken);
    }

    private async Task WakeAsync(Wake wake, CancellationToken cancellationToken)
    {
        // In this order a crash can only repeat it: the note keeps the project in sight, the plan says what for, and the wake-up goes last.
        await alerts.MarkPendingAsync(wake.ProjectId, time.GetUtcNow(), cancellationToken);
        await plans.NoteWakeAsync(wake.ProjectId, wake.At, cancellationToken);
        await NudgeAsync(wake.ProjectId, cancellationToken);
        await alerts.DeleteWakeAsync(wake, cancellationToken);
    }

    private async Task NudgeAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        Log.Nudged(logger, projectId);
        await nudges.NudgeAgainAsync(projectId, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Project {ProjectId} has something to tell; nudged.")]
        public static partial void Nudged(ILogger logger, ProjectId projectId);
    }
}
