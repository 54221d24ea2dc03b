using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Lets a test's clock flow, a millisecond at a time, for tests in which several workers wait for it.</summary>
internal sealed class FlowingTime : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _clock;
    private readonly ITimer _timer;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FlowingTime(ManualTimeProvider clock)
    {
        _clock = clock;
        _timer = TimeProvider.System.CreateTimer(_ => Flow(), null, Step, Step);
    }

    /// <summary>Works again and again until it is done; when there is nothing to do, waits for the clock.</summary>
    /// <param name="work">False when there was nothing to do.</param>
    public async Task UntilAsync(Func<Task<bool>> work, Func<bool> isDone, CancellationToken cancellationToken)
    {
        while (!isDone())
        {
            var next = Volatile.Read(ref _next).Task;
            if (!await work())
                await next.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Flow()
    {
        _clock.Advance(Step);
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
