using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;

namespace LinkMonitor.Tests.Monitoring;

public sealed class SharedTurnsTests
{
    private const string Host = "blog.example.net";
    private static readonly MonitoringOptions Settings = new() { HostPause = TimeSpan.Zero };

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_process_is_let_in_when_the_turn_was_given_back()
    {
        var hosts = await HostsAsync();
        var first = await Turns(hosts).TakeAsync(Host, Stop);
        var second = Turns(hosts).TakeAsync(Host.ToUpperInvariant(), Stop);
        await _clock.WaitForTimersAsync(1, Stop);
        Assert.False(second.IsCompleted);

        await first!.EndAsync(TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(await second.WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    [Fact]
    public async Task A_pause_that_a_host_asked_for_holds_for_all_and_is_said_to_who_would_wait_too_long()
    {
        var hosts = await HostsAsync();
        await (await Turns(hosts).TakeAsync(Host, Stop))!.EndAsync(TimeSpan.FromMinutes(10));

        var second = Turns(hosts).TakeAsync(Host, Stop);
        while (!second.IsCompleted)
        {
            await Task.WhenAny(second, _clock.WaitForTimersAsync(1, Stop));
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        var busy = await Assert.ThrowsAsync<HostBusyException>(() => second);
        Assert.InRange(busy.Wait, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Who_is_always_too_late_makes_way()
    {
        var hosts = new Mock<IHostStore>();
        hosts.Setup(store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>())).ReturnsAsync((HostState?)null);
        hosts.Setup(store => store.GetAsync(It.IsAny<HostKey>(), It.IsAny<CancellationToken>())).ReturnsAsync((HostState?)null);

        await Assert.ThrowsAsync<HostBusyException>(() => Turns(hosts.Object).TakeAsync(Host, Stop));

        hosts.Verify(
            store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>()), Times.Exactly(Contention.MaxAttempts + 1));
    }

    [Fact]
    public async Task A_turn_that_cannot_be_given_back_ends_by_itself()
    {
        var hosts = new Mock<IHostStore>();
        hosts.Setup(store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((HostState state, CancellationToken _) => state with { ETag = "1" });
        hosts.Setup(store => store.RemoveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>())).ThrowsAsync(
            new StorageFailureException("It fails."));

        var turn = await Turns(hosts.Object).TakeAsync(Host, Stop);
        await turn!.EndAsync(TimeSpan.Zero);

        var taken = (HostState)hosts.Invocations[0].Arguments[0]!;
        Assert.InRange(taken.FreeAt - _clock.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_hang_of_storage_while_a_turn_is_given_back_holds_nobody_up_for_long()
    {
        var hosts = new Mock<IHostStore>();
        hosts.Setup(store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((HostState state, CancellationToken _) => state with { ETag = "1" });
        hosts.Setup(store => store.RemoveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>()))
            .Returns(async (HostState _, CancellationToken stop) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return true;
            });
        var turn = await Turns(hosts.Object).TakeAsync(Host, Stop);

        var end = turn!.EndAsync(TimeSpan.Zero);
        await _clock.WaitForTimersAsync(1, Stop);
        _clock.Advance(TimeSpan.FromSeconds(10));

        await end.WaitAsync(TimeSpan.FromSeconds(20), Stop);
    }

    [Fact]
    public async Task Requests_to_the_host_of_a_run_of_this_process_ask_storage_nothing()
    {
        var turns = Turns(new Mock<IHostStore>(MockBehavior.Strict).Object);
        await using var own = turns.Own(Host, []);

        var passing = await turns.TakeAsync(Host.ToUpperInvariant(), Stop);

        await passing!.EndAsync(TimeSpan.Zero);
    }

    private static async Task<IHostStore> HostsAsync() => (await MemoryStorage.Source.CreateAsync(Stop)).Hosts;

    private SharedTurns Turns(IHostStore hosts) => new(hosts, Options.Create(Settings), _clock, NullLogger<SharedTurns>.Instance);
}
