using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LinkMonitor.Imports;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Imports;

/// <summary>An import that is killed anywhere, and begun again (<see cref="ImportWork"/>): none missing, none twice, counts true.</summary>
[TakesLong]
public sealed class ImportCrashTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int MoreCallsThanAnImportMakes = 70;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_that_dies_at_any_storage_call_and_comes_again_registers_each_link_once()
    {
        var hook = new CrashHook();
        var settings = ProductSettings.InMemory();
        await using var product = await Product.StartAsync(settings.Through(hook), Stop);
        var died = new List<bool>();
        foreach (var place in CrashPlace.AfterFirst(MoreCallsThanAnImportMakes))
        {
            var imports = await ImportDriver.CreateAsync(product);
            var begun = await imports.SendAsync(Rows(3) + "not an address,https://example.org/\n");
            var message = await product.TakeAsync("ImportLinks", Stop);

            died.Add(await product.DiesAsync(hook, place, "ImportLinks", message, Stop));
            await product.RunAsync("ImportLinks", message, Stop);

            await AssertDoneAsync(imports, begun.GetProperty("id").GetString()!, links: 3, rows: 4);
        }

        Assert.True(died[0]);
        Assert.False(died[^1], "The import makes more calls than there are places; add places.");
    }

    [Fact]
    public async Task Undoing_that_dies_at_any_storage_call_and_comes_again_removes_each_link()
    {
        var hook = new CrashHook();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(hook), Stop);
        var died = new List<bool>();
        foreach (var place in CrashPlace.AfterFirst(MoreCallsThanAnImportMakes))
        {
            var imports = await ImportDriver.CreateAsync(product);
            var import = await imports.ImportAsync(Rows(3));
            var id = import.GetProperty("id").GetString()!;
            await product.Api.PostAsync($"{imports.Path}/{id}/undo", null, System.Net.HttpStatusCode.Accepted, Stop);
            var message = await product.TakeAsync("ImportLinks", Stop);

            died.Add(await product.DiesAsync(hook, place, "ImportLinks", message, Stop));
            await product.RunAsync("ImportLinks", message, Stop);

            var undone = await imports.GetAsync(id);
            Assert.Equal(("undone", 3, 0), (undone.GetProperty("state").GetString(), ImportDriver.Of(undone, "removed"),
                ImportDriver.Of(undone, "kept")));
            Assert.Empty(await imports.LinksAsync());
        }

        Assert.True(died[0]);
        Assert.False(died[^1], "Undoing makes more calls than there are places; add places.");
    }

    [Fact]
    public async Task An_import_whose_message_was_lost_is_found_by_the_sweep()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        var imports = await ImportDriver.CreateAsync(product);
        var begun = await imports.SendAsync(Rows(2));
        await product.TakeAsync("ImportLinks", Stop);

        product.Clock.Advance(ImportSweep.Silence + TimeSpan.FromMinutes(1));
        await product.TickAsync("SweepImports", Stop);
        await product.DeliverAllAsync("ImportLinks", Stop);

        await AssertDoneAsync(imports, begun.GetProperty("id").GetString()!, links: 2, rows: 2);
    }

    /// <summary>What fails each time by our fault is not tried for ever, and goes on where it was once somebody says so.</summary>
    [Fact]
    public async Task An_import_that_gets_no_further_is_given_up_after_a_time_and_goes_on_when_somebody_says_so()
    {
        var hook = new FailingLinks();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(hook), Stop);
        var imports = await ImportDriver.CreateAsync(product);
        var begun = await imports.SendAsync(Rows(250));
        var id = begun.GetProperty("id").GetString()!;
        var message = await product.TakeAsync("ImportLinks", Stop);
        hook.Passing = 8;
        await Assert.ThrowsAnyAsync<Exception>(() => product.RunAsync("ImportLinks", message, Stop));
        Assert.Equal(200, ImportDriver.Of(await imports.GetAsync(id), "added"));

        for (var attempt = 0; attempt < ImportWork.MostAttempts + 3; attempt++)
            await Assert.ThrowsAnyAsync<Exception>(() => product.RunAsync("ImportLinks", message, Stop));
        Assert.Equal("running", (await imports.GetAsync(id)).GetProperty("state").GetString());
        product.Clock.Advance(ImportWork.Patience);
        await product.RunAsync("ImportLinks", message, Stop);

        var failed = await imports.GetAsync(id);
        Assert.Equal(("failed", true, 200, 50), (failed.GetProperty("state").GetString(), failed.GetProperty("canRetry").GetBoolean(),
            ImportDriver.Of(failed, "added"), ImportDriver.Of(failed, "left")));
        Assert.Contains("got no further", failed.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, failed.GetProperty("undoUntil").ValueKind);
        product.Clock.Advance(ImportSweep.Silence + TimeSpan.FromMinutes(1));
        await product.TickAsync("SweepImports", Stop);
        Assert.False(await product.DeliverOneAsync("ImportLinks", Stop));

        hook.Passing = int.MaxValue;
        await product.Api.PostAsync($"{imports.Path}/{id}/retry", null, System.Net.HttpStatusCode.Accepted, Stop);
        await product.DeliverAllAsync("ImportLinks", Stop);
        await AssertDoneAsync(imports, id, 250, 250);
        await product.Api.PostAsync($"{imports.Path}/{id}/retry", null, System.Net.HttpStatusCode.Conflict, Stop);
    }

    [Fact]
    public async Task Undoing_an_import_that_was_stopped_ends_where_the_import_had()
    {
        var hook = new FailingLinks();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(hook), Stop);
        var imports = await ImportDriver.CreateAsync(product);
        var id = (await imports.SendAsync(Rows(1_000))).GetProperty("id").GetString()!;
        hook.Passing = 8;
        await Assert.ThrowsAnyAsync<Exception>(() => product.DeliverOneAsync("ImportLinks", Stop));
        hook.Passing = int.MaxValue;
        await product.Api.PostAsync($"{imports.Path}/{id}/cancel", null, System.Net.HttpStatusCode.OK, Stop);

        await product.Api.PostAsync($"{imports.Path}/{id}/undo", null, System.Net.HttpStatusCode.Accepted, Stop);
        hook.Reads = 0;
        await product.DeliverAllAsync("ImportLinks", Stop);

        var undone = await imports.GetAsync(id);
        Assert.Equal(("undone", 200), (undone.GetProperty("state").GetString(), ImportDriver.Of(undone, "removed")));
        Assert.Empty(await imports.LinksAsync());

        // The step behind is looked through, and counted nowhere.
        var run = await product.Get<LinkMonitor.Storage.Imports.IImportStore>().FindAsync(
            new LinkMonitor.Storage.Ids.ProjectId(imports.Project), id, Stop);
        Assert.Equal((200, 200), (run!.Counts.Read, run.Counts.Undone));
        Assert.InRange(hook.Reads, 200, 600);
    }

    /// <summary>Cancelled, and nobody comes back to count what the step under way had added.</summary>
    [Fact]
    public async Task What_an_import_added_before_it_was_killed_and_cancelled_can_be_undone()
    {
        var hook = new CrashHook();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(hook), Stop);
        var leftLinks = 0;
        foreach (var place in CrashPlace.AfterFirst(MoreCallsThanAnImportMakes))
        {
            var imports = await ImportDriver.CreateAsync(product);
            var id = (await imports.SendAsync(Rows(3))).GetProperty("id").GetString()!;
            var message = await product.TakeAsync("ImportLinks", Stop);
            if (!await product.DiesAsync(hook, place, "ImportLinks", message, Stop)
                || (await imports.GetAsync(id)).GetProperty("state").GetString() == "done")
                break;
            await product.Api.PostAsync($"{imports.Path}/{id}/cancel", null, System.Net.HttpStatusCode.OK, Stop);
            var left = (await imports.LinksAsync()).Count;
            if (left == 0)
                continue;

            // Whoever is still at work on the step has a minute to count it.
            leftLinks += left;
            product.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.NotEqual(JsonValueKind.Null, (await imports.GetAsync(id)).GetProperty("undoUntil").ValueKind);
            await product.Api.PostAsync($"{imports.Path}/{id}/undo", null, System.Net.HttpStatusCode.Accepted, Stop);
            await product.DeliverAllAsync("ImportLinks", Stop);

            var undone = await imports.GetAsync(id);
            Assert.Equal(("undone", left), (undone.GetProperty("state").GetString(), ImportDriver.Of(undone, "removed")));
            Assert.Empty(await imports.LinksAsync());
        }

        Assert.NotEqual(0, leftLinks);
    }

    /// <summary>With <c>LINKMONITOR_IMPORT_ROWS=100000</c> the whole of it; the ordinary run takes a piece.</summary>
    [Fact]
    public async Task A_large_import_that_is_killed_twice_is_finished_by_others_and_stays_within_its_memory()
    {
        var rows = int.Parse(
            Environment.GetEnvironmentVariable("LINKMONITOR_IMPORT_ROWS") ?? "1500", CultureInfo.InvariantCulture);
        var hook = new CrashHook();
        var settings = ProductSettings.On(azurite);
        await using var product = await Product.StartAsync(settings, Stop);
        var imports = await ImportDriver.CreateAsync(product);
        var watch = Stopwatch.StartNew();
        var begun = await imports.SendAsync(Rows(rows));
        var id = begun.GetProperty("id").GetString()!;
        output.WriteLine($"{rows} rows taken after {watch.Elapsed}.");
        await using (var first = await Product.StartAsync(settings.Through(hook), Stop))
        {
            var message = await product.TakeAsync("ImportLinks", Stop);
            foreach (var calls in (int[])[rows / 2, rows * 2 / 3])
            {
                Assert.True(await first.DiesAsync(hook, new CrashPlace(calls, true), "ImportLinks", message, Stop));
                var killed = await imports.GetAsync(id);
                Assert.Equal("running", killed.GetProperty("state").GetString());
                Assert.Equal(ImportDriver.Of(killed, "read"), ImportDriver.Of(killed, "added"));
                Assert.Equal(rows - ImportDriver.Of(killed, "read"), ImportDriver.Of(killed, "left"));
                output.WriteLine($"Killed with {ImportDriver.Of(killed, "read")} read, after {watch.Elapsed}; {Memory()}.");
            }
        }

        product.Clock.Advance(ImportSweep.Silence + TimeSpan.FromMinutes(1));
        await product.TickAsync("SweepImports", Stop);
        while (await product.DeliverOneAsync("ImportLinks", Stop))
            output.WriteLine($"{Memory()}, after {watch.Elapsed}.");

        var most = Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024;
        output.WriteLine($"Done after {watch.Elapsed}; {most} MB at most.");
        if (rows > 1_500)
        {
            Assert.InRange(most, 1, 300);
            Assert.InRange(Held(), 0, 64);
        }

        await AssertDoneAsync(imports, id, rows, rows);
    }

    private static string Memory() => $"{Held()} MB held, {Environment.WorkingSet / 1024 / 1024} MB in all";

    // Of the whole process, in MB: it does not grow with the rows.
    private static long Held() => GC.GetTotalMemory(forceFullCollection: true) / 1024 / 1024;

    private static async Task AssertDoneAsync(ImportDriver imports, string id, int links, int rows)
    {
        var done = await imports.GetAsync(id);
        Assert.Equal(("done", rows, rows, links, 0), (done.GetProperty("state").GetString(), ImportDriver.Of(done, "rows"),
            ImportDriver.Of(done, "read"), ImportDriver.Of(done, "added"), ImportDriver.Of(done, "known")));
        var pages = (await imports.LinksAsync()).Select(link => link.GetProperty("page").GetString()).ToList();
        Assert.Equal(links, pages.Count);
        Assert.Equal(links, pages.Distinct().Count());
    }

    /// <summary>Links are written as often as it lets them.</summary>
    [Fact]
    public async Task What_was_under_way_when_an_import_is_cancelled_is_counted_and_then_nobody_is_at_work_on_it()
    {
        var hook = new CancelOnWrite();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(hook), Stop);
        var imports = await ImportDriver.CreateAsync(product);
        var id = (await imports.SendAsync(Rows(1_000))).GetProperty("id").GetString()!;
        var store = product.Get<LinkMonitor.Storage.Imports.IImportStore>();
        hook.Cancel = async () =>
        {
            await product.Api.PostAsync($"{imports.Path}/{id}/cancel", null, System.Net.HttpStatusCode.OK, Stop);
            var stopping = (await store.FindAsync(new LinkMonitor.Storage.Ids.ProjectId(imports.Project), id, Stop))!;
            Assert.True(ImportDesk.IsStopping(stopping, product.Clock.GetUtcNow()));
            Assert.False(ImportDesk.IsStopping(stopping, product.Clock.GetUtcNow().AddMinutes(2)));
        };

        await product.DeliverAllAsync("ImportLinks", Stop);

        var run = (await store.FindAsync(new LinkMonitor.Storage.Ids.ProjectId(imports.Project), id, Stop))!;
        Assert.Equal((200, (string?)null), (run.Counts.Added, run.Worker));
        Assert.False(ImportDesk.IsStopping(run, product.Clock.GetUtcNow()));
        Assert.Equal(200, (await imports.LinksAsync()).Count);
    }

    private sealed class CancelOnWrite : StorageHook
    {
        public Func<Task>? Cancel { get; set; }

        public override Task BeforeAsync(StorageCall call)
        {
            if (call is not { Place: "Links", Operation: "Submit" or "SubmitAsync" or "Add" or "AddAsync" } || Cancel is not { } cancel)
                return Task.CompletedTask;
            Cancel = null;
            return cancel();
        }
    }

    private sealed class FailingLinks : StorageHook
    {
        public int Passing { get; set; } = int.MaxValue;

        public int Reads;

        public override Task BeforeAsync(StorageCall call)
        {
            if (call is { Place: "Links", Operation: "GetAsync" })
                Interlocked.Increment(ref Reads);
            return LetPass(call);
        }

        private Task LetPass(StorageCall call) =>
            call is not { Place: "Links", Operation: "Submit" or "SubmitAsync" or "Add" or "AddAsync" } || Passing-- > 0
                ? Task.CompletedTask
                : throw new InvalidOperationException("Our fault.");
    }

    private static string Rows(int count)
    {
        var text = new StringBuilder("page,target\n");
        for (var row = 0; row < count; row++)
            text.Append(CultureInfo.InvariantCulture, $"https://site{row % 997}.example/page/{row},https://example.org/\n");
        return text.ToString();
    }
}
