using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;
using Moq;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class PlanReaderTests : IAsyncLifetime
{
    private static readonly ProjectId Project = SendingRig.Project.Id;
    private static readonly DateTimeOffset Now = StorageSamples.Noon;

    private readonly Mock<ILinkStore> _links = new();
    private readonly Mock<IAlertStore> _alerts = new();
    private readonly Mock<IAlertPlanStore> _plans = new();
    private readonly List<string> _calls = [];
    private SendingRig _rig = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rig = await SendingRig.StartAsync();
        _alerts.Setup(store => store.ReadOpenAsync(Project, It.IsAny<CancellationToken>())).ReturnsAsync(() =>
        {
            _calls.Add("alerts");
            return new RowsRead<Alert>([], []);
        });
        SetReported();
        SetOutbox();
        SetTermChecks();
        _plans.Setup(store => store.ReadCaseChecksAsync(Project, It.IsAny<CancellationToken>()))
            .Returns(AsyncEnumerable.Empty<ReadRow<CaseCheck>>());
        _plans.Setup(store => store.ReadUnstableAsync(Project, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new RowsRead<UnstableLink>([], []));
        _links.Setup(store => store.ReadHistoryAsync(
            Project, It.IsAny<LinkId>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new RowsRead<LinkChange>([], []));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task What_an_open_alert_reports_is_not_planned_again_and_leaves_the_outbox()
    {
        var (first, second) = (await _rig.ChangeAsync(2), await _rig.ChangeAsync());
        await _rig.OpenAsync([first]);
        var storage = _rig.Storage;

        var input = await new PlanReader(
            storage.Links, storage.Cases, storage.Alerts, storage.AlertPlans, Options.Create(new AlertOptions()))
            .ReadAsync(Context(), Stop);

        Assert.Equal([second.Id], input.Waiting.Select(entry => entry.Change.Id));
        Assert.Equal(second.Transition.At, input.Context.WaitingSince);
        Assert.Equal([second.OutboxKey], await storage.Links.ReadOutboxKeysAsync(Project, Stop));
        Assert.Equal([second.LinkId], input.Links.Keys);
        Assert.False(input.IsCut);
        Assert.False(input.HasUnreadable);
    }

    [Fact]
    public async Task The_alerts_are_read_before_the_outbox()
    {
        await ReadAsync();

        Assert.Equal(["alerts", "outbox"], _calls);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(9, true)]
    public async Task One_planning_reads_as_much_as_one_alert_can_report_and_says_that_there_is_more(int more, bool isCut)
    {
        var change = StorageSamples.Change(StorageSamples.Link(Project), Now.AddMinutes(-1));
        SetOutbox([.. Enumerable.Range(0, Alert.MaxChanges + more).Select(number => new OutboxEntry($"{number:d5}", change))]);

        var input = await ReadAsync();

        Assert.Equal((Alert.MaxChanges, isCut), (input.Waiting.Count, input.IsCut));
        Assert.Equal(Alert.MaxChanges + Math.Min(more, 1), _read);
    }

    [Fact]
    public async Task A_link_with_many_changes_is_read_once()
    {
        var change = StorageSamples.Change(StorageSamples.Link(Project), Now.AddMinutes(-1));
        SetOutbox([.. Enumerable.Range(0, 50).Select(number => new OutboxEntry($"{number:d5}", change))]);

        await ReadAsync();

        _links.Verify(store => store.GetAsync(Project, change.LinkId, It.IsAny<CancellationToken>()), Times.Once());
    }

    [Fact]
    public async Task A_storage_that_fails_takes_nothing_out_of_the_outbox()
    {
        SetOutbox(new OutboxEntry("1", StorageSamples.Change(StorageSamples.Link(Project), Now)));
        _alerts.Setup(store => store.ReadReportedAsync(Project, It.IsAny<RowsRead<Alert>>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."));

        await Assert.ThrowsAsync<StorageFailureException>(() => ReadAsync());

        _links.Verify(
            store => store.RemoveFromOutboxAsync(Project, It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()),
            Times.Never());
    }

    [Fact]
    public async Task Looks_that_are_due_are_taken_and_the_next_is_known()
    {
        var (due, next) = (TermCheckAt("lnk_a", Now), TermCheckAt("lnk_b", Now.AddTicks(1)));
        SetTermChecks(due, next, TermCheckAt("lnk_c", Now.AddDays(1)));

        var input = await ReadAsync();

        Assert.Equal([due.Item!], input.TermChecks);
        Assert.Equal((next.Item!.At, false, false), (input.NextTermCheckAt, input.HasMoreTermChecks, input.HasUnreadable));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task So_many_looks_are_taken_and_no_more(int more, bool hasMore)
    {
        SetTermChecks([.. Enumerable.Range(0, TermPlanner.MaxReminders + more).Select(number => TermCheckAt($"lnk_{number}", Now))]);

        var input = await ReadAsync();

        Assert.Equal((TermPlanner.MaxReminders, hasMore), (input.TermChecks.Count, input.HasMoreTermChecks));
    }

    [Fact]
    public async Task A_look_and_a_link_that_cannot_be_read_are_left_out_and_looked_at_again()
    {
        var sound = TermCheckAt("lnk_a", Now);
        SetTermChecks(new ReadRow<TermCheck>(null, "look:damaged", false), sound);
        var input = await ReadAsync();
        Assert.Equal([sound.Item!], input.TermChecks);
        Assert.True(input.HasUnreadable);

        SetTermChecks(TermCheckAt("lnk_damaged", Now), sound);
        _links.Setup(store => store.GetAsync(Project, new LinkId("lnk_damaged"), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new UnreadableRowException("damaged"));
        input = await ReadAsync();

        Assert.Equal([sound.Item!], input.TermChecks);
        Assert.True(input.HasUnreadable);
    }

    [Fact]
    public async Task The_reminder_that_was_sent_last_is_known_where_the_link_still_is()
    {
        var link = StorageSamples.Link(Project);
        SetTermChecks(TermCheckAt(link.Id.Value, Now), TermCheckAt("lnk_gone", Now));
        _links.Setup(store => store.GetAsync(Project, link.Id, It.IsAny<CancellationToken>())).ReturnsAsync(link);
        _plans.Setup(store => store.GetRemindedAsync(Project, It.IsAny<LinkId>(), It.IsAny<CancellationToken>())).ReturnsAsync("trm_a");

        var input = await ReadAsync();

        Assert.Equal((link.Id, "trm_a"), (Assert.Single(input.Reminded).Key, input.Reminded[link.Id]));
        Assert.Equal(2, input.TermChecks.Count);
    }

    [Fact]
    public async Task A_held_link_whose_row_cannot_be_read_is_known_as_such()
    {
        _plans.Setup(store => store.ReadUnstableAsync(Project, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new RowsRead<UnstableLink>([], ["lnk_damaged"]));

        var input = await ReadAsync();

        Assert.Equal(["lnk_damaged"], input.UnreadableUnstable);
        Assert.True(input.HasUnreadable);
    }

    [Fact]
    public async Task Of_a_link_that_is_ready_the_changes_that_alert_are_read_the_oldest_first_and_damage_is_known()
    {
        var link = StorageSamples.Link(Project);
        var change = StorageSamples.Change(link, Now.AddHours(-1));
        var earlier = StorageSamples.Change(link, Now.AddHours(-3));
        SetOutbox(new OutboxEntry("1", change));
        DateTimeOffset? after = null;
        _links.Setup(store => store.ReadHistoryAsync(
            Project, link.Id, It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Returns((ProjectId _, LinkId _, DateTimeOffset from, CancellationToken _) =>
            {
                after = from;
                var silent = StorageSamples.Change(link, Now.AddHours(-2), alerts: false);
                return Task.FromResult(new RowsRead<LinkChange>([change, silent, earlier], ["damaged"]));
            });

        var input = await ReadAsync();

        Assert.Equal([earlier.Id, change.Id], input.Histories[link.Id].Select(one => one.Id));
        Assert.Equal(change.Transition.At - new AlertOptions().FlappingWindow, after);
        Assert.Equal([link.Id], input.UnreadableHistories);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task A_day_has_news_only_of_links_that_are_not_muted_and_each_link_is_read_once(bool isMuted, int channels)
    {
        var link = StorageSamples.Link(Project) with { Muted = isMuted };
        _links.Setup(store => store.GetAsync(Project, link.Id, It.IsAny<CancellationToken>())).ReturnsAsync(link);
        _links.Setup(store => store.ReadChangesAsync(
            Project, It.IsAny<DateTimeOffset>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Returns(() => Enumerable.Repeat(StorageSamples.Change(link, Now.AddHours(-5)), 20).ToAsyncEnumerable());
        var channel = StorageSamples.Channel(Project) with { Digest = new DigestSchedule(null, new TimeOnly(8, 0)), TimeZone = "UTC" };
        channel = channel with { Choice = AlertChoice.Default };

        var input = await Reader().ReadAsync(
            Context(channel) with
            {
                Plan = new AlertPlan
                {
                    ProjectId = Project,
                    Digests = new Dictionary<string, DateTimeOffset> { [channel.Id.Value] = Now.AddDays(-1) },
                },
            },
            Stop);

        Assert.Equal(channels, input.ChannelsWithNews.Count);
        _links.Verify(store => store.GetAsync(Project, link.Id, It.IsAny<CancellationToken>()), Times.Once());
    }

    private int _read;

    private static PlanContext Context(params Channel[] channels) =>
        new(SendingRig.Project, new AlertPlan { ProjectId = Project }, channels, Now);

    private static ReadRow<TermCheck> TermCheckAt(string link, DateTimeOffset at) =>
        new(new TermCheck(new LinkId(link), at), $"terms:{link}", true);

    private PlanReader Reader() =>
        new(_links.Object, Mock.Of<ICaseStore>(), _alerts.Object, _plans.Object, Options.Create(new AlertOptions()));

    private Task<PlanInput> ReadAsync() => Reader().ReadAsync(Context(), Stop);

    private void SetReported() => _alerts
        .Setup(store => store.ReadReportedAsync(Project, It.IsAny<RowsRead<Alert>>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(new HashSet<string>());

    private void SetOutbox(params OutboxEntry[] entries) => _links
        .Setup(store => store.ReadOutboxAsync(Project, It.IsAny<CancellationToken>()))
        .Returns(() =>
        {
            _calls.Add("outbox");
            return entries.Select(entry =>
            {
                _read++;
                return entry;
            }).ToAsyncEnumerable();
        });

    private void SetTermChecks(params ReadRow<TermCheck>[] looks) => _plans
        .Setup(store => store.ReadTermChecksAsync(Project, It.IsAny<CancellationToken>())).Returns(() => looks.ToAsyncEnumerable());
}
