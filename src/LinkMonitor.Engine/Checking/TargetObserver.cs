using System.Collections.Concurrent;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Fetches targets, each once however many links lead to it: what was seen stands for <see cref="Lifetime"/>, which is shorter than the
/// time between two observations that confirm each other. A site that gives no answer is not asked for its other targets meanwhile.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class TargetObserver(PageObserver pages, TimeProvider timeProvider)
{
    /// <summary>How long a result is used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // Old results are swept out when there are this many more than after the last sweep.
    private const int SweepEvery = 1_000;

    private readonly ConcurrentDictionary<string, Entry> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Silence> _silentOrigins = new(StringComparer.Ordinal);
    private int _sweepAt = SweepEvery;

    /// <summary>How many results are kept.</summary>
    internal int Count => _targets.Count;

    /// <summary>What was seen of a target a moment ago; null when nobody fetched it. Asks nobody and never waits.</summary>
    /// <param name="wanted">What is known only when it is newer.</param>
    internal TargetFetch? Find(WebUrl target, Wanted wanted = default) =>
        _targets.TryGetValue(UrlKeys.PageIdentity(target).Href, out var entry) && entry.Known is { } known && IsUsable(known, wanted)
            ? known.Fetch
            : null;

    /// <summary>What is seen of a target; when its site gave no answer a moment ago, that.</summary>
    /// <returns>Null when other checks of its host are under way, and it was not asked.</returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<TargetFetch?> FetchAsync(WebUrl target, CancellationToken cancellationToken) =>
        FetchAsync(target, wanted: default, cancellationToken);

    /// <param name="wanted">What is asked again when it is not newer.</param>
    /// <inheritdoc cref="FetchAsync(WebUrl, CancellationToken)"/>
    internal async Task<TargetFetch?> FetchAsync(WebUrl target, Wanted wanted, CancellationToken cancellationToken)
    {
        var url = UrlKeys.PageIdentity(target);
        Sweep();
        var entry = _targets.GetOrAdd(url.Href, static _ => new Entry());
        await entry.Turn.WaitAsync(cancellationToken);
        try
        {
            if (entry.Known is { } known && IsUsable(known, wanted))
                return known.Fetch;
            if (_silentOrigins.TryGetValue(url.Origin, out var silence) && IsFresh(silence.At)
                && silence.At > wanted.FailedAfter && !(silence.Began <= wanted.BegunAfter))
                return TargetFetch.Of(silence.Fetch with { Url = url, FinalUrl = url }) with { At = silence.Began };
            var began = timeProvider.GetUtcNow();
            var fetch = await pages.FetchAsync(url, cancellationToken);
            return fetch is FetchFailed { Failure: FetchFailure.HostBusy } ? null : Note(entry, fetch, began);
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    private TargetFetch Note(Entry entry, FetchResult fetch, DateTimeOffset began)
    {
        var now = timeProvider.GetUtcNow();
        if (fetch is FetchFailed { Redirects.Count: 0 } failed && IsSilence(failed.Failure))
            _silentOrigins[fetch.Url.Origin] = new Silence(failed, began, now);
        var fetched = TargetFetch.Of(fetch) with { At = began };
        entry.Known = new Known(fetched, now);
        return fetched;
    }

    private static bool IsSilence(FetchFailure failure) => failure is FetchFailure.NameNotFound or FetchFailure.NameLookupFailed
        or FetchFailure.ConnectFailed or FetchFailure.TlsFailed or FetchFailure.TimedOut or FetchFailure.OurNetwork;

    private bool IsUsable(Known known, Wanted wanted) =>
        IsFresh(known.At) && (known.At > wanted.FailedAfter || known.Fetch.Status is >= 200 and < 400)
            && !(known.Fetch.At <= wanted.BegunAfter);

    private bool IsFresh(DateTimeOffset at) => timeProvider.GetUtcNow() - at < Lifetime;

    private void Sweep()
    {
        if (_targets.Count < Volatile.Read(ref _sweepAt))
            return;
        foreach (var (url, entry) in _targets)
        {
            // An entry in use stays: somebody would fetch it a second time.
            if (entry.Turn.CurrentCount == 1 && !(entry.Known is var (_, at) && IsFresh(at)))
                _targets.TryRemove(url, out _);
        }

        foreach (var (origin, silence) in _silentOrigins)
        {
            if (!IsFresh(silence.At))
                _silentOrigins.TryRemove(origin, out _);
        }

        Volatile.Write(ref _sweepAt, _targets.Count + SweepEvery);
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>Written by who holds the turn, in one piece: others read it without.</summary>
        public Known? Known { get; set; }
    }

    private sealed record Known(TargetFetch Fetch, DateTimeOffset At);

    private sealed record Silence(FetchFailed Fetch, DateTimeOffset Began, DateTimeOffset At);
}

/// <summary>What a result of a moment ago must be for it to be used once more.</summary>
/// <param name="FailedAfter">When the fetch failed, it ended after this.</param>
/// <param name="BegunAfter">It began after this; null when that does not matter.</param>
internal readonly record struct Wanted(DateTimeOffset FailedAfter, DateTimeOffset? BegunAfter = null);

/// <summary>
/// The checks of the targets of one page's links in one round: within a budget of time, so that hundreds of targets on a slow host cannot
/// outlast the time that the page is leased for. What was seen a moment ago costs nothing.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class TargetRound
{
    private readonly TargetObserver? _targets;
    private readonly TimeProvider _timeProvider;
    private readonly DateTimeOffset _began;
    private TimeSpan _left;

    /// <param name="budget">
    /// For all targets together, waiting for the hosts' turns included; more than zero. <see cref="Timeout.InfiniteTimeSpan"/> for no
    /// limit.
    /// </param>
    public TargetRound(TargetObserver targets, TimeSpan budget, TimeProvider timeProvider)
        : this(targets, timeProvider, budget)
    {
        ArgumentNullException.ThrowIfNull(targets);
    }

    private TargetRound(TargetObserver? targets, TimeProvider timeProvider, TimeSpan budget)
    {
        _targets = targets;
        _timeProvider = timeProvider;
        _began = timeProvider.GetUtcNow();
        _left = budget;
    }

    /// <summary>Fetches nothing: for those who do not want to know.</summary>
    public static TargetRound Off { get; } = new(null, TimeProvider.System, TimeSpan.Zero);

    /// <summary>What is known of a target; a check that the budget ends gives nothing.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<TargetFinding> FetchAsync(WebUrl target, CancellationToken cancellationToken) =>
        FetchAsync(target, wanted: default, cancellationToken);

    /// <summary>The same of a target of which something is suspected: one fetch must not confirm what it found itself.</summary>
    /// <param name="suspectedAt">When the fetch began that found it last; null when nothing is suspected.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<TargetFinding> FetchAsync(WebUrl target, DateTimeOffset? suspectedAt, CancellationToken cancellationToken) =>
        FetchAsync(target, new Wanted(default, suspectedAt), cancellationToken);

    /// <summary>
    /// Where a redirector leads. One that failed in an earlier round is asked again: two checks that confirm each other must not rest on
    /// one failure.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<TargetFinding> FollowAsync(WebUrl redirector, CancellationToken cancellationToken) =>
        FetchAsync(redirector, new Wanted(_began), cancellationToken);

    private async Task<TargetFinding> FetchAsync(WebUrl target, Wanted wanted, CancellationToken cancellationToken)
    {
        if (_targets is null)
            return TargetFinding.Missing(TargetGap.Off);
        if (_targets.Find(target, wanted) is { } known)
            return TargetFinding.Of(known);
        if (_left == Timeout.InfiniteTimeSpan)
            return Of(await _targets.FetchAsync(target, wanted, cancellationToken));
        return _left > TimeSpan.Zero
            ? await FetchInTimeAsync(_targets, target, wanted, cancellationToken)
            : TargetFinding.Missing(TargetGap.OutOfTime);
    }

    private async Task<TargetFinding> FetchInTimeAsync(
        TargetObserver targets, WebUrl target, Wanted wanted, CancellationToken cancellationToken)
    {
        var started = _timeProvider.GetTimestamp();
        using var budget = new CancellationTokenSource(_left, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            var fetched = await targets.FetchAsync(target, wanted, either.Token);
            _left -= _timeProvider.GetElapsedTime(started);
            return Of(fetched);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _left = TimeSpan.Zero;
            return TargetFinding.Missing(TargetGap.OutOfTime);
        }
    }

    // A host that others are at is asked in a later round, like one that there was no time for.
    private static TargetFinding Of(TargetFetch? fetched) =>
        fetched is null ? TargetFinding.Missing(TargetGap.OutOfTime) : TargetFinding.Of(fetched);
}
