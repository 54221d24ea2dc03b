using LinkMonitor.Alerts.Planning;
using LinkMonitor.Retention;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Retention;

public sealed class RetentionPurgeTests
{
    private static readonly ProjectId Id = new("prj_a");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_setting_a_project_costs_one_read_and_nothing_of_it_goes()
    {
        var storage = await StoredAsync();
        var before = await KindsAsync(storage);
        var reads = new CountHook();

        await Purge(storage.Through(reads), new RetentionOptions(), Noon.AddDays(3_000)).RunAsync(Token);

        string[] tables = [TableNames.Keys, TableNames.Projects, TableNames.Links, TableNames.Imports, TableNames.Reports];
        Assert.All(tables, table => Assert.Equal(1, reads.Of(table, nameof(ITable.QueryAsync))));
        Assert.Equal(tables.Length, reads.Total);
        Assert.Equal(before, await KindsAsync(storage));
    }

    [Fact]
    public async Task An_act_that_can_be_undone_no_more_is_forgotten_without_any_setting()
    {
        var storage = await StoredAsync();
        foreach (var (id, until) in new[] { ("und_a", Noon), ("und_b", Noon.AddMinutes(10)) })
        {
            var act = StorageSamples.Act(Id, id, until);
            await storage.Undo.BeginAsync(act, Token);
            await storage.Undo.KeepAsync(act, StorageSamples.Link(Id).Id, Token);
        }

        await Purge(storage, new RetentionOptions(), Noon).RunAsync(Token);

        Assert.Null(await storage.Undo.FindAsync(Id, "und_a", Token));
        Assert.NotNull(await storage.Undo.FindAsync(Id, "und_b", Token));
        Assert.Single(await KindsAsync(storage), "undo-link");
    }

    [Fact]
    public async Task What_is_old_goes_except_what_is_owed()
    {
        var storage = await StoredAsync();
        await storage.Links.RemoveFromOutboxAsync(Id, [.. (await storage.Links.ReadOutboxKeysAsync(Id, Token)).Take(2)], Token);

        await Purge(storage, new RetentionOptions { Changes = Year, Evidence = Year, Alerts = Year }, Noon.AddDays(3_000)).RunAsync(Token);

        Assert.Equal(["change", "history", "link", "outbox", "retention"], await KindsAsync(storage));
    }

    [Fact]
    public async Task Nothing_goes_of_a_project_of_which_it_is_not_known_what_is_owed_and_others_go_on()
    {
        var storage = await StoredAsync();
        await storage.Links.RemoveFromOutboxAsync(Id, await storage.Links.ReadOutboxKeysAsync(Id, Token), Token);
        await storage.Tables.Open(TableNames.Alerts).PutAsync(new(Id.Value, "unstable:lnk_a") { ["v"] = 99 }, Token);

        await Purge(storage, new RetentionOptions { Changes = Year }, Noon.AddDays(3_000)).RunAsync(Token);

        Assert.Equal(["change", "change", "change", "history", "history", "history", "link"], await KindsAsync(storage));
    }

    [Fact]
    public async Task Stopped_before_or_after_any_call_the_next_run_comes_to_the_same_end()
    {
        var options = new RetentionOptions { Changes = Year, Evidence = TimeSpan.FromDays(31), Alerts = Year };
        for (var call = 1; ; call++)
        {
            var hook = new CrashHook();
            foreach (var afterCall in new[] { false, true })
            {
                var storage = await StoredAsync();
                await storage.Links.RemoveFromOutboxAsync(Id, [.. (await storage.Links.ReadOutboxKeysAsync(Id, Token)).Take(1)], Token);
                hook.Arm(call, afterCall);
                if (await Record.ExceptionAsync(
                    () => Purge(storage.Through(hook), options, Noon.AddDays(366)).RunAsync(Token)) is not (null or StoppedException))
                    Assert.Fail("It died of something else.");
                await Purge(storage, options, Noon.AddDays(366)).RunAsync(Token);
                Assert.Equal(
                    ["change", "change", "history", "history", "link", "outbox", "outbox", "retention"], await KindsAsync(storage));
            }

            if (!hook.HasStopped)
                return;
        }
    }

    private static async Task<TestStorage> StoredAsync()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        await storage.Projects.AddAsync(StorageSamples.Project(Id), Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(Id), Token)).Link;
        foreach (var day in new[] { 0, 10, 20 })
        {
            await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, Noon.AddDays(day)), Token);
            link = (await storage.Links.GetAsync(Id, link.Id, Token))!;
        }

        return storage;
    }

    private static RetentionPurge Purge(TestStorage storage, RetentionOptions options, DateTimeOffset now) => new(
        storage.Projects, storage.Retention, storage.SignIns, storage.Audit, storage.Undo,
        new ImportRetention(storage.Imports, new ManualTimeProvider(now)), storage.Reports, Options.Create(options),
        Options.Create(new AlertOptions()),
        new ManualTimeProvider(now),
        NullLogger<RetentionPurge>.Instance);

    private static async Task<IEnumerable<string>> KindsAsync(TestStorage storage) =>
        (await storage.RowsAsync(TableNames.Links, Id.Value, Token)).Select(row => row.RowKey.Split(':')[0]).Order(StringComparer.Ordinal);
}
