using System.Collections.Concurrent;
using LinkMonitor.Engine.Clocks;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Ways out of this process that failed just now, whatever was sent over them, and until when they are left alone: a mail server that hangs
/// takes its time-out from one message, not from each.
/// </summary>
internal sealed class PausedRoutes(TimeProvider time)
{
    /// <summary>No longer than this, so that nothing is late by much once it works again.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(45);

    private const int MaxRoutes = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>When the route is tried again; null when it is not resting.</summary>
    public DateTimeOffset? Until(string route) =>
        _until.TryGetValue(route, out var stored)
            && StoredTime.Due(stored, Rest, time.GetUtcNow()) is var until
            && until > time.GetUtcNow() ? until : null;

    public void Note(string route)
    {
        var now = time.GetUtcNow();
        if (_until.Count >= MaxRoutes)
        {
            foreach (var (old, until) in _until)
            {
                if (until <= now)
                    _until.TryRemove(old, out _);
            }
        }

        if (_until.Count < MaxRoutes)
            _until[route] = now + Rest;
    }

    /// <summary>It works again.</summary>
    public void Clear(string route) => _until.TryRemove(route, out _);
}
