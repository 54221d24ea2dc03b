using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Engine.Fetching.Pacing;

public sealed class HostPacerTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_host_gets_one_request_at_a_time_and_a_second_of_rest_by_default()
    {
        var pacing = new HostPacing();

        Assert.Equal(1, pacing.PerHost);
        Assert.Equal(TimeSpan.FromSeconds(1), pacing.Pause);
    }

    [Fact]
    public async Task The_next_request_waits_until_the_first_has_ended_and_the_pause_is_over()
    {
        var pacer = new HostPacer(new HostPacing(), _clock);
        var first = await pacer.EnterAsync("a.example", Token);

        var second = pacer.EnterAsync("a.example", Token);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await second;
    }

    [Fact]
    public async Task A_request_that_comes_within_the_pause_waits_for_the_rest_of_it()
    {
        var pacer = new HostPacer(new HostPacing(), _clock);
        await (await pacer.EnterAsync("a.example", Token)).DisposeAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(600));

        var next = pacer.EnterAsync("a.example", Token);
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(400));

        await next;
    }

    [Theory]
    [InlineData(10)]
    [InlineData(0.5)]
    public async Task A_host_may_ask_for_a_longer_pause_but_not_for_a_shorter(double asked)
    {
        var pacer = new HostPacer(new HostPacing(), _clock);
        var first = await pacer.EnterAsync("a.example", Token);
        first.PauseAtLeast(TimeSpan.FromSeconds(asked));
        await first.DisposeAsync();

        var second = pacer.EnterAsync("a.example", Token);
        _clock.Advance(TimeSpan.FromSeconds(Math.Max(asked, 1)) - TimeSpan.FromMilliseconds(1));
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await second;
    }

    [Fact]
    public async Task A_limit_for_all_hosts_counts_only_requests_under_way()
    {
        var pacer = new HostPacer(new HostPacing { InAll = 2 }, _clock);
        var first = await pacer.EnterAsync("a.example", Token);
        await pacer.EnterAsync("b.example", Token);

        var waitsForHost = pacer.EnterAsync("a.example", Token);
        var waitsForAll = pacer.EnterAsync("c.example", Token);
        Assert.False(waitsForAll.IsCompleted);
        await first.DisposeAsync();

        await waitsForAll;
        Assert.False(waitsForHost.IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_the_limit_gives_the_host_back()
    {
        var pacer = new HostPacer(new HostPacing { InAll = 1 }, _clock);
        var first = await pacer.EnterAsync("a.example", Token);
        using var impatient = new CancellationTokenSource();
        var cancelled = pacer.EnterAsync("b.example", impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        var patient = pacer.EnterAsync("b.example", Token);
        await first.DisposeAsync();

        await patient;
    }

    [Fact]
    public async Task Other_hosts_do_not_wait()
    {
        var pacer = new HostPacer(new HostPacing(), _clock);
        await pacer.EnterAsync("a.example", Token);

        var other = pacer.EnterAsync("b.example", Token);

        Assert.True(other.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("A.EXAMPLE")]
    [InlineData("a.example.")]
    public async Task A_host_is_the_same_in_every_spelling(string spelling)
    {
        var pacer = new HostPacer(new HostPacing(), _clock);
        await pacer.EnterAsync("a.example", Token);

        var again = pacer.EnterAsync(spelling, Token);

        Assert.False(again.IsCompleted);
    }

    [Fact]
    public async Task As_many_requests_as_allowed_run_at_once()
    {
        var pacer = new HostPacer(new HostPacing { PerHost = 3, Pause = TimeSpan.Zero }, _clock);
        var places = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => pacer.EnterAsync("a.example", Token)));

        var fourth = pacer.EnterAsync("a.example", Token);
        Assert.False(fourth.IsCompleted);
        await places[1].DisposeAsync();

        await fourth;
    }

    [Fact]
    public async Task Who_waits_is_served_in_order()
    {
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        var place = await pacer.EnterAsync("a.example", Token);
        var waiting = Enumerable.Range(0, 20).Select(_ => pacer.EnterAsync("a.example", Token)).ToArray();

        foreach (var next in waiting)
        {
            Assert.False(next.IsCompleted);
            await place.DisposeAsync();
            place = await next;
        }
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_take_a_place()
    {
        using var impatient = new CancellationTokenSource();
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        var place = await pacer.EnterAsync("a.example", Token);
        var cancelled = pacer.EnterAsync("a.example", impatient.Token);
        var patient = pacer.EnterAsync("a.example", Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await place.DisposeAsync();

        await (await patient).DisposeAsync();
        Assert.Equal(0, pacer.HostCount);
    }

    [Fact]
    public async Task Leaving_twice_frees_one_place_only()
    {
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        var first = await pacer.EnterAsync("a.example", Token);
        var second = pacer.EnterAsync("a.example", Token);
        var third = pacer.EnterAsync("a.example", Token);

        await first.DisposeAsync();
        await first.DisposeAsync();

        await second;
        Assert.False(third.IsCompleted);
    }

    [Fact]
    public async Task A_host_is_forgotten_when_its_pause_is_over()
    {
        var pacer = new HostPacer(new HostPacing(), _clock);
        foreach (var host in Enumerable.Range(0, 1000))
            await (await pacer.EnterAsync($"h{host}.example", Token)).DisposeAsync();
        Assert.Equal(1000, pacer.HostCount);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, pacer.HostCount);
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public async Task Under_load_a_host_never_sees_more_than_its_share()
    {
        var pacer = new HostPacer(new HostPacing { PerHost = 2, Pause = TimeSpan.Zero }, TimeProvider.System);
        var inside = 0;
        var most = 0;

        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token };
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), options, async (_, token) =>
        {
            await using var place = await pacer.EnterAsync("a.example", token);
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        });

        Assert.InRange(most, 1, 2);
        Assert.Equal(0, pacer.HostCount);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
