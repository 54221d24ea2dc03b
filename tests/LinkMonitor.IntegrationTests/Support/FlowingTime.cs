using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// Lets a test's clock flow, five times as fast as the real one, for tests in which several workers wait for it. Not faster: a request must
/// not outlast its deadline.
/// </summary>
internal sealed class FlowingTime : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Signal _flowed = new();

    public FlowingTime(ManualTimeProvider clock)
    {
        _clock = clock;
        _timer = TimeProvider.System.CreateTimer(_ => Flow(), null, Pace, Pace);
    }

    /// <summary>Works again and again until it is done; when there is nothing to do, waits for the clock.</summary>
    /// <param name="work">False when there was nothing to do.</param>
    public async Task UntilAsync(Func<Task<bool>> work, Func<bool> isDone, CancellationToken cancellationToken)
    {
        while (!isDone())
        {
            var flowed = _flowed.Next;
            if (!await work())
                await flowed.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Flow()
    {
        _clock.Advance(Step);
        _flowed.Give();
    }
}
