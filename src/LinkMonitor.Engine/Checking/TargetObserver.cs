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
    internal TargetFetch? Find(WebUrl target) =>
        _targets.TryGetValue(UrlKeys.PageIdentity(target).Href, out var entry) && entry.Known is var (fetched, at) && IsFresh(at)
            ? fetched
            : null;

    /// <summary>What is seen of a target; when its site gave no answer a moment ago, that.</summary>
    /// <returns>Null when other checks of its host are under way, and it was not asked.</returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<TargetFetch?> FetchAsync(WebUrl target, CancellationToken cancellationToken)
    {
        var url = UrlKeys.PageIdentity(target);
        Sweep();
        var entry = _targets.GetOrAdd(url.Href, static _ => new Entry());
        await entry.Turn.WaitAsync(cancellationToken);
        try
        {
            if (entry.Known is var (known, at) && IsFresh(at))
                return known;
            if (_silentOrigins.TryGetValue(url.Origin, out var silence) && IsFresh(silence.At))
                return TargetFetch.Of(silence.Fetch with { Url = url, FinalUrl = url });
            var fetch = await pages.FetchAsync(url, cancellationToken);
            return fetch is FetchFailed { Failure: FetchFailure.HostBusy } ? null : Note(entry, fetch);
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    private TargetFetch Note(Entry entry, FetchResult fetch)
    {
        var now = timeProvider.GetUtcNow();
        if (fetch is FetchFailed { Redirects.Count: 0 } failed && IsSilence(failed.Failure))
            _silentOrigins[fetch.Url.Origin] = new Silence(failed, now);
        var fetched = TargetFetch.Of(fetch);
        entry.Known = new Known(fetched, now);
        return fetched;
    }

    private static bool IsSilence(FetchFailure failure) => failure is FetchFailure.NameNotFound or FetchFailure.NameLookupFailed
        or FetchFailure.ConnectFailed or FetchFailure.TlsFailed or FetchFailure.TimedOut or FetchFailure.OurNetwork;

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

    private sealed record Silence(FetchFailed Fetch, DateTimeOffset At);
}
