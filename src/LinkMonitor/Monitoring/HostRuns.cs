using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Failures;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>Begins runs over the due pages of hosts: at most one for a host at a time, however many processes there are.</summary>
internal sealed class HostRuns(IHostStore hosts, IWorkQueues queues, IOptions<MonitoringOptions> options, TimeProvider time)
{
    private const int MostAttempts = 5;

    /// <summary>
    /// When a run counts as dead that was to end at some time, and goes on from another: as before, unless little of it is left.
    /// </summary>
    public DateTimeOffset Extended(DateTimeOffset? until, DateTimeOffset from) =>
        until is { } known && known - from >= TurnLength ? known : from + options.Value.Lease;

    /// <summary>How long a turn for one page may last: its round, a request that uses the turn meanwhile, and clocks that differ.</summary>
    public TimeSpan TurnLength => LengthOf(options.Value);

    /// <summary>How far ahead a host's times are ever set.</summary>
    public static HostLimits Limits(MonitoringOptions options)
    {
        // A turn begins when the longest pause is over, or when the run's next page is due.
        var turn = HostPauses.Longest + options.HostPause + HostRound.Soon + LengthOf(options);
        return new HostLimits(turn, turn + options.Lease);
    }

    private static TimeSpan LengthOf(MonitoringOptions options) => options.RoundBudget + options.Deadline + SharedTurns.ClockSkew;

    /// <summary>Begins a run, unless one is under way.</summary>
    /// <param name="host">The host's name, for people; may be empty.</param>
    /// <param name="scheduled">The host's places in the schedule, which the run takes out.</param>
    /// <returns>Whether a message was sent.</returns>
    public async Task<bool> TryBeginAsync(HostKey key, string host, IReadOnlyList<string> scheduled, CancellationToken cancellationToken)
    {
        if (await BeginAsync(key, host, scheduled, cancellationToken) is not { } run)
            return false;
        await queues.SendHostCheckAsync(key, run.Name, run.Delay, cancellationToken);
        return true;
    }

    /// <summary>Sends the messages of runs that were begun, several by one where they may begin at the same time.</summary>
    public async Task SendAsync(IReadOnlyList<BegunRun> begun, CancellationToken cancellationToken)
    {
        foreach (var alike in begun.GroupBy(run => run.Delay))
            foreach (var some in alike.Chunk(options.Value.PagesPerMessage))
                await queues.SendHostChecksAsync([.. some.Select(run => (run.Host, run.Name))], alike.Key, cancellationToken);
    }

    /// <summary>
    /// Begins runs over hosts of one shard, as many in one transaction as it takes. A host that somebody is at is left to
    /// <see cref="BeginAsync"/>, and so are those in one transaction with it.
    /// </summary>
    /// <returns>Those that were begun; their messages are yet to be sent.</returns>
    public async Task<IReadOnlyList<BegunRun>> TryBeginTogetherAsync(
        IReadOnlyList<(HostKey Key, IReadOnlyList<string> Scheduled)> hostsDue, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var states = hostsDue.Select(due => (State: NewRun(due.Key, string.Empty, null, now), due.Scheduled)).ToList();
        return await hosts.BeginRunsAsync(states, cancellationToken)
            ? [.. states.Select(one => new BegunRun(one.State.Key, one.State.Run!, options.Value.HostPause))]
            : [];
    }

    /// <summary>Begins a run, unless one is under way: then null. The message is yet to be sent.</summary>
    public async Task<BegunRun?> BeginAsync(
        HostKey key, string host, IReadOnlyList<string> scheduled, CancellationToken cancellationToken)
    {
        HostState? known = null;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var now = time.GetUtcNow();
            if (known?.IsRunAlive(now) == true)
                return null;
            var state = NewRun(key, host, known, now);
            if (await hosts.BeginRunAsync(state, scheduled, cancellationToken))
                return new BegunRun(key, state.Run!, state.FreeAt - TurnLength - now);

            // No row and yet refused: another process took the places out of the schedule.
            if ((known = await hosts.GetAsync(key, cancellationToken)) is null)
                return null;
        }

        return null;
    }

    // Where there is no row, somebody may have removed it a moment ago: the ordinary pause is kept by the message.
    private HostState NewRun(HostKey key, string host, HostState? known, DateTimeOffset now)
    {
        var from = known is null ? now + options.Value.HostPause : Later(known.FreeAt, now);
        var run = SharedTurns.NewName();
        return new HostState
        {
            Key = key,
            Host = known?.Host ?? host,
            Run = run,
            RunUntil = from + options.Value.Lease,
            Turn = run,
            FreeAt = from + TurnLength,
            ETag = known?.ETag,
        };
    }

    /// <summary>
    /// Begins a run, or has the one under way read its pages again before it ends: a page may have come that it has not seen. It finds
    /// its row written by somebody else.
    /// </summary>
    /// <inheritdoc cref="TryBeginAsync" path="/param"/>
    public async Task BeginOrTellAsync(HostKey key, string host, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await TryBeginAsync(key, host, [], cancellationToken)
                || (await hosts.GetAsync(key, cancellationToken) is { } known
                    && await hosts.TrySaveAsync(known, cancellationToken) is not null))
                return;
        }

        // The run writes its row at every page, so it comes to its end soon; the page is in the schedule.
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>A run that was begun, and whose message is yet to be sent.</summary>
/// <param name="Name">Of its first step.</param>
/// <param name="Delay">How long it waits for the host.</param>
internal sealed record BegunRun(HostKey Host, string Name, TimeSpan Delay);

/// <summary>How long a whole host is left alone because of what one of its pages answered.</summary>
internal static class HostPauses
{
    /// <summary>A page may ask for days; its host's other pages are not kept waiting for longer than this.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>After a 429 that does not say for how long.</summary>
    internal static readonly TimeSpan AfterTooMany = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The Retry-After of a 429 or 503, which speak of us and of the server rather than of the page; null when the host asks for nothing.
    /// Source: https://www.rfc-editor.org/rfc/rfc6585#section-4, https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4.
    /// </summary>
    public static TimeSpan? AskedBy(Observation seen)
    {
        if (seen.Status is not (429 or 503))
            return null;
        var asked = seen.RetryAfter ?? (seen.Status == 429 ? AfterTooMany : null);
        return asked > Longest ? Longest : asked;
    }
}

/// <summary>
/// What a message of the queue <see cref="QueueNames.PageChecks"/> asks for: the next due pages of some hosts; or one page, as in messages
/// of the version before and in those that are put back from the failures.
/// </summary>
internal sealed class PageCheckHandler(HostRound round, PageSchedule schedule, FailureNotes notes)
{
    /// <summary>Throws when the step failed, so that the message comes again; why is noted.</summary>
    public Task HandleAsync(string message, CancellationToken cancellationToken) =>
        notes.WatchAsync(QueueNames.PageChecks, message, () => CheckAsync(message, cancellationToken), cancellationToken);

    private Task CheckAsync(string message, CancellationToken cancellationToken)
    {
        if (QueueMessages.FindPageCheck(message) is { } page)
            return schedule.EnqueueNowAsync(new PageKey(page.Shard, page.PageId), cancellationToken);

        // When one of them fails, the message comes again for all, and finds that the others' steps were done.
        return Task.WhenAll(QueueMessages.ReadHostChecks(message).Select(
            step => round.RunAsync(new HostKey(step.Shard, step.HostId), step.Run, cancellationToken)));
    }
}
