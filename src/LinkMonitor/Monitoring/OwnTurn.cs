using System.Collections.Concurrent;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Robots;

namespace LinkMonitor.Monitoring;

/// <summary>
/// A host's turn that a run of this process holds. All requests of the process may use it, one after the other; the run ends it only when
/// none is under way.
/// </summary>
internal sealed class OwnTurn(IReadOnlyList<RobotsRecord> robots, Action<OwnTurn> remove) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, RobotsRecord> _learnt = new(StringComparer.Ordinal);
    private int _passing;
    private bool _isOver;

    /// <summary>What this process learnt of the host's robots.txt files in the turn, to be kept when it ends.</summary>
    public IReadOnlyList<RobotsRecord> Learnt => [.. _learnt.Values];

    /// <summary>What was read with the host, or learnt since.</summary>
    public RobotsRecord? Robots(string origin) =>
        _learnt.GetValueOrDefault(origin) ?? robots.FirstOrDefault(record => record.Origin == origin);

    public void Learn(RobotsRecord record) => _learnt[record.Origin] = record;

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
