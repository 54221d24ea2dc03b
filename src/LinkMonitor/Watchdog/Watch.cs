using LinkMonitor.Storage.Border;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Watchdog;

/// <summary>
/// What waits, seen at most once in <see cref="WatchdogOptions.LookEvery"/> by all who ask, a look that failed included. The look belongs
/// to none of them: a caller that gives up leaves it.
/// </summary>
internal sealed class Watch(BacklogLook look, IOptions<WatchdogOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>For one look.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private Task<Backlog>? _looking;
    private DateTimeOffset _begunAt;

    /// <summary>The latest look that came to its end; null before the first.</summary>
    public Backlog? Last { get; private set; }

    /// <exception cref="StorageFailureException">The storage fails, or did not answer in time.</exception>
    public Task<Backlog> LookAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_looking is null || (_looking.IsCompleted && now - _begunAt >= options.Value.LookEvery))
                (_looking, _begunAt) = (LookAsync(), now);
            return _looking.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task<Backlog> LookAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _disposed.Token);
        await Task.Yield();
        try
        {
            return Last = await look.LookAsync(stop.Token);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw new StorageFailureException(StorageFailureKind.NoAnswer, 0, $"The storage did not answer within {Deadline}.", late);
        }
    }
}
