using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Telemetry;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Testing.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;

namespace LinkMonitor.Tests.Monitoring.Outages;

public sealed class OutageGuardTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Measured _measured = new();
    private readonly Mock<IOutageStore> _outages = new();
    private readonly List<OutageNote> _notes = [];
    private TestStorage _storage = null!;
    private LocalWeb _web = null!;
    private PageFetcher _fetcher = null!;
    private ControlProbe _controls = null!;
    private OutageGuard _guard = null!;
    private int _asked;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = await LocalWeb.StartAsync(Stop);
        _web.Map("/", _ => Task.CompletedTask);
        _fetcher = new PageFetcher(new FetchOptions { AllowPrivateNetworks = true }, null, _clock);
        _storage = await MemoryStorage.Source.CreateAsync(Stop);
        await _storage.Queues.CreateAsync(Stop);
        SetOutages(note => _storage.Outages.NoteAsync(note, TimeSpan.FromHours(1), Stop));
        var options = Options.Create(new OutageOptions { ControlUrls = $"{_web.Origin}/", MinHosts = 3 });
        var alerts = Options.Create(new AlertOptions());
        var nudges = new NudgeSender(_storage.AlertWork, _storage.Queues, _storage.Aside, alerts, _clock);
        var notices = new OperatorNotices(
            _storage.Alerts, _storage.AlertPlans, nudges, alerts, _clock, NullLogger<OperatorNotices>.Instance);
        _controls = new ControlProbe(_fetcher, options.Value.Controls, options.Value.ControlEvery, _clock);
        _guard = new OutageGuard(
            _controls, new FailureShare(options, _clock), new OutageLog(_outages.Object, notices, options, _clock),
            new ProductMeter(_measured), NullLogger<OutageGuard>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _controls.Dispose();
        _fetcher.Dispose();
        _measured.Dispose();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task A_page_that_answers_is_judged_and_nobody_is_asked()
    {
        var check = Check("a.example", ObservationKind.ServerError);

        Assert.Same(check, await ReviewAsync(check));

        Assert.Empty(_web.Requests);
        Assert.Equal(0, _asked);
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task A_page_that_cannot_be_reached_is_judged_while_a_control_address_answers()
    {
        var check = Check("a.example", ObservationKind.Unreachable);

        Assert.Same(check, await ReviewAsync(check));

        Assert.Single(_web.Requests);
        Assert.Equal(1, _asked);
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task When_no_control_address_answers_nothing_is_judged_and_the_operator_is_told_once()
    {
        Fail();

        var first = await ReviewAsync(Check("a.example", ObservationKind.Unreachable));
        var second = await ReviewAsync(Check("b.example", ObservationKind.Observed));

        Assert.Equal((ObservationKind.OurFault, ObservationKind.OurFault), (first.Seen.Kind, first.Obedient.Kind));
        // While it is known, an answer may be anybody's: a hotel's page, for one.
        Assert.Equal(ObservationKind.OurFault, second.Seen.Kind);
        Assert.Equal(OutageKind.ControlsFail, Assert.Single(_notes).Kind);
        var notice = Assert.Single((await _storage.Alerts.ReadOpenAsync(Alert.OperatorPartition, Stop)).Items);
        Assert.Equal(NoticeNames.NetworkFailed, notice.Content!.Notice);
        Assert.Equal([$"{_web.Origin}/"], notice.Content.Controls);
        Assert.Equal(["observation=our-fault", "observation=our-fault"], _measured.Of("linkmonitor.checks").Select(one => one.Tags));
    }

    [Fact]
    public async Task A_fault_that_the_look_itself_names_is_kept_with_its_words()
    {
        var url = StorageSamples.Url("https://a.example/");
        var ours = Observation.OurFault(url, _clock.GetUtcNow(), "There is no route.");

        var reviewed = await ReviewAsync(new PageObservations(ours, ours));

        Assert.Equal("There is no route.", reviewed.Seen.Detail);
        Assert.Equal(OutageKind.NoRoute, Assert.Single(_notes).Kind);
        Assert.Empty(_web.Requests);
    }

    [Fact]
    public async Task When_most_sites_fail_that_could_be_reached_before_the_fault_is_ours()
    {
        await ReviewAsync(Check("a.example", ObservationKind.Unreachable));
        await ReviewAsync(Check("b.example", ObservationKind.Unreachable));

        var third = await ReviewAsync(Check("c.example", ObservationKind.Unreachable));

        Assert.Equal(ObservationKind.OurFault, third.Seen.Kind);
        Assert.Equal(OutageKind.MostFail, Assert.Single(_notes).Kind);
    }

    [Fact]
    public async Task Sites_that_were_dead_before_say_nothing_of_our_network()
    {
        foreach (var host in new[] { "a.example", "b.example", "c.example", "d.example" })
        {
            var check = Check(host, ObservationKind.Unreachable);
            Assert.Same(check, await _guard.ReviewAsync(check, _ => Task.FromResult(false), Stop));
        }
    }

    [Fact]
    public async Task An_answer_counts_for_its_host_but_not_while_our_network_is_known_to_fail()
    {
        Assert.True(_guard.NoteAnswer(StorageSamples.Url("https://a.example/")));
        Fail();
        await ReviewAsync(Check("b.example", ObservationKind.Unreachable));

        Assert.False(_guard.NoteAnswer(StorageSamples.Url("https://a.example/")));
        _clock.Advance(new OutageOptions().ControlEvery);
        Assert.True(_guard.NoteAnswer(StorageSamples.Url("https://a.example/")));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_stops_no_check_and_nothing_is_judged_all_the_same()
    {
        Fail();
        SetOutages(_ => throw new UnreadableRowException("damaged"));

        Assert.Equal(ObservationKind.OurFault, (await ReviewAsync(Check("a.example", ObservationKind.Unreachable))).Seen.Kind);
    }

    [Fact]
    public async Task A_storage_that_fails_is_told_so_that_the_check_comes_again()
    {
        Fail();
        SetOutages(_ => throw new StorageFailureException("It fails."));

        await Assert.ThrowsAsync<StorageFailureException>(() => ReviewAsync(Check("a.example", ObservationKind.Unreachable)));
    }

    [Fact]
    public async Task Who_cannot_say_whether_the_page_was_reached_before_fails_the_check_and_counts_nothing()
    {
        var check = Check("a.example", ObservationKind.Unreachable);

        await Assert.ThrowsAsync<StorageFailureException>(
            () => _guard.ReviewAsync(check, _ => throw new StorageFailureException("It fails."), Stop));

        Assert.Empty(_measured.Of("linkmonitor.checks"));
    }

    [Fact]
    public async Task A_control_address_that_hangs_ends_with_the_check()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _web.Map("/", async context =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var check = new CancellationTokenSource();

        var review = _guard.ReviewAsync(Check("a.example", ObservationKind.Unreachable), _ => Task.FromResult(true), check.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await check.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => review.WaitAsync(TimeSpan.FromSeconds(20), Stop));
        Assert.Empty(_notes);
    }

    private Task<PageObservations> ReviewAsync(PageObservations check) => _guard.ReviewAsync(
        check,
        _ =>
        {
            _asked++;
            return Task.FromResult(true);
        },
        Stop);

    private void Fail() => _web.Map("/", context =>
    {
        context.Response.StatusCode = 500;
        return Task.CompletedTask;
    });

    private void SetOutages(Func<OutageNote, Task<Outage>> note) => _outages
        .Setup(store => store.NoteAsync(It.IsAny<OutageNote>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
        .Returns((OutageNote one, TimeSpan _, CancellationToken _) =>
        {
            _notes.Add(one);
            return note(one);
        });

    private PageObservations Check(string host, ObservationKind kind)
    {
        var seen = Observation.OurFault(StorageSamples.Url($"https://{host}/"), _clock.GetUtcNow(), "It was so.") with { Kind = kind };
        return new PageObservations(seen, seen);
    }
}
