using LinkMonitor.Engine.Robots;
using LinkMonitor.Monitoring;

namespace LinkMonitor.Tests.Monitoring;

public sealed class OwnTurnTests
{
    private static readonly RobotsRecord Known = new() { Origin = "https://blog.example.net", FreshUntil = DateTimeOffset.UnixEpoch };

    [Fact]
    public async Task It_ends_only_when_nobody_passes_and_lets_nobody_in_any_more()
    {
        var removed = 0;
        var own = new OwnTurn([], _ => removed++);
        var (first, second) = (own.TryEnter(), own.TryEnter());

        var end = own.DisposeAsync().AsTask();
        Assert.Equal(1, removed);
        Assert.Null(own.TryEnter());
        await first!.EndAsync(TimeSpan.Zero);
        Assert.False(end.IsCompleted);
        await second!.EndAsync(TimeSpan.Zero);

        await end.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_is_learnt_counts_before_what_was_known_and_is_there_to_be_kept()
    {
        await using var own = new OwnTurn([Known], _ => { });
        Assert.Same(Known, own.Robots(Known.Origin));
        Assert.Null(own.Robots("https://other.example.net"));
        Assert.Empty(own.Learnt);
        var learnt = Known with { FreshUntil = DateTimeOffset.UnixEpoch.AddDays(1) };

        own.Learn(learnt);

        Assert.Same(learnt, own.Robots(Known.Origin));
        Assert.Equal([learnt], own.Learnt);
    }
}
