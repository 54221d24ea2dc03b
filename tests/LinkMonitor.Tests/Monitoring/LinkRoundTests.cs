using LinkMonitor.Engine.Tracking;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Monitoring;

public sealed class LinkRoundTests : IDisposable
{
    private static readonly DateTimeOffset Now = PageAnswer.Time;
    private static readonly JudgedLink Judged = new(new TrackingResult(LinkStatus.New(Now), null, null), Now, false);

    private readonly CancellationTokenSource _budget = new();
    private readonly LinkRound _round;

    public LinkRoundTests()
    {
        var page = StorageSamples.Url("https://blog.example.net/post");
        _round = new LinkRound(3)
        {
            Page = new WatchedPage { Key = PageRowKeys.For(page), Url = page, DueAt = Now },
            SeenBy = null!,
            Links = null!,
            Siblings = null!,
            Moves = null!,
            Targets = null!,
            Budget = _budget.Token,
        };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _round.Dispose();
        _budget.Dispose();
    }

    [Fact]
    public async Task Links_are_judged_in_their_order_whoever_comes_first()
    {
        var order = new List<int>();
        var later = Enumerable.Range(1, 2).Reverse().Select(index => JudgeAsync(index)).ToList();
        Assert.Empty(order);

        await JudgeAsync(0);
        await Task.WhenAll(later);

        Assert.Equal([0, 1, 2], order);

        Task<JudgedLink?> JudgeAsync(int index) => _round.JudgeAsync(
            index,
            _ =>
            {
                order.Add(index);
                return Task.FromResult(Judged);
            },
            Token);
    }

    [Fact]
    public async Task A_link_that_is_left_lets_the_next_be_judged()
    {
        var next = _round.JudgeAsync(1, _ => Task.FromResult(Judged), Token);
        Assert.False(next.IsCompleted);

        _round.Pass(0);

        Assert.Same(Judged, await next);
    }

    [Fact]
    public async Task What_a_link_waits_for_ends_with_the_budget_and_leaves_the_link()
    {
        var judging = _round.JudgeAsync(0, NeverAsync, Token);
        var next = _round.JudgeAsync(1, _ => Task.FromResult(Judged), Token);

        await _budget.CancelAsync();

        Assert.Null(await judging);
        Assert.Null(await next);
    }

    [Fact]
    public async Task A_round_that_is_stopped_is_no_round_that_ran_out_of_time()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var judging = _round.JudgeAsync(0, NeverAsync, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => judging);
    }

    private static async Task<JudgedLink> NeverAsync(CancellationToken stop)
    {
        await new TaskCompletionSource().Task.WaitAsync(stop);
        return Judged;
    }
}
