using System.Collections.Concurrent;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// What the digests of one project are made of, read once for all that leave in one run: the links whoever gets them, the changes once for
/// each period. A read
/// that failed fails all of them, and the next run reads again.
/// </summary>
internal sealed class DigestReads
{
    private readonly ConcurrentDictionary<
        (DateTimeOffset From, DateTimeOffset To), Lazy<Task<IReadOnlyDictionary<string, DigestNews>>>> _news = new();
    private Lazy<Task<DigestStanding>>? _standing;

    public Task<DigestStanding> StandingAsync(Func<Task<DigestStanding>> read)
    {
        var mine = new Lazy<Task<DigestStanding>>(read);
        return (Interlocked.CompareExchange(ref _standing, mine, null) ?? mine).Value;
    }

    /// <param name="read">By channel id.</param>
    public Task<IReadOnlyDictionary<string, DigestNews>> NewsAsync(
        DateTimeOffset from, DateTimeOffset to, Func<Task<IReadOnlyDictionary<string, DigestNews>>> read) =>
        _news.GetOrAdd((from, to), _ => new Lazy<Task<IReadOnlyDictionary<string, DigestNews>>>(read)).Value;
}
