using Azure.Core;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Storage.Alerts;

public sealed class TableAlertStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private readonly ProjectId _project = ProjectId.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_alert_is_read_back_whole()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        var alert = StorageSamples.Alert(_project, Noon);

        var opened = await storage.Alerts.TryOpenAsync(alert, Token);

        var read = await storage.Alerts.GetOpenAsync(_project, Token);
        Assert.Equal(opened!.ETag, read!.ETag);
        Assert.Equivalent(alert, read with { ETag = null }, strict: true);
    }

    [Fact]
    public async Task A_project_has_one_open_alert_at_most()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);

        var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            storage.Alerts.TryOpenAsync(StorageSamples.Alert(_project, Noon, $"alr_{i}"), Token)));

        var winner = Assert.Single(opened.OfType<Alert>());
        Assert.Equal(winner.Id, (await storage.Alerts.GetOpenAsync(_project, Token))!.Id);
    }

    [Fact]
    public async Task Saving_writes_over_the_version_that_was_read_only()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        var alert = (await storage.Alerts.TryOpenAsync(StorageSamples.Alert(_project, Noon), Token))!;

        var saved = await storage.Alerts.TrySaveAsync(alert with { LeasedUntil = Noon.AddHours(1) }, Token);
        var late = await storage.Alerts.TrySaveAsync(alert with { LeasedUntil = Noon.AddHours(2) }, Token);
        var again = await storage.Alerts.TrySaveAsync(saved! with { LeasedUntil = Noon.AddHours(3) }, Token);

        Assert.Null(late);
        Assert.Equal(Noon.AddHours(3), (await storage.Alerts.GetOpenAsync(_project, Token))!.LeasedUntil);
        Assert.Equal(again!.ETag, (await storage.Alerts.GetOpenAsync(_project, Token))!.ETag);
    }

    [Fact]
    public async Task A_closed_alert_makes_room_for_the_next_and_is_listed_newest_first()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        for (var i = 0; i < 3; i++)
        {
            var alert = (await storage.Alerts.TryOpenAsync(StorageSamples.Alert(_project, Noon.AddHours(i), $"alr_{i}"), Token))!;
            Assert.True(await storage.Alerts.CloseAsync(alert with { ClosedAt = Noon.AddDays(1) }, Token));
        }

        var first = await storage.Alerts.ListAsync(_project, 2, null, Token);
        var rest = await storage.Alerts.ListAsync(_project, 2, first.Cursor, Token);

        Assert.Equal(["alr_2", "alr_1"], first.Items.Select(alert => alert.Id));
        Assert.Equal(["alr_0"], rest.Items.Select(alert => alert.Id));
        Assert.Equal(Noon.AddDays(1), rest.Items[0].ClosedAt);
        Assert.Null(rest.Cursor);
        Assert.Null(await storage.Alerts.GetOpenAsync(_project, Token));
        await Assert.ThrowsAsync<InvalidCursorException>(() => storage.Alerts.ListAsync(ProjectId.New(), 2, first.Cursor, Token));
    }

    [Fact]
    public async Task Closing_an_alert_that_somebody_else_wrote_is_refused()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        var alert = (await storage.Alerts.TryOpenAsync(StorageSamples.Alert(_project, Noon), Token))!;
        await storage.Alerts.TrySaveAsync(alert with { LeasedUntil = Noon.AddHours(1) }, Token);

        var isClosed = await storage.Alerts.CloseAsync(alert, Token);

        Assert.False(isClosed);
        Assert.NotNull(await storage.Alerts.GetOpenAsync(_project, Token));
        Assert.Empty((await storage.Alerts.ListAsync(_project, 10, null, Token)).Items);
    }

    [Fact]
    public async Task Closing_twice_closes_once()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        var alert = (await storage.Alerts.TryOpenAsync(StorageSamples.Alert(_project, Noon), Token))!;

        Assert.True(await storage.Alerts.CloseAsync(alert, Token));
        Assert.True(await storage.Alerts.CloseAsync(alert, Token));

        Assert.Single((await storage.Alerts.ListAsync(_project, 10, null, Token)).Items);
    }

    [Fact]
    public async Task A_crash_while_closing_leaves_the_alert_open_or_closed_and_never_both()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);

        var requests = await Crashes.AtEveryRequestAsync(
            storage,
            async () => (await storage.Alerts.TryOpenAsync(StorageSamples.Alert(ProjectId.New(), Noon), Token))!,
            async (died, alert) => Assert.True(await died.Alerts.CloseAsync(alert, Token)),
            async alert => Assert.Single(await storage.RowsAsync(TableNames.Alerts, alert.ProjectId.Value, Token)),
            async alert =>
            {
                var row = Assert.Single(await storage.RowsAsync(TableNames.Alerts, alert.ProjectId.Value, Token));
                Assert.StartsWith("closed:", row.RowKey, StringComparison.Ordinal);
            });

        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task Lost_answers_change_no_outcome()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        var lossy = storage.With(new LostAnswerPolicy(), HttpPipelinePosition.PerRetry);

        var opened = await lossy.Alerts.TryOpenAsync(StorageSamples.Alert(_project, Noon), Token);
        var saved = await lossy.Alerts.TrySaveAsync(opened! with { LeasedUntil = Noon.AddHours(1) }, Token);
        var isClosed = await lossy.Alerts.CloseAsync(saved!, Token);

        Assert.True(isClosed);
        Assert.Single(await storage.RowsAsync(TableNames.Alerts, _project.Value, Token));
    }

    [Fact]
    public async Task The_largest_alert_fits()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        var change = StorageSamples.Change(StorageSamples.Link(_project), Noon);
        var alert = StorageSamples.Alert(_project, Noon);
        alert = alert with
        {
            Subject = new string('日', 100_000),
            OutboxKeys = [.. Enumerable.Repeat(LinkMonitor.Storage.Links.LinkKeys.Outbox(Noon, change.Id), 500)],
            Deliveries = [.. Enumerable.Repeat(
                alert.Deliveries[0] with { Recipient = new string('r', 254), Error = new string('\u0001', 10_000) }, 50)],
        };

        var opened = await storage.Alerts.TryOpenAsync(alert, Token);

        var read = await storage.Alerts.GetOpenAsync(_project, Token);
        Assert.NotNull(opened);
        Assert.Equal(alert.OutboxKeys, read!.OutboxKeys);
        Assert.Equal(alert.Deliveries.Select(delivery => delivery.Recipient), read.Deliveries.Select(delivery => delivery.Recipient));
    }

    [Fact]
    public async Task A_note_is_taken_back_unless_it_was_renewed()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        await storage.Alerts.MarkPendingAsync(_project, Noon, Token);
        var old = Assert.Single(await storage.Alerts.ReadPendingAsync(Token).ToListAsync());

        await storage.Alerts.MarkPendingAsync(_project, Noon, Token);
        await storage.Alerts.ClearPendingAsync(old, Token);
        var renewed = Assert.Single(await storage.Alerts.ReadPendingAsync(Token).ToListAsync());
        await storage.Alerts.ClearPendingAsync(renewed, Token);
        await storage.Alerts.ClearPendingAsync(renewed, Token);

        Assert.Equal((_project, Noon), (renewed.ProjectId, renewed.NotedAt));
        Assert.Empty(await storage.Alerts.ReadPendingAsync(Token).ToListAsync());
    }
}
