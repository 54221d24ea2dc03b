using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// Some steps of a run over a host's due pages: in each the first of them is checked in the host's turn. Then a message is sent for the
/// next ones, which waits on the queue until the host's pause is over. So a host takes up one worker at a time, and none while it pauses
/// for long.
/// </summary>
internal sealed partial class HostRound(
    IPageStore pages,
    IHostStore hosts,
    IWorkQueues queues,
    HostRuns runs,
    SharedTurns turns,
    PageCheck check,
    RobotsCache robots,
    CheckFaults faults,
    IOptions<MonitoringOptions> options,
    TimeProvider time,
    ILogger<HostRound> logger)
{
    // A page that is due this soon is waited for by the run: the scheduler may have come a little early by its clock.
    internal static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    // A queue's delay has whole seconds.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(1);

    /// <summary>A pause that is no longer is waited for in memory: a message costs as much as a check.</summary>
    internal static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(2);

    /// <summary>After this no further page is begun by the same message, whose function has a limit of time.</summary>
    internal static readonly TimeSpan LongestMessage = TimeSpan.FromSeconds(30);

    /// <summary>A page whose row cannot be read has its next turn after this.</summary>
    internal static readonly TimeSpan SetAsideFor = TimeSpan.FromHours(1);

    /// <summary>
    /// Does the step that a message names, and those behind it that need not wait for long. When it was done already, nothing is done.
    /// </summary>
    public async Task RunAsync(HostKey key, string run, CancellationToken cancellationToken)
    {
        var message = new RunningMessage(run, time.GetUtcNow());
        for (var page = 1; page <= options.Value.PagesPerMessage; page++)
        {
            message.Wait = null;
            message.IsLastPage = page == options.Value.PagesPerMessage;
            await RunAsync(key, message, cancellationToken);
            if (message.Wait is not { } wait)
                return;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task RunAsync(HostKey key, RunningMessage message, CancellationToken cancellationToken)
    {
        var run = message.Run;
        var list = await pages.ReadHostAsync(key, 2, cancellationToken);
        if (list.State is not { } state || state.Run != run)
        {
            Log.Stale(logger);
            return;
        }

        var now = time.GetUtcNow();
        if (list.First is not [var first, ..] || !first.IsDue(now))
        {
            await GoOnAsync(new StepEnd(message, state, First(list), TimeSpan.Zero, []), cancellationToken);
            return;
        }

        // Less than the second that a queue counts in is waited for here.
        if (state.Turn != run && state.FreeAt - now is var rest && rest > TimeSpan.Zero && rest < ShortestDelay)
        {
            await Task.Delay(rest, time, cancellationToken);
            now = time.GetUtcNow();
        }

        if (await TakeTurnAsync(state, run, now, cancellationToken) is { } taken)
            await CheckAsync(message, taken, list, first, list.First is [_, var second, ..] ? second : null, cancellationToken);
        else
            await queues.SendHostCheckAsync(key, run, state.FreeAt > now ? state.FreeAt - now : TimeSpan.FromSeconds(1), cancellationToken);
    }

    /// <summary>The host's turn: mostly it came with the run; null when somebody else has it.</summary>
    private async Task<HostState?> TakeTurnAsync(HostState state, string run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (state.Turn == run && state.FreeAt - now >= runs.TurnLength - (options.Value.RoundBudget / 2))
            return state;
        if (state.Turn != run && state.FreeAt > now)
            return null;
        var taken = state with { Turn = run, FreeAt = now + runs.TurnLength, RunUntil = runs.Extended(state.RunUntil, now) };
        if (taken.RunUntil == state.RunUntil)
            return await hosts.TrySaveAsync(taken, cancellationToken);

        // Little is left of the run: its end moves in the schedule, too.
        return await hosts.StepAsync(new HostStep(state, taken), cancellationToken)
            && await hosts.GetAsync(state.Key, cancellationToken) is { } written && written.Turn == run && written.FreeAt == taken.FreeAt
                ? written
                : null;
    }

    private async Task CheckAsync(
        RunningMessage message, HostState state, HostPages list, DuePage due, DuePage? next, CancellationToken cancellationToken)
    {
        if (await FindAsync(state.Key, due, cancellationToken) is not { } page)
        {
            await GoOnAsync(new StepEnd(message, state, next, TimeSpan.Zero, []), cancellationToken);
            return;
        }

        state = state with { Host = page.Url.Host ?? string.Empty };
        var (outcome, learnt) = await RunAsync(message, state, list.Robots, page, cancellationToken);
        var pause = Longest(options.Value.HostPause, robots.KnownCrawlDelay(page.Url), outcome.HostPause ?? TimeSpan.Zero);
        if (outcome.Due is { } dueAt)
        {
            await MoveOnAsync(
                new StepEnd(message, state, Following(page, dueAt, next), pause, learnt), new CheckedPage(page, outcome, dueAt),
                cancellationToken);
            return;
        }

        var url = LoggedUrl.Of(page.Url);
        if (await pages.RemoveAsync(page, cancellationToken) == SaveOutcome.Saved)
            Log.Unwatched(logger, url);

        // Somebody may have begun to watch it meanwhile: then it is still due, and the run must not end without it.
        await GoOnAsync(new StepEnd(message, state, await FirstAsync(state.Key, cancellationToken), pause, learnt), cancellationToken);
    }

    /// <summary>The page; null when it is gone, was moved meanwhile, or cannot be read and was set aside.</summary>
    private async Task<WatchedPage?> FindAsync(HostKey host, DuePage due, CancellationToken cancellationToken)
    {
        try
        {
            return await pages.FindAsync(due, cancellationToken);
        }
        catch (Exception damage) when (CheckFaults.IsOurs(damage))
        {
            await faults.TellAsync(due.Key.PageId, damage, cancellationToken);
            await pages.SetAsideAsync(host, due, time.GetUtcNow() + SetAsideFor, cancellationToken);
            return null;
        }
    }

    private async Task<(PageOutcome Outcome, IReadOnlyList<RobotsRecord> Learnt)> RunAsync(
        RunningMessage message, HostState state, IReadOnlyList<RobotsRecord> known, WatchedPage page, CancellationToken cancellationToken)
    {
        // All pages of a message together have the time of one.
        var left = state.FreeAt - time.GetUtcNow() - options.Value.Deadline - SharedTurns.ClockSkew;
        var most = options.Value.RoundBudget - (time.GetUtcNow() - message.Begun);
        using var budget = new CancellationTokenSource(left < most ? left : most, time);
        await using var own = turns.Own(state.Host, known);
        var isChecked = false;
        try
        {
            var outcome = await check.RunAsync(page, budget.Token, cancellationToken);
            isChecked = outcome.CheckedAt is not null;
            return (outcome, own.Learnt);
        }
        catch (Exception fault) when (CheckFaults.IsOurs(fault))
        {
            await faults.NoteAsync(page.Key, page.Url.Href, fault, cancellationToken);
            return (PageOutcome.PutOff(page, time.GetUtcNow() + options.Value.RetryOurFault), own.Learnt);
        }
        finally
        {
            await faults.EndRoundAsync(page.Key, isChecked, cancellationToken);
        }
    }

    private async Task MoveOnAsync(StepEnd end, CheckedPage done, CancellationToken cancellationToken)
    {
        var (page, outcome, dueAt) = done;
        var current = page with
        {
            LastFetch = outcome.LastFetch,
            TargetsFrom = outcome.From,
            Rest = outcome.Rest,
            Settled = outcome.Settled,
            Kept = outcome.Kept,
            WatchersOver = outcome.Watchers,
            IsUrgent = false,
        };
        await StepAsync(
            end,
            async hostStep => await pages.MoveDueAsync(current, dueAt, outcome.CheckedAt, hostStep, cancellationToken) == SaveOutcome.Saved,
            async () =>
            {
                // Somebody asked for a check meanwhile: their time stands when it is earlier, and so does what they left to ask with, for
                // whoever wants a check wants a full one. Somebody has added a link, which this check has not seen. Or the run counted as
                // dead, and another has begun.
                if (await pages.GetAsync(page.Key, cancellationToken) is not { } reread || IsEarlier(reread, page, dueAt)
                    || (outcome.Watchers is { } known && await pages.GetWatchersVersionAsync(page.Key, cancellationToken) != known))
                {
                    await GoOnAsync(end with { Next = await FirstAsync(end.State.Key, cancellationToken) }, cancellationToken);
                    return null;
                }

                current = reread.IsSameVersionAs(page) ? current : reread with { IsUrgent = false, WatchersOver = outcome.Watchers };
                if (await hosts.GetAsync(end.State.Key, cancellationToken) is not { } host || host.Run != end.State.Run)
                {
                    await pages.MoveDueAsync(current, dueAt, outcome.CheckedAt, null, cancellationToken);
                    return null;
                }

                // A page may have come that is to be checked at once.
                var list = await pages.ReadHostAsync(host.Key, 2, cancellationToken);
                end = end with { State = host, Next = Following(page, dueAt, list.First.FirstOrDefault(one => one.Key != page.Key)) };
                return end;
            },
            cancellationToken);
    }

    private static DuePage Following(WatchedPage page, DateTimeOffset dueAt, DuePage? next) =>
        next is null || (!next.IsUrgent && dueAt < next.DueAt)
            ? new DuePage(page.Key, false, dueAt, string.Empty, false, string.Empty)
            : next;

    private static bool IsEarlier(WatchedPage reread, WatchedPage page, DateTimeOffset dueAt) =>
        !reread.IsSameVersionAs(page)
        && (reread.IsUrgent
            || (reread.DueAt != page.DueAt && reread.DueAt <= dueAt)
            || (page.Settled is not null && reread.Settled is null));

    private async Task<DuePage?> FirstAsync(HostKey key, CancellationToken cancellationToken) =>
        First(await pages.ReadHostAsync(key, 1, cancellationToken));

    private static DuePage? First(HostPages list) => list.First is [var first, ..] ? first : null;

    /// <summary>Ends the step without a page: the run goes on with the next, or ends.</summary>
    private Task GoOnAsync(StepEnd end, CancellationToken cancellationToken) =>
        StepAsync(
            end,
            hostStep => hosts.StepAsync(hostStep, cancellationToken),
            async () =>
            {
                // A page has come that is to be checked at once.
                if (await hosts.GetAsync(end.State.Key, cancellationToken) is { } host && host.Run == end.State.Run)
                    return end with { State = host, Next = await FirstAsync(host.Key, cancellationToken) };
                Log.RunLost(logger, end.State.Host);
                return null;
            },
            cancellationToken);

    /// <summary>
    /// Writes the host's row over the version that was read, then sends the message for its next step; again when others wrote it
    /// meanwhile.
    /// </summary>
    /// <param name="tryWrite">False when others wrote meanwhile.</param>
    /// <param name="reread">What there is now; null when there is nothing left to do.</param>
    private async Task StepAsync(
        StepEnd end, Func<HostStep, Task<bool>> tryWrite, Func<Task<StepEnd?>> reread, CancellationToken cancellationToken)
    {
        await Contention.RunAsync($"The host {end.State.Host}", async () =>
        {
            var hostStep = Next(end) with { Robots = end.Learnt };
            if (await tryWrite(hostStep))
            {
                await SendAsync(end.Message, hostStep, cancellationToken);
                return true;
            }

            if (await reread() is not { } now)
                return true;
            end = now;
            return false;
        }, cancellationToken);
    }

    /// <summary>What becomes of the host's row after a step.</summary>
    private HostStep Next(StepEnd end)
    {
        var (message, state, next, pause) = (end.Message, end.State, end.Next, end.Pause);
        var now = time.GetUtcNow();
        var freeAt = now + pause;
        if (next is not null && next.IsDue(now + Soon))
        {
            var from = next.IsUrgent || next.DueAt < freeAt ? freeAt : next.DueAt;
            var until = runs.Extended(state.RunUntil, from);

            // The run keeps its name and its turn while the message is under way, so that the message can go on when this process dies.
            var after = IsShort(message, from - now, now)
                ? state with { RunUntil = until, Turn = message.Run, FreeAt = from + runs.TurnLength }
                : state with { Run = SharedTurns.NewName(), RunUntil = until, Turn = null, FreeAt = from };
            return new HostStep(state, after);
        }

        // The ordinary pause is kept by whoever comes next; see HostRuns and SharedTurns.
        var rest = pause > options.Value.HostPause ? state with { Run = null, RunUntil = null, Turn = null, FreeAt = freeAt } : null;
        return new HostStep(state, rest, next?.DueAt);
    }

    private bool IsShort(RunningMessage message, TimeSpan pause, DateTimeOffset now)
    {
        var half = options.Value.RoundBudget / 2;
        return !message.IsLastPage && pause <= ShortPause && now - message.Begun < (LongestMessage < half ? LongestMessage : half);
    }

    private Task SendAsync(RunningMessage message, HostStep hostStep, CancellationToken cancellationToken)
    {
        if (hostStep.After is not { Run: { } run } after)
            return Task.CompletedTask;
        if (after.Turn is not null)
        {
            message.Wait = after.FreeAt - runs.TurnLength - time.GetUtcNow();
            return Task.CompletedTask;
        }

        var delay = after.FreeAt - time.GetUtcNow();
        using var apart = ProductTelemetry.Apart();
        return queues.SendHostCheckAsync(after.Key, run, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, cancellationToken);
    }

    /// <summary>A message that is under way.</summary>
    /// <param name="run">The steps that it may do.</param>
    private sealed class RunningMessage(string run, DateTimeOffset begun)
    {
        public string Run { get; } = run;

        public DateTimeOffset Begun { get; } = begun;

        /// <summary>No other page comes after this one.</summary>
        public bool IsLastPage { get; set; }

        /// <summary>When the next page comes; null when none does.</summary>
        public TimeSpan? Wait { get; set; }
    }

    /// <summary>What a step leaves.</summary>
    /// <param name="Message">Whose step it is.</param>
    /// <param name="Next">The page that is next as far as is known; null for none.</param>
    /// <param name="Pause">How long the host is left alone.</param>
    /// <param name="Learnt">What the step learnt of robots.txt files.</param>
    private sealed record StepEnd(
        RunningMessage Message, HostState State, DuePage? Next, TimeSpan Pause, IReadOnlyList<RobotsRecord> Learnt);

    /// <summary>A page that was checked.</summary>
    /// <param name="DueAt">When it is to be checked again.</param>
    private sealed record CheckedPage(WatchedPage Page, PageOutcome Outcome, DateTimeOffset DueAt);

    private static TimeSpan Longest(params ReadOnlySpan<TimeSpan> pauses)
    {
        var longest = TimeSpan.Zero;
        foreach (var pause in pauses)
            longest = pause > longest ? pause : longest;
        return longest;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A message asks for a step of a host that is done; nothing to do.")]
        public static partial void Stale(ILogger logger);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Url} is no longer watched by anyone.")]
        public static partial void Unwatched(ILogger logger, string url);

        [LoggerMessage(Level = LogLevel.Debug, Message = "{Host}: this worker was taken for dead, and another continues.")]
        public static partial void RunLost(ILogger logger, string host);
    }
}
