using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Watching;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class WatchdogStoreContract
{
    private readonly IStorageSource _source;

    private protected WatchdogStoreContract(IStorageSource source) => _source = source;

    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_report_of_a_sweep_counts()
    {
        var storage = await _source.CreateAsync(Token);

        Assert.Null(await storage.Watchdog.GetSweepAsync(Token));
        await storage.Watchdog.NoteSweepAsync(new SweepReport(Noon, Noon.AddMinutes(-7)), Token);
        Assert.Equal(new SweepReport(Noon, Noon.AddMinutes(-7)), await storage.Watchdog.GetSweepAsync(Token));
        await storage.Watchdog.NoteSweepAsync(new SweepReport(Noon.AddMinutes(5), null), Token);
        Assert.Equal(new SweepReport(Noon.AddMinutes(5), null), await storage.Watchdog.GetSweepAsync(Token));
    }

    [Fact]
    public async Task Of_two_who_notice_a_stall_one_writes_it()
    {
        var storage = await _source.CreateAsync(Token);

        Assert.Null(await storage.Watchdog.GetStallAsync(Token));
        Assert.True(await storage.Watchdog.TrySaveAsync(Stall.Begin(Noon, Noon.AddHours(1)), Token));
        Assert.False(await storage.Watchdog.TrySaveAsync(Stall.Begin(Noon, Noon.AddHours(1)), Token));

        var stall = (await storage.Watchdog.GetStallAsync(Token))!;
        Assert.Equal(("stl_20261121T120000123Z", Noon, Noon.AddHours(1), null), (stall.Id, stall.Since, stall.NoticedAt, stall.EndedAt));
        Assert.True(await storage.Watchdog.TrySaveAsync(stall with { EndedAt = Noon.AddHours(2) }, Token));
        Assert.False(await storage.Watchdog.TrySaveAsync(stall with { EndedAt = Noon.AddHours(3) }, Token));
        Assert.Equal(Noon.AddHours(2), (await storage.Watchdog.GetStallAsync(Token))!.EndedAt);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_say_nothing_and_are_written_over()
    {
        var storage = await _source.CreateAsync(Token);
        var table = storage.Tables.Open(TableNames.Failures);
        foreach (var key in new[] { "sweep", "stall" })
            await table.PutAsync(new("watchdog", key) { ["v"] = 99, ["since"] = "soon", ["at"] = 1 }, Token);

        Assert.Null(await storage.Watchdog.GetSweepAsync(Token));
        var stall = (await storage.Watchdog.GetStallAsync(Token))!;
        Assert.NotNull(stall.EndedAt);
        Assert.True(await storage.Watchdog.TrySaveAsync(Stall.Begin(Noon, Noon) with { ETag = stall.ETag }, Token));
        Assert.Null((await storage.Watchdog.GetStallAsync(Token))!.EndedAt);
    }
}
