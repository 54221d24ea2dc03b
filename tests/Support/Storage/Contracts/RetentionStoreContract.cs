using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Retention;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class RetentionStoreContract
{
    private static readonly ProjectId Id = new("prj_a");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private readonly IStorageSource _source;

    private protected RetentionStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_before_the_time_go_with_their_history_and_no_others_do()
    {
        var storage = await _source.CreateAsync(Token);
        var link = await ChangedAsync(storage, Noon, Noon.AddDays(1), Noon.AddDays(2));

        Assert.True(await storage.Retention.RemoveChangesAsync(Id, Noon.AddDays(2), Token));
        Assert.True(await storage.Retention.RemoveChangesAsync(Id, Noon.AddDays(2), Token));

        var left = Assert.Single((await storage.Links.ReadHistoryAsync(Id, link.Id, DateTimeOffset.MinValue.AddDays(1), Token)).Items);
        Assert.Equal(Noon.AddDays(2), left.Transition.At);
        Assert.Equal(["change", "history", "link", "outbox", "outbox", "outbox"], await KindsAsync(storage));
    }

    [Fact]
    public async Task A_removal_whose_answers_are_lost_does_the_same()
    {
        var storage = await _source.CreateAsync(Token);
        await ChangedAsync(storage, Noon, Noon.AddDays(1), Noon.AddDays(2));

        await storage.Losing(out _).Retention.RemoveChangesAsync(Id, Noon.AddDays(2), Token);

        Assert.Equal(["change", "history", "link", "outbox", "outbox", "outbox"], await KindsAsync(storage));
    }

    [Fact]
    public async Task Many_go_in_steps()
    {
        var storage = await _source.CreateAsync(Token);
        await ChangedAsync(storage, [.. Enumerable.Range(0, 501).Select(minute => Noon.AddMinutes(minute))]);

        Assert.False(await storage.Retention.RemoveChangesAsync(Id, Noon.AddDays(9), Token));
        Assert.True(await storage.Retention.RemoveChangesAsync(Id, Noon.AddDays(9), Token));

        Assert.DoesNotContain("change", await KindsAsync(storage));
        Assert.DoesNotContain("history", await KindsAsync(storage));
    }

    [Fact]
    public async Task What_is_owed_is_the_oldest_of_outbox_open_alerts_and_held_links()
    {
        var storage = await _source.CreateAsync(Token);
        Assert.Equal(new RetentionHold(true, null), await storage.Retention.ReadOwedAsync(Id, TimeSpan.Zero, Token));

        var link = await ChangedAsync(storage, Noon.AddDays(3));
        Assert.Equal(new RetentionHold(true, Noon.AddDays(3)), await storage.Retention.ReadOwedAsync(Id, TimeSpan.Zero, Token));

        var told = StorageSamples.Change(link, Noon.AddDays(2));
        await PlanAsync(storage, StorageSamples.Opening(StorageSamples.Alert(Id, Noon.AddDays(4)), told), null);
        Assert.Equal(new RetentionHold(true, Noon.AddDays(2)), await storage.Retention.ReadOwedAsync(Id, TimeSpan.Zero, Token));

        await PlanAsync(storage, null, StorageSamples.Unstable(Id, link.Id));
        Assert.Equal(new RetentionHold(true, Noon.AddDays(-1)), await storage.Retention.ReadOwedAsync(Id, TimeSpan.FromDays(1), Token));
    }

    [Theory]
    [InlineData("unstable:lnk_a")]
    [InlineData("changes:alr_aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_owed_is_not_known_when_a_row_that_says_so_cannot_be_read(string key)
    {
        var storage = await _source.CreateAsync(Token);
        var link = await ChangedAsync(storage, Noon);
        await PlanAsync(storage, StorageSamples.Opening(StorageSamples.Alert(Id, Noon), StorageSamples.Change(link, Noon)), null);
        await storage.Tables.Open(TableNames.Alerts).PutAsync(new(Id.Value, key) { ["v"] = 99 }, Token);

        Assert.False((await storage.Retention.ReadOwedAsync(Id, TimeSpan.Zero, Token)).IsKnown);
    }

    [Fact]
    public async Task Closed_alerts_before_the_time_go_with_their_keys_and_open_ones_stay()
    {
        var storage = await _source.CreateAsync(Token);
        var change = StorageSamples.Change(StorageSamples.Link(Id), Noon);
        foreach (var (id, day) in new[] { ("alr_1", 0), ("alr_2", 1), ("alr_3", 2) })
            await PlanAsync(storage, StorageSamples.Opening(StorageSamples.Alert(Id, Noon.AddDays(day), id), change), null);
        foreach (var alert in (await storage.Alerts.ReadOpenAsync(Id, Token)).Items.Skip(1))
            await storage.Alerts.CloseAsync(alert, Token);

        Assert.True(await storage.Retention.RemoveAlertsAsync(Id, Noon.AddDays(2), Token));
        Assert.True(await storage.Retention.RemoveAlertsAsync(Id, Noon.AddDays(2), Token));

        Assert.Equal("alr_1", Assert.Single((await storage.Alerts.ReadOpenAsync(Id, Token)).Items).Id);
        Assert.Equal("alr_3", Assert.Single((await storage.Alerts.ListAsync(Id, 10, null, Token)).Items).Id);
        Assert.Equal(
            ["changes:alr_1", "changes:alr_3"],
            (await storage.RowsAsync(TableNames.Alerts, Id.Value, Token)).Select(row => row.RowKey).Where(
                key => key.StartsWith("changes:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Evidence_before_the_time_is_reduced_once_and_can_still_be_read()
    {
        var storage = await _source.CreateAsync(Token);
        var link = await ChangedAsync(storage, Noon, Noon.AddDays(31), Noon.AddDays(62));
        var project = StorageSamples.Project(Id);

        Assert.False(await storage.Retention.ReduceEvidenceAsync(project, Noon.AddDays(61), Token));
        Assert.False(await storage.Retention.ReduceEvidenceAsync(project, Noon.AddDays(61), Token));
        Assert.True(await storage.Retention.ReduceEvidenceAsync(project, Noon.AddDays(61), Token));
        Assert.True(await storage.Retention.ReduceEvidenceAsync(project, Noon.AddDays(61), Token));

        var history = (await storage.Links.ReadHistoryAsync(Id, link.Id, DateTimeOffset.MinValue.AddDays(1), Token)).Items;
        Assert.Equal([true, false, false], history.Select(change => change.Transition.After.Snippet is not null));
        Assert.Equal([true, false, false], history.Select(change => change.Transition.Before!.Explanation is not null));
        Assert.All(history, change => Assert.Equal(("Example", 200), (change.Transition.After.Anchor, change.Transition.After.Status)));
    }

    private static async Task<WatchedLink> ChangedAsync(TestStorage storage, params DateTimeOffset[] times)
    {
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(Id), Token)).Link;
        foreach (var at in times)
        {
            await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, at), Token);
            link = (await storage.Links.GetAsync(Id, link.Id, Token))!;
        }

        return link;
    }

    private static async Task PlanAsync(TestStorage storage, NewAlert? opened, UnstableLink? held) =>
        await storage.AlertPlans.TryWriteAsync(
        new PlanResult
        {
            Plan = await storage.AlertPlans.GetAsync(Id, Token),
            Opened = opened is null ? [] : [opened],
            Unstable = held is null ? [] : [held],
        },
        Token);

    private static async Task<IEnumerable<string>> KindsAsync(TestStorage storage) =>
        (await storage.RowsAsync(TableNames.Links, Id.Value, Token)).Select(row => row.RowKey.Split(':')[0]).Order(StringComparer.Ordinal);
}
