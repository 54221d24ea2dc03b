namespace LinkMonitor.Engine.Fetching;

/// <summary>The deadline of one visit, which stands still while the visit waits for its turn.</summary>
internal sealed class VisitDeadline : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _source;
    private TimeSpan _left;
    private long _running;

    public VisitDeadline(TimeSpan deadline, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _left = deadline;
        _running = timeProvider.GetTimestamp();
        _source = new CancellationTokenSource(deadline, timeProvider);
    }

    public CancellationToken Token => _source.Token;

    public async ValueTask<T> OutsideAsync<T>(Func<ValueTask<T>> wait)
    {
        _left -= _timeProvider.GetElapsedTime(_running);
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        var result = await wait();
        _running = _timeProvider.GetTimestamp();
        _source.CancelAfter(_left > Shortest ? _left : Shortest);
        return result;
    }

    public void Dispose() => _source.Dispose();
}
