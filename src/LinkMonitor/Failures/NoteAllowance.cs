using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Failures;

/// <summary>How many notes may still be written in this stretch of time, and none while the storage of notes fails.</summary>
internal sealed class NoteAllowance(TimeProvider time, int most, TimeSpan length)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _end;
    private DateTimeOffset _closedUntil;
    private int _taken;
    private bool _isRefused;

    /// <summary>Whether the storage of notes is tried at all.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return IsOpenAt(time.GetUtcNow());
        }
    }

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now >= _end || now < _end - length)
                (_end, _taken, _isRefused) = (now + length, 0, false);
            return IsOpenAt(now) && _taken++ < most;
        }
    }

    /// <summary>Once in each stretch, for the log.</summary>
    public bool IsFirstRefusal()
    {
        lock (_lock)
        {
            var isFirst = !_isRefused;
            _isRefused = true;
            return isFirst;
        }
    }

    public void Close(TimeSpan rest)
    {
        lock (_lock)
            _closedUntil = time.GetUtcNow() + rest;
    }

    // A clock that was set back does not close it for longer than a stretch.
    private bool IsOpenAt(DateTimeOffset now) => now >= _closedUntil || now < _closedUntil - length;
}

/// <summary>Says that a stored time lies in the future: it is not believed, but somebody should look at the clocks.</summary>
internal static class FutureTimes
{
    /// <summary>The name under which it is listed.</summary>
    public const string Area = "clock";

    /// <param name="what">What bears the time, for example <c>plan prj_…</c>.</param>
    public static ValueTask NoteFutureAsync(this ISetAside aside, string what, CancellationToken cancellationToken) => aside.NoteAsync(
        new SetAsideNote
        {
            Name = new SetAsideName(Area, "", what),
            Problem =
                "A stored time is further in the future than it can be: a clock was ahead, or this machine's is behind. The time was "
                    + "ignored.",
            Advice = "Check the clocks of all machines that run LinkMonitor. The stored times are corrected automatically.",
        },
        cancellationToken);
}
