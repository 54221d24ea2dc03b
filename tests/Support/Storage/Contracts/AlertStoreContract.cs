using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class AlertStoreContract
{
    private readonly IStorageSource _source;

    private protected AlertStoreContract(IStorageSource source) => _source = source;

    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private readonly ProjectId _project = ProjectId.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_alert_is_read_back_whole()
    {
        var storage = await _source.CreateAsync(Token);
        var change = StorageSamples.Change(StorageSamples.Link(_project), Noon);
        var alert = StorageSamples.Alert(_project, Noon) with { ChangeCount = 1 };

        await OpenAsync(storage, StorageSamples.Opening(alert, change));

        var read = Assert.Single((await storage.Alerts.ReadOpenAsync(_project, Token)).Items);
        Assert.Equivalent(alert, read with { ETag = null }, strict: true);
        Assert.Equal([change.OutboxKey], await storage.Alerts.GetChangeKeysAsync(read, Token));
    }

    [Fact]
    public async Task Many_alerts_are_open_at_once_the_oldest_first()
    {
        var storage = await _source.CreateAsync(Token);

        await OpenAsync(storage, New("alr_a", Noon.AddHours(1)), New("alr_b", Noon));

        Assert.Equal(["alr_b", "alr_a"], (await storage.Alerts.ReadOpenAsync(_project, Token)).Items.Select(alert => alert.Id));
    }

    [Fact]
    public async Task Saving_writes_over_the_version_that_was_read_only()
    {
        var storage = await _source.CreateAsync(Token);
        var alert = await OpenAsync(storage, New("alr_a", Noon));

        var saved = await storage.Alerts.TrySaveAsync(alert with { LeasedUntil = Noon.AddHours(1) }, Token);
        var late = await storage.Alerts.TrySaveAsync(alert with { LeasedUntil = Noon.AddHours(2) }, Token);
        var again = await storage.Alerts.TrySaveAsync(saved! with { LeasedUntil = Noon.AddHours(3) }, Token);

        Assert.Null(late);
        var read = Assert.Single((await storage.Alerts.ReadOpenAsync(_project, Token)).Items);
        Assert.Equal((Noon.AddHours(3), again!.ETag), (read.LeasedUntil, read.ETag));
    }

    [Fact]
    public async Task Closed_alerts_are_listed_newest_first_and_found_by_their_ids()
    {
        var storage = await _source.CreateAsync(Token);
        for (var i = 0; i < 3; i++)
        {
            var alert = await OpenAsync(storage, New($"alr_{i}", Noon.AddHours(i)));
            Assert.Equal(alert.ETag, (await storage.Alerts.GetAsync(_project, alert.Id, Token))!.ETag);
            Assert.True(await storage.Alerts.CloseAsync(alert with { ClosedAt = Noon.AddDays(1) }, Token));
        }

        var first = await storage.Alerts.ListAsync(_project, 2, null, Token);
        var rest = await storage.Alerts.ListAsync(_project, 2, first.Cursor, Token);

        Assert.Equal(["alr_2", "alr_1"], first.Items.Select(alert => alert.Id));
        Assert.Equal(["alr_0"], rest.Items.Select(alert => alert.Id));
        Assert.Null(rest.Cursor);
        Assert.Empty((await storage.Alerts.ReadOpenAsync(_project, Token)).Items);
        var found = await storage.Alerts.GetAsync(_project, "alr_1", Token);
        Assert.Equal(Noon.AddDays(1), found!.ClosedAt);
        Assert.Single(await storage.Alerts.GetChangeKeysAsync(found, Token));
        Assert.Null(await storage.Alerts.GetAsync(_project, "alr_9", Token));
        await Assert.ThrowsAsync<InvalidCursorException>(() => storage.Alerts.ListAsync(ProjectId.New(), 2, first.Cursor, Token));
    }

    [Fact]
    public async Task Closing_an_alert_that_somebody_else_wrote_is_refused()
    {
        var storage = await _source.CreateAsync(Token);
        var alert = await OpenAsync(storage, New("alr_a", Noon));
        await storage.Alerts.TrySaveAsync(alert with { LeasedUntil = Noon.AddHours(1) }, Token);

        var isClosed = await storage.Alerts.CloseAsync(alert, Token);

        Assert.False(isClosed);
        Assert.Single((await storage.Alerts.ReadOpenAsync(_project, Token)).Items);
        Assert.Empty((await storage.Alerts.ListAsync(_project, 10, null, Token)).Items);
    }

    [Fact]
    public async Task Closing_twice_closes_once()
    {
        var storage = await _source.CreateAsync(Token);
        var alert = await OpenAsync(storage, New("alr_a", Noon));

        Assert.True(await storage.Alerts.CloseAsync(alert, Token));
        Assert.True(await storage.Alerts.CloseAsync(alert, Token));

        Assert.Single((await storage.Alerts.ListAsync(_project, 10, null, Token)).Items);
    }

    [Fact]
    public async Task A_crash_while_closing_leaves_the_alert_open_or_closed_and_never_both()
    {
        var storage = await _source.CreateAsync(Token);
        var number = 0;

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            () => OpenAsync(storage, New($"alr_{number++}", Noon)),
            async (died, alert) => Assert.True(await died.Alerts.CloseAsync(alert, Token)),
            async alert => Assert.NotNull(await storage.Alerts.GetAsync(_project, alert.Id, Token)),
            async alert => Assert.NotNull((await storage.Alerts.GetAsync(_project, alert.Id, Token))!.ClosedAt));

        Assert.Equal(1, calls);
        Assert.Empty((await storage.Alerts.ReadOpenAsync(_project, Token)).Items);
    }

    [Fact]
    public async Task Lost_answers_change_no_outcome()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out _);

        var opened = await OpenAsync(lossy, New("alr_a", Noon));
        var saved = await lossy.Alerts.TrySaveAsync(opened with { LeasedUntil = Noon.AddHours(1) }, Token);
        var isClosed = await lossy.Alerts.CloseAsync(saved!, Token);

        Assert.True(isClosed);
        var rows = await storage.RowsAsync(TableNames.Alerts, _project.Value, Token);
        Assert.Equal(["changes", "closed", "plan"], rows.Select(row => row.RowKey.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_largest_alert_fits()
    {
        var storage = await _source.CreateAsync(Token);
        var change = StorageSamples.Change(StorageSamples.Link(_project), Noon);
        var alert = StorageSamples.Alert(_project, Noon);
        alert = alert with
        {
            Subject = new string('日', 100_000),
            Cause = new AlertCause("vendor", new string('v', 100_000)),
            ChangeCount = Alert.MaxChanges,
            Deliveries = [.. Enumerable.Repeat(
                alert.Deliveries[0] with { Recipient = new string('r', 254), Error = new string('\u0001', 10_000) }, Alert.MaxDeliveries)],
        };
        string[] keys = [.. Enumerable.Range(0, Alert.MaxChanges).Select(number => LinkKeys.Outbox(Noon.AddTicks(number), change.Id))];

        await OpenAsync(storage, new NewAlert(alert, keys));

        var read = Assert.Single((await storage.Alerts.ReadOpenAsync(_project, Token)).Items);
        Assert.Equal(keys, await storage.Alerts.GetChangeKeysAsync(read, Token));
        Assert.Equal(alert.Deliveries.Select(delivery => delivery.Recipient), read.Deliveries.Select(delivery => delivery.Recipient));
        Assert.True(await storage.Alerts.CloseAsync(read, Token));
    }

    [Fact]
    public async Task A_note_is_taken_back_unless_it_was_renewed()
    {
        var storage = await _source.CreateAsync(Token);
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

    [Fact]
    public async Task Wake_ups_are_read_up_to_a_time_included_the_oldest_first()
    {
        var storage = await _source.CreateAsync(Token);
        var other = ProjectId.New();
        await storage.Alerts.WakeAsync(_project, Noon.AddHours(1), Token);
        await storage.Alerts.WakeAsync(other, Noon, Token);
        await storage.Alerts.WakeAsync(_project, Noon.AddHours(1).AddTicks(1), Token);
        await storage.Alerts.WakeAsync(other, Noon, Token);

        var due = await storage.Alerts.ReadWakesAsync(Noon.AddHours(1), Token).ToListAsync();
        await storage.Alerts.DeleteWakeAsync(due[0], Token);
        await storage.Alerts.DeleteWakeAsync(due[0], Token);

        Assert.Equal([new WakeUp(other, Noon), new WakeUp(_project, Noon.AddHours(1))], due);
        Assert.Equal(2, await storage.Alerts.ReadWakesAsync(Noon.AddDays(1), Token).CountAsync(Token));
    }

    private NewAlert New(string id, DateTimeOffset createdAt) =>
        StorageSamples.Opening(StorageSamples.Alert(_project, createdAt, id), StorageSamples.Change(StorageSamples.Link(_project), Noon));

    private async Task<Alert> OpenAsync(TestStorage storage, params NewAlert[] opened)
    {
        var plan = await storage.AlertPlans.GetAsync(_project, Token);
        Assert.NotNull(await storage.AlertPlans.TryWriteAsync(new PlanResult { Plan = plan, Opened = opened }, Token));
        return (await storage.Alerts.GetAsync(_project, opened[0].Alert.Id, Token))!;
    }
}
