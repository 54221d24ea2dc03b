using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Failures;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Watching;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Finds the projects that need attention although no message came for them. Projects are checked side by side, each within its own time:
/// what fails or hangs for one is listed under failures, tried again at the next sweep, and stops no other.
/// </summary>
internal sealed partial class AlertSweep(
    ILinkStore links,
    IAlertStore alerts,
    IAlertPlanStore plans,
    NudgeSender nudges,
    SweepTurns turns,
    SetAsideList setAside,
    IWatchdogStore watchdog,
    IOptions<AlertOptions> options,
    TimeProvider time,
    ILogger<AlertSweep> logger)
{
    /// <summary>
    /// A note younger than this may belong to a check that has not written its change yet; longer than any function may run.
    /// </summary>
    internal static readonly TimeSpan NoteAge = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Reads the notes and nudges where something is due, takes old notes of projects with nothing to report back; reads what was to happen
    /// by now, and goes through the list of what is set aside.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Side by side: a list that cannot be read hides no other.
        var budget = new RunBudget(time, options.Value.RunBudget);
        var now = time.GetUtcNow();
        var tooFar = now + AlertTimes.LongestWake + StoredTime.Tolerance;
        var tally = new SweepTally(now);
        await Task.WhenAll(
            turns.RunAsync(
                "pending projects",
                budget,
                alerts.ReadPendingAsync,
                one => one.ProjectId.Value,
                (one, stop) => SweepAsync(one, tally, stop),
                cancellationToken),
            turns.RunAsync("wake-ups", budget, stop => alerts.ReadWakesAsync(now, stop), KeyOf, WakeAsync, cancellationToken),
            turns.RunAsync(
                "wake-ups too far ahead", budget, stop => alerts.ReadWakesAfterAsync(tooFar, stop), KeyOf, WakeAsync, cancellationToken),
            turns.RunOneAsync("set-aside", setAside.ReviewAsync, cancellationToken));
        await turns.RunOneAsync("watchdog", stop => watchdog.NoteSweepAsync(tally.ToReport(), stop), cancellationToken);
    }

    private async Task SweepAsync(PendingProject pending, SweepTally tally, CancellationToken cancellationToken)
    {
        // The outbox first: what has left it since then is in an open alert, or reported.
        var project = pending.ProjectId;
        var now = time.GetUtcNow();
        var hasOutbox = tally.Note(await links.FindFirstOutboxKeyAsync(project, cancellationToken));
        var open = await alerts.ReadOpenAsync(project, cancellationToken);
        if (hasOutbox || open.Items.Any(alert => IsDue(alert, now)) || await IsWokenAsync(project, now, cancellationToken))
            await NudgeAsync(project, cancellationToken);
        else if (pending.NotedAt is { } notedAt && StoredTime.IsFromFuture(notedAt, now))
            await alerts.MarkPendingAsync(project, now, cancellationToken);
        else if (open.IsEmpty && now - pending.NotedAt >= NoteAge)
            await alerts.ClearPendingAsync(pending, cancellationToken);
    }

    private bool IsDue(Alert stored, DateTimeOffset now)
    {
        var alert = AlertTimes.Mend(stored, options.Value, now);
        return alert.LeasedUntil <= now && !(alert.NextAttemptAt > now);
    }

    private async Task<bool> IsWokenAsync(ProjectId project, DateTimeOffset now, CancellationToken cancellationToken) =>
        AlertTimes.Mend(await plans.GetAsync(project, cancellationToken), options.Value, now).WakeAt <= now;

    private async Task WakeAsync(WakeUp wake, CancellationToken cancellationToken)
    {
        // In this order a crash can only repeat it: the note keeps the project in the sweep, the plan says why, and the wake-up goes last.
        var now = time.GetUtcNow();
        await alerts.MarkPendingAsync(wake.ProjectId, now, cancellationToken);
        await plans.NoteWakeAsync(wake.ProjectId, wake.At < now ? wake.At : now, cancellationToken);
        await NudgeAsync(wake.ProjectId, cancellationToken);
        await alerts.DeleteWakeAsync(wake, cancellationToken);
    }

    // A project may have several.
    private static string KeyOf(WakeUp wake) => $"{wake.ProjectId} {wake.At:O}";

    private async Task NudgeAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        Log.Nudged(logger, projectId);
        await nudges.NudgeAgainAsync(projectId, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Project {ProjectId} has something to report; nudged.")]
        public static partial void Nudged(ILogger logger, ProjectId projectId);
    }
}

/// <summary>What one sweep sees over all projects, for the watchdog.</summary>
/// <param name="begun">When the sweep began.</param>
internal sealed class SweepTally(DateTimeOffset begun)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _oldest;

    /// <summary>Takes the oldest place in a project's outbox, if there is any.</summary>
    /// <returns>Whether there is.</returns>
    public bool Note(string? outboxKey)
    {
        if (outboxKey is null)
            return false;
        lock (_lock)
        {
            if (OutboxTime.Of(outboxKey) is { } at && !(at >= _oldest))
                _oldest = at;
        }

        return true;
    }

    public SweepReport ToReport() => new(begun, _oldest);
}
