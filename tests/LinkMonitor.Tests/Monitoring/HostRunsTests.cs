using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;
using Moq;

namespace LinkMonitor.Tests.Monitoring;

public sealed class HostRunsTests
{
    private const int MostAttempts = 5;
    private static readonly MonitoringOptions Settings = new();
    private static readonly HostKey Host = HostRowKeys.For("blog.example.net");

    private readonly ManualTimeProvider _clock = new();
    private readonly Mock<IHostStore> _hosts = new(MockBehavior.Strict);
    private readonly Mock<IWorkQueues> _queues = new();
    private readonly List<HostState> _written = [];
    private readonly List<(string Run, TimeSpan Delay)> _sent = [];
    private readonly HostRuns _runs;

    public HostRunsTests()
    {
        _queues.Setup(
            queues => queues.SendHostCheckAsync(Host, It.IsAny<string>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns((HostKey _, string run, TimeSpan delay, CancellationToken _) =>
            {
                _sent.Add((run, delay));
                return Task.CompletedTask;
            });
        _runs = new HostRuns(_hosts.Object, _queues.Object, Options.Create(Settings), _clock);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task A_run_over_a_host_that_nobody_is_at_keeps_the_ordinary_pause_and_takes_the_places_out_of_the_schedule()
    {
        Begins(true);

        Assert.True(await _runs.TryBeginAsync(Host, "blog.example.net", ["due:1", "due:2"], Stop));

        var state = Assert.Single(_written);
        var (run, delay) = Assert.Single(_sent);
        Assert.Equal((run, run, "blog.example.net", null), (state.Run, state.Turn, state.Host, state.ETag));
        Assert.Equal(Settings.HostPause, delay);
        Assert.Equal(Now + Settings.HostPause + Settings.Lease, state.RunUntil);
        Assert.Equal(Now + Settings.HostPause + _runs.TurnLength, state.FreeAt);
        _hosts.Verify(
            store => store.BeginRunAsync(
                state, It.Is<IReadOnlyList<string>>(places => places.SequenceEqual(new[] { "due:1", "due:2" })),
                It.IsAny<CancellationToken>()),
            Times.Once());
    }

    [Fact]
    public async Task A_run_that_is_under_way_is_left_to_itself()
    {
        Begins(false);
        Finds(State() with { Run = "theirs", RunUntil = Now.AddTicks(1) });

        Assert.False(await _runs.TryBeginAsync(Host, "", [], Stop));

        Assert.Single(_written);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_run_that_counts_as_dead_is_followed_by_another_once_the_host_is_free()
    {
        Begins(false, true);
        Finds(State() with { Run = "dead", RunUntil = Now, FreeAt = Now.AddMinutes(3), ETag = "7" });

        Assert.True(await _runs.TryBeginAsync(Host, "", [], Stop));

        Assert.Equal(("7", "known.example"), (_written[1].ETag, _written[1].Host));
        Assert.Equal(TimeSpan.FromMinutes(3), Assert.Single(_sent).Delay);
        Assert.Equal(Now.AddMinutes(3) + Settings.Lease, _written[1].RunUntil);
    }

    [Fact]
    public async Task Places_that_another_process_took_are_its_run()
    {
        Begins(false);
        Finds(null);

        Assert.False(await _runs.TryBeginAsync(Host, "", ["due:1"], Stop));

        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_host_that_is_always_written_by_others_is_left_to_them_after_so_many_attempts()
    {
        Begins(false);
        Finds(State());

        Assert.False(await _runs.TryBeginAsync(Host, "", [], Stop));

        Assert.Equal(MostAttempts, _written.Count);
        Assert.Equal(MostAttempts, _written.Select(state => state.Run).Distinct().Count());
    }

    [Fact]
    public async Task A_storage_that_fails_is_told_and_no_message_is_sent()
    {
        _hosts.Setup(store => store.BeginRunAsync(It.IsAny<HostState>(), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."));

        await Assert.ThrowsAsync<StorageFailureException>(() => _runs.TryBeginAsync(Host, "", [], Stop));

        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_is_told_and_the_run_ends_by_its_time()
    {
        Begins(true);
        _queues.Setup(
            queues => queues.SendHostCheckAsync(Host, It.IsAny<string>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."));

        await Assert.ThrowsAsync<StorageFailureException>(() => _runs.TryBeginAsync(Host, "", [], Stop));

        _clock.Advance(Settings.HostPause + Settings.Lease);
        Assert.False(_written[0].IsRunAlive(Now));
    }

    [Fact]
    public async Task A_run_under_way_is_made_to_look_again_by_writing_its_row()
    {
        Begins(false);
        var known = State() with { Run = "theirs", RunUntil = Now.AddMinutes(1), ETag = "3" };
        Finds(known);
        _hosts.Setup(store => store.TrySaveAsync(known, It.IsAny<CancellationToken>())).ReturnsAsync(known with { ETag = "4" });

        await _runs.BeginOrTellAsync(Host, "", Stop);

        _hosts.Verify(store => store.TrySaveAsync(known, It.IsAny<CancellationToken>()), Times.Once());
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_run_that_writes_its_row_all_the_time_is_told_so_often_and_no_more()
    {
        Begins(false);
        Finds(State() with { Run = "theirs", RunUntil = Now.AddMinutes(1) });
        _hosts.Setup(store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>())).ReturnsAsync((HostState?)null);

        await _runs.BeginOrTellAsync(Host, "", Stop);

        _hosts.Verify(store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>()), Times.Exactly(MostAttempts));
    }

    [Fact]
    public void The_end_of_a_run_moves_only_when_less_than_a_turn_is_left_of_it()
    {
        Assert.Equal(Now + _runs.TurnLength, _runs.Extended(Now + _runs.TurnLength, Now));
        Assert.Equal(Now + Settings.Lease, _runs.Extended(Now + _runs.TurnLength - TimeSpan.FromTicks(1), Now));
        Assert.Equal(Now + Settings.Lease, _runs.Extended(null, Now));
    }

    [Fact]
    public async Task No_time_is_ever_set_beyond_the_limits_that_a_wrong_clock_is_told_by()
    {
        var limits = HostRuns.Limits(Settings);
        Begins(false, true);
        Finds(State() with { FreeAt = Now + HostPauses.Longest + Settings.HostPause });

        await _runs.TryBeginAsync(Host, "", [], Stop);

        Assert.InRange(_written[1].FreeAt - Now, TimeSpan.Zero, limits.Turn);
        Assert.InRange(_written[1].RunUntil!.Value - Now, TimeSpan.Zero, limits.Run);
    }

    [Theory]
    [InlineData(429, null, 60)]
    [InlineData(429, 5, 5)]
    [InlineData(503, 30, 30)]
    [InlineData(503, null, null)]
    [InlineData(503, 86400, 3600)]
    [InlineData(500, 30, null)]
    [InlineData(200, 30, null)]
    public void A_host_is_left_alone_for_as_long_as_it_asks_and_for_an_hour_at_most(int status, int? asked, int? seconds)
    {
        var page = StorageSamples.Url("https://blog.example.net/");
        var seen = Observation.OurFault(page, Now, "") with
        {
            Status = status,
            RetryAfter = asked is { } wait ? TimeSpan.FromSeconds(wait) : null,
        };

        Assert.Equal(seconds is { } pause ? TimeSpan.FromSeconds(pause) : null, HostPauses.AskedBy(seen));
    }

    private HostState State() => new() { Key = Host, Host = "known.example", FreeAt = Now };

    private void Begins(params bool[] answers)
    {
        var at = 0;
        _hosts.Setup(store => store.BeginRunAsync(It.IsAny<HostState>(), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()))
            .Returns((HostState state, IReadOnlyList<string> _, CancellationToken _) =>
            {
                _written.Add(state);
                return Task.FromResult(answers[Math.Min(at++, answers.Length - 1)]);
            });
    }

    private void Finds(HostState? state) =>
        _hosts.Setup(store => store.GetAsync(Host, It.IsAny<CancellationToken>())).ReturnsAsync(state);
}
