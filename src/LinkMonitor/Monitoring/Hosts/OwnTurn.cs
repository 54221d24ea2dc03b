using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.Monitoring.Hosts;

/// <summary>
/// A host's turn that a run of this process holds. All requests of the process may use it, one after the other; the run ends it only when none is under way.
/// </summary>
internal sealed class OwnTurn(Action<OwnTurn> remove) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passing;
    private bool _isOver;

    /// <summary>Null when the turn is over.</summary>
    public ISharedTurn? TryEnter()
    {
        lock (_lock)
        {
            if (_isOver)
                return null;
            _passing++;
            return new Passing(this);
        }
    }

    /// <summary>Lets nobody in any more, and waits for those who are; a request lasts no longer than its deadline.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isOver = true;
            if (_passing == 0)
                _drained.TrySetResult();
        }

        remove(this);
        await _drained.Task;
    }

    private void Leave()
    {
        lock (_lock)
        {
            _passing--;
            if (_isOver && _passing == 0)
                _drained.TrySetResult();
        }
    }

    private sealed class Passing(OwnTurn turn) : ISharedTurn
    {
        public Task EndAsync(TimeSpan pause)
        {
            turn.Leave();
            return Task.CompletedTask;
        }
    }
}
