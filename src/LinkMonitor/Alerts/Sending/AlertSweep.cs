using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Failures;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Watching;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Finds the projects that need attention although no message came for them. Projects are checked side by side, each within its own time:
/// what fails or hangs for one is listed under failures, tried again at the next sweep, and stops no other.
/// </summary>
internal sealed partial class AlertSweep(
    IProjectStore projects,
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
    /// So many projects are looked at by each sweep though nothing is noted of them: one after the other all have their turn. A check only
    /// sends a message; should that be lost, nothing else says that there is something to report.
    /// </summary>
    internal const int OutboxesAtATime = 4;

    // Where the next sweep begins to look. A process that has just started begins anywhere, so that all have their turn however often
    // processes start.
    private ProjectId? _lookedUpTo = ProjectId.New();

    /// <summary>
    /// Reads the notes and nudges where something is due, takes old notes of projects with nothing to report back; reads what was to happen
    /// by now, looks at some projects without a note, and goes through the list of what is set aside.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Side by side: a list that cannot be read hides no other.
        var budget = new RunBudget(time, options.Value.RunBudget);
        var now = time.GetUtcNow();
        var tooFar = now + AlertTimes.LongestWake + StoredTime.Tolerance;
        var tally = new SweepTally(now);
        await Task.WhenAll(
            ReviewProjectsAsync(budget, tally, cancellationToken),
            turns.RunAsync("wake-ups", budget, stop => alerts.ReadWakesAsync(now, stop), KeyOf, WakeAsync, cancellationToken),
            turns.RunAsync(
                "wake-ups too far ahead", budget, stop => alerts.ReadWakesAfterAsync(tooFar, stop), KeyOf, WakeAsync, cancellationToken),
            turns.RunOneAsync("set-aside", setAside.ReviewAsync, cancellationToken));
        await turns.RunOneAsync("watchdog", stop => watchdog.NoteSweepAsync(tally.ToReport(), stop), cancellationToken);
    }

    private async Task ReviewProjectsAsync(RunBudget budget, SweepTally tally, CancellationToken cancellationToken)
    {
        var noted = new ConcurrentDictionary<ProjectId, bool>();
        await turns.RunAsync(
            "pending projects",
            budget,
            alerts.ReadPendingAsync,
            one => one.ProjectId.Value,
            (one, stop) =>
            {
                noted[one.ProjectId] = true;
                return SweepAsync(one, tally, stop);
            },
            cancellationToken);
        if (budget.IsSpent)
            return;
        await turns.RunAsync(
            "projects without a note",
            budget,
            NextProjectsAsync,
            one => one.Value,
            (one, stop) => noted.ContainsKey(one) ? Task.CompletedTask : LookAsync(one, tally, stop),
            cancellationToken);
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

    private async IAsyncEnumerable<ProjectId> NextProjectsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = await projects.ReadIdsAsync(_lookedUpTo, OutboxesAtATime, cancellationToken);
        if (next.Count < OutboxesAtATime && _lookedUpTo is not null)
            next = [.. next.Union(await projects.ReadIdsAsync(null, OutboxesAtATime - next.Count, cancellationToken))];
        _lookedUpTo = next.Count > 0 ? next[^1] : null;
        foreach (var project in next)
            yield return project;
    }

    private async Task LookAsync(ProjectId project, SweepTally tally, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var oldest = await links.FindFirstOutboxKeyAsync(project, cancellationToken);
        if (!tally.Note(oldest) || IsToCome(oldest!, now))
            return;
        await alerts.MarkPendingAsync(project, now, cancellationToken);
        await NudgeAsync(project, cancellationToken);
    }

    // Its message may be under way.
    private bool IsToCome(string outboxKey, DateTimeOffset now) =>
        OutboxTime.Of(outboxKey) is { } at && StoredTime.IsWithin(at, options.Value.GroupingDelay + NudgeSender.LostAfter, now);

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

/// <summary>
/// Gives each of many projects its turn: several at a time, each within its own time, all within the run's. What goes wrong in a turn is
/// listed under failures until a later turn goes well.
/// </summary>
internal sealed partial class SweepTurns(ISetAside aside, TimeProvider time, ILogger<SweepTurns> logger)
{
    /// <summary>The time of one turn: a few storage calls, with their retries.</summary>
    internal static readonly TimeSpan TurnTime = TimeSpan.FromSeconds(20);

    /// <summary>So many hanging turns hold up the others by no more than two of them.</summary>
    internal const int TurnsAtATime = 32;

    /// <summary>How often the sweep comes: see the timer.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private const string Area = "SweepAlerts";
    private const string Advice =
        "It is retried at the next sweep, in five minutes. If it stays, check the log and the project's rows.";

    /// <summary>The project whose turn went wrong; null for all else that is set aside.</summary>
    public static ProjectId? ProjectOf(SetAsideName name) =>
        name.Area == Area && name.Key.Split(": ", 2) is [_, var key] ? new ProjectId(key.Split(' ')[0]) : null;

    /// <param name="list">Names the list that the projects come from.</param>
    /// <param name="keyOf">Names one turn among those of its list.</param>
    public Task RunAsync<T>(
        string list,
        RunBudget budget,
        Func<CancellationToken, IAsyncEnumerable<T>> read,
        Func<T, string> keyOf,
        Func<T, CancellationToken, Task> turn,
        CancellationToken cancellationToken) => WatchAsync(
            list,
            budget.Left,
            stop => Parallel.ForEachAsync(
                read(stop),
                new ParallelOptions { MaxDegreeOfParallelism = TurnsAtATime, CancellationToken = stop },
                async (one, turnStop) => await WatchAsync($"{list}: {keyOf(one)}", TurnTime, token => turn(one, token), turnStop)),
            cancellationToken);

    /// <summary>One piece of work that is no project's.</summary>
    public Task RunOneAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WatchAsync(name, TurnTime, work, cancellationToken);

    private async Task WatchAsync(string name, TimeSpan most, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var setAside = new SetAsideName(Area, "", name);
        var failure = await TryAsync(work) ?? await TryAsync(async stop => await aside.ClearAsync(setAside, stop));

        // The row is listed already, and is what is to be repaired.
        if (failure is null or UnreadableRowException)
            return;
        Log.Failed(logger, name, failure);
        var problem = failure is TimeoutException
            ? $"It took longer than {CountText.Of((int)most.TotalSeconds, "second")}." : failure.Message;
        await aside.NoteAsync(new SetAsideNote { Name = setAside, Problem = problem, Advice = Advice }, cancellationToken);

        Task<Exception?> TryAsync(Func<CancellationToken, Task> part) =>
            Bounded.TryAsync(part, most, time, _ => !cancellationToken.IsCancellationRequested, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The sweep failed at {Turn}; the others continue.")]
        public static partial void Failed(ILogger logger, string turn, Exception exception);
    }
}

/// <summary>The earliest of the times that several workers come back with.</summary>
internal sealed class EarliestTime
{
    private readonly Lock _lock = new();

    /// <summary>Null when nothing is to be done again.</summary>
    public DateTimeOffset? At { get; private set; }

    public void Take(DateTimeOffset? at)
    {
        lock (_lock)
            At = at is null || At < at ? At : at;
    }
}
