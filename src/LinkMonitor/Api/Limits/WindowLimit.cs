namespace LinkMonitor.Api.Limits;

/// <summary>So many in a window of time for each key, in this process. Bounded: when it knows too many keys, a new one waits like one that is spent.</summary>
internal sealed class WindowLimit(int quota, TimeSpan window, TimeProvider time)
{
    private const int MaxKeys = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Spent> _spent = new(StringComparer.Ordinal);
    private DateTimeOffset _sweptAt = time.GetUtcNow();

    public int Quota => quota;

    public TimeSpan Window => window;

    /// <summary>Counts one.</summary>
    public Ruling Take(string key)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            ForgetOld(now);
            if (!_spent.TryGetValue(key, out var spent) || now >= spent.EndsAt)
            {
                if (_spent.Count >= MaxKeys)
                    return new Ruling(false, 0, window);
                spent = new Spent(0, now + window);
            }

            var isAllowed = spent.Count < quota;
            if (isAllowed)
                _spent[key] = spent = spent with { Count = spent.Count + 1 };
            return new Ruling(isAllowed, quota - spent.Count, spent.EndsAt - now);
        }
    }

    private void ForgetOld(DateTimeOffset now)
    {
        if (now - _sweptAt < window)
            return;
        _sweptAt = now;
        foreach (var (key, _) in _spent.Where(one => now >= one.Value.EndsAt).ToList())
            _spent.Remove(key);
    }

    /// <param name="Remaining">In this window.</param>
    /// <param name="ResetsIn">To the end of the window.</param>
    internal readonly record struct Ruling(bool IsAllowed, int Remaining, TimeSpan ResetsIn);

    private readonly record struct Spent(int Count, DateTimeOffset EndsAt);
}
