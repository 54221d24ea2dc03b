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
