using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class ScheduleAgeContract
{
    private readonly IStorageSource _source;

    private protected ScheduleAgeContract(IStorageSource source) => _source = source;

    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_due_where_no_page_is_watched()
    {
        var storage = await _source.CreateAsync(Token);

        Assert.Null(await storage.ScheduleAge.OldestDueAsync(Token));
    }

    [Fact]
    public async Task The_earliest_of_all_hosts_counts_and_is_gone_when_its_run_begins()
    {
        var storage = await _source.CreateAsync(Token);
        foreach (var (host, due) in new[] { ("a", Noon), ("b", Noon.AddHours(-1)), ("c", Noon.AddDays(3000)) })
            await WatchAsync(storage, host, due);

        Assert.Equal(Minute(Noon.AddHours(-1)), await storage.ScheduleAge.OldestDueAsync(Token));
        await BeginRunAsync(storage, "b");
        Assert.Equal(Minute(Noon), await storage.ScheduleAge.OldestDueAsync(Token));
    }

    [Fact]
    public async Task A_damaged_row_hides_neither_itself_nor_others()
    {
        var storage = await _source.CreateAsync(Token);
        await WatchAsync(storage, "a", Noon);
        await WatchAsync(storage, "b", Noon.AddHours(-1));
        var key = PageRowKeys.For(PageOf("b"));
        var pages = storage.Tables.Open(TableNames.Pages);
        await pages.PutAsync(new(key.Shard, $"page:{key.PageId}") { ["v"] = 99 }, Token);
        await pages.PutAsync(new(key.Shard, "due:0:none"), Token);

        Assert.Equal(Minute(Noon.AddHours(-1)), await storage.ScheduleAge.OldestDueAsync(Token));
    }

    [Fact]
    public async Task A_key_that_no_program_of_ours_wrote_stops_no_schedule()
    {
        var storage = await _source.CreateAsync(Token);
        await WatchAsync(storage, "a", Noon);
        var key = HostRowKeys.For(PageOf("a"));
        foreach (var odd in new[] { "due:0:none", "due:0000000000000000000", "due:000000000000000000x:h_a" })
            await storage.Tables.Open(TableNames.Pages).PutAsync(new(key.Shard, odd), Token);

        var entry = Assert.Single(await storage.Hosts.ReadScheduleAsync(key.Shard, Noon, Token).ToListAsync());

        Assert.Equal((key, Minute(Noon)), (entry.Host, entry.At));
    }

    // Places are those of the scheduler's ticks.
    private static DateTimeOffset Minute(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static async Task BeginRunAsync(TestStorage storage, string host)
    {
        var key = HostRowKeys.For(PageOf(host));
        var places = new List<string>();
        await foreach (var entry in storage.Hosts.ReadScheduleAsync(key.Shard, Noon, Token))
            places.Add(entry.RowKey);
        var run = new HostState { Key = key, Host = host, Run = "run", RunUntil = Noon.AddMinutes(15), FreeAt = Noon };
        Assert.True(await storage.Hosts.BeginRunAsync(run, places, Token));
    }

    private static WebUrl PageOf(string host) => StorageSamples.Url($"https://{host}.example.net/");

    private static Task WatchAsync(TestStorage storage, string host, DateTimeOffset due)
    {
        var link = StorageSamples.Link(new ProjectId("prj_a"), PageOf(host).Href);
        return storage.Pages.WatchAsync(link.Page, link.ProjectId, link.Id, due, Token);
    }
}
