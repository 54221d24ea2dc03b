using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
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
    public async Task The_earliest_of_all_pages_counts_and_is_gone_when_it_is_moved()
    {
        var storage = await _source.CreateAsync(Token);
        foreach (var (host, due) in new[] { ("a", Noon), ("b", Noon.AddHours(-1)), ("c", Noon.AddDays(3)) })
            await WatchAsync(storage, host, due);

        Assert.Equal(Noon.AddHours(-1), await storage.ScheduleAge.OldestDueAsync(Token));
        var page = (await storage.Pages.GetAsync(PageKeys.For(PageOf("b")), Token))!;
        await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token);
        Assert.Equal(Noon, await storage.ScheduleAge.OldestDueAsync(Token));
    }

    [Fact]
    public async Task A_damaged_page_hides_neither_itself_nor_others()
    {
        var storage = await _source.CreateAsync(Token);
        await WatchAsync(storage, "a", Noon);
        await WatchAsync(storage, "b", Noon.AddHours(-1));
        var key = PageKeys.For(PageOf("b"));
        await storage.Tables.Open(TableNames.Pages).PutAsync(new(key.Shard, $"page:{key.PageId}") { ["v"] = 99 }, Token);

        Assert.Equal(Noon.AddHours(-1), await storage.ScheduleAge.OldestDueAsync(Token));
    }

    private static Engine.Urls.WebUrl PageOf(string host) => StorageSamples.Url($"https://{host}.example.net/");

    private static Task WatchAsync(TestStorage storage, string host, DateTimeOffset due)
    {
        var link = StorageSamples.Link(new ProjectId("prj_a"), PageOf(host).Href);
        return storage.Pages.WatchAsync(link.Page, link.ProjectId, link.Id, due, Token);
    }
}
