using System.Collections.Concurrent;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Failures;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Has a project planned at a time: one message travels for a project, and one worker at a time takes it. Should a message be lost, the
/// next nudge after <see cref="LostAfter"/> sends another; the sweep gives one to every project that has something to report.
/// </summary>
internal sealed class NudgeSender(
    IAlertWorkStore store, IWorkQueues queues, ISetAside aside, IOptions<AlertOptions> options, TimeProvider time)
{
    /// <summary>A message that nobody took for so long after its time is taken for lost.</summary>
    internal static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(2);

    /// <summary>How soon it is checked again whether the worker who has a project is done.</summary>
    internal static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A message that comes by so much before its time is the one that was to come: clocks differ, and queues count in seconds. Taken for
    /// another, it would keep nudges back until it counts as lost.
    /// </summary>
    internal static readonly TimeSpan Early = TimeSpan.FromSeconds(10);

    // Of an installation with more projects, some get a message too many.
    private const int MostRemembered = 10_000;

    // The latest messages of checks that this process sent, with their times.
    private readonly ConcurrentDictionary<ProjectId, DateTimeOffset> _sent = new();

    /// <summary>
    /// Has a project planned for what a check has just written, with one request at most: a message that this process sent for an earlier
    /// check, and whose time is yet to come, does for this one, too. Nothing is read or noted for it; who takes the message notes the
    /// project.
    /// </summary>
    public async Task NudgeForCheckAsync(ProjectId project, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_sent.TryGetValue(project, out var underWay) && underWay > now + Early && underWay <= at)
            return;
        await queues.SendAlertNudgeAsync(project, at - now, cancellationToken);
        if (_sent.Count >= MostRemembered)
            _sent.Clear();
        _sent[project] = at;
    }

    /// <summary>Sends a message unless one is under way that comes by then.</summary>
    public Task NudgeAsync(ProjectId project, DateTimeOffset at, CancellationToken cancellationToken) =>
        NudgeAsync(project, at, LostAfter, cancellationToken);

    /// <summary>
    /// Sends a message now unless one is under way whose time has not come: for what was found though every message should have been taken.
    /// </summary>
    public Task NudgeAgainAsync(ProjectId project, CancellationToken cancellationToken) =>
        NudgeAsync(project, time.GetUtcNow(), TimeSpan.Zero, cancellationToken);

    /// <summary>
    /// Takes a project for one worker. Null when another has it: then a message comes again when that one may be done. Without a time when
    /// nobody can tell who has it.
    /// </summary>
    public async Task<AlertWork?> TakeAsync(ProjectId project, CancellationToken cancellationToken)
    {
        AlertWork? taken = null;
        await Contention.RunAsync($"The work on alerts of project {project}", async () =>
        {
            var now = time.GetUtcNow();
            if (await ReadAsync(project, cancellationToken) is not { } work)
            {
                taken = new AlertWork { ProjectId = project };
                return true;
            }

            var nudge = work.NudgeAt > now + Early ? work.NudgeAt : null;
            if (work.WorkingUntil > now)
            {
                var again = work.WorkingUntil < now + BusyPause ? work.WorkingUntil.Value : now + BusyPause;
                if (nudge is null || nudge > again)
                    await ResendAsync(work with { NudgeAt = again }, again - now, cancellationToken);
                return true;
            }

            // From here on a nudge sends a new message: what it is about may come after this worker has read.
            taken = await store.TrySaveAsync(work with { NudgeAt = nudge, WorkingUntil = now + options.Value.Lease }, cancellationToken);
            return taken is not null;
        }, cancellationToken);
        return taken;
    }

    /// <summary>Gives a project back. Who has lost it to another by time changes nothing.</summary>
    public async Task GiveBackAsync(AlertWork taken, CancellationToken cancellationToken)
    {
        if (taken.WorkingUntil is null)
            return;

        // Written by others all the time, it is free again when its time is over.
        await Contention.TryAsync(async () =>
        {
            var work = await store.GetAsync(taken.ProjectId, cancellationToken);
            return work.WorkingUntil != taken.WorkingUntil
                || await store.TrySaveAsync(work with { WorkingUntil = null }, cancellationToken) is not null;
        }, cancellationToken);
    }

    private async Task NudgeAsync(ProjectId project, DateTimeOffset at, TimeSpan lostAfter, CancellationToken cancellationToken)
    {
        var isKnown = true;
        var isDone = await Contention.TryAsync(async () =>
        {
            var now = time.GetUtcNow();
            var due = at < now ? now : at > now + IWorkQueues.MaxDelay ? now + IWorkQueues.MaxDelay : at;
            if (await ReadAsync(project, cancellationToken) is not { } work)
            {
                isKnown = false;
                return true;
            }

            if (work.NudgeAt is { } underWay && underWay <= due && now < underWay + lostAfter)
                return true;
            if (await store.TrySaveAsync(work with { NudgeAt = due }, cancellationToken) is null)
                return false;
            await queues.SendAlertNudgeAsync(project, due - now, cancellationToken);
            return true;
        }, cancellationToken);
        if (isDone && isKnown)
            return;

        // Others write it all the time, or nobody knows what is under way: a message too many does no harm.
        var wait = at - time.GetUtcNow();
        await queues.SendAlertNudgeAsync(
            project, wait < TimeSpan.Zero ? TimeSpan.Zero : wait < IWorkQueues.MaxDelay ? wait : IWorkQueues.MaxDelay, cancellationToken);
    }

    /// <summary>
    /// Null when the row cannot be read. It only saves messages and work done twice: the plan's version and the alerts' leases keep
    /// anything from being sent twice, so that the project goes on without it.
    /// </summary>
    private async Task<AlertWork?> ReadAsync(ProjectId project, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await store.GetAsync(project, cancellationToken);
            var work = AlertTimes.Mend(stored, IWorkQueues.MaxDelay, options.Value.Lease, time.GetUtcNow());
            if (!ReferenceEquals(work, stored))
                await aside.NoteFutureAsync($"work {project}", cancellationToken);
            return work;
        }
        catch (UnreadableRowException)
        {
            return null;
        }
    }

    private async Task ResendAsync(AlertWork work, TimeSpan delay, CancellationToken cancellationToken)
    {
        // When somebody else wrote meanwhile, the worker is done or another message is under way: a message too many does no harm.
        await store.TrySaveAsync(work, cancellationToken);
        await queues.SendAlertNudgeAsync(work.ProjectId, delay, cancellationToken);
    }
}

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
