using LinkMonitor.Engine.Clocks;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Engine.Clocks;

public sealed class BoundedTryTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_goes_well_gives_nothing() => Assert.Null(await TryAsync(_ => Task.CompletedTask, _ => true));

    [Fact]
    public async Task A_failure_that_is_kept_is_the_result()
    {
        var failure = new InvalidDataException("Damaged.");

        Assert.Same(failure, await TryAsync(_ => Task.FromException(failure), kept => kept is InvalidDataException));
    }

    [Fact]
    public async Task Any_other_failure_is_thrown() => await Assert.ThrowsAsync<InvalidDataException>(
        () => TryAsync(_ => Task.FromException(new InvalidDataException("Damaged.")), kept => kept is TimeoutException));

    [Fact]
    public async Task Work_that_hangs_is_a_time_out()
    {
        var trying = TryAsync(_ => new TaskCompletionSource().Task, kept => kept is TimeoutException);

        _time.Advance(Most);

        Assert.IsType<TimeoutException>(await trying);
    }

    private Task<Exception?> TryAsync(Func<CancellationToken, Task> work, Func<Exception, bool> isKept) =>
        Bounded.TryAsync(work, Most, _time, isKept, Token);
}
