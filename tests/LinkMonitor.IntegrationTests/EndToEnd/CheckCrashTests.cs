using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>A check that dies, is repeated, or races: exactly one change, at least one mail, every page in the schedule.</summary>
public sealed class CheckCrashTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const int MoreCallsThanACheckMakes = 14;
    private const int MoreCallsThanASchedulerMakes = 90;

    [Fact]
    public async Task Check_that_dies_at_any_storage_call_and_comes_again_makes_one_change_and_is_told()
    {
        var died = await DieInChecksAsync(ProductSettings.InMemory(), CrashPlace.OfFirst(MoreCallsThanACheckMakes));

        AssertDied(died);
        Assert.False(died[^1], "The check makes more calls than there are places; add places.");
    }

    [Fact]
    public async Task Check_of_many_links_that_dies_at_any_storage_call_and_comes_again_makes_one_change_of_each()
    {
        var died = await DieInChecksAsync(ProductSettings.InMemory(), CrashPlace.OfFirst(MoreCallsThanACheckMakes), links: 5);

        AssertDied(died);
        Assert.False(died[^1], "The calls of a check grow with its links.");
    }

    [Fact]
    public async Task Check_that_dies_at_some_calls_to_a_real_storage_and_comes_again_makes_one_change_and_is_told()
    {
        var some = CrashPlace.OfFirst(MoreCallsThanACheckMakes).Where((_, index) => index % 5 == 0).ToList();

        AssertDied(await DieInChecksAsync(ProductSettings.On(azurite), some));
    }

    [Fact]
    public async Task Scheduler_that_dies_at_any_storage_call_leaves_no_page_out_of_the_schedule()
    {
        var died = await DieInSchedulerAsync(ProductSettings.InMemory(), CrashPlace.OfFirst(MoreCallsThanASchedulerMakes));

        AssertDied(died);
        Assert.False(died[^1], "The scheduler makes more calls than there are places; add places.");
    }

    [Fact]
    public async Task Scheduler_that_dies_at_some_calls_to_a_real_storage_leaves_no_page_out_of_the_schedule()
    {
        var some = CrashPlace.OfFirst(MoreCallsThanASchedulerMakes).Where((_, index) => index % 17 == 0).ToList();

        AssertDied(await DieInSchedulerAsync(ProductSettings.On(azurite), some));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_for_several_pages_that_dies_at_any_storage_call_and_comes_again_makes_one_change_of_each(bool areManyHosts)
    {
        const int pages = 3;
        foreach (var place in CrashPlace.OfFirst(MoreCallsThanACheckMakes * pages).Where((_, index) => index % 12 == 1))
        {
            var stop = TestContext.Current.CancellationToken;
            var crash = new CrashHook();
            await using var web = await LocalWeb.StartAsync(stop);
            var settings = ProductSettings.InMemory() with
            {
                SmtpPort = smtp.Server.Port,
                Names = WatchedBlog.Names(pages),
                More = new() { ["LinkMonitor:Monitoring:PagesPerMessage"] = "8" },
            };
            await using var product = await Product.StartAsync(settings.Through(crash), stop);

            // Without targets, which are on one host: who finds that taken waits by the clock, which stands still.
            var blog = new WatchedBlog(web) { IsManyHosts = areManyHosts };
            var links = await WatchedLinks.RegisterAsync(product, blog, smtp, pages, stop, checkTargets: false);
            var message = Assert.Single(await links.MakeNextCheckChangeAsync(stop, messageCount: 1));

            await product.DiesAsync(crash, place, "CheckPage", message, stop);
            await product.RunAsync("CheckPage", message, stop);

            // What was begun and whose message was not sent is begun again when its run counts as dead.
            await product.DeliverAllAsync("CheckPage", stop);
            await product.RoundAfterAsync(TimeSpan.FromMinutes(20), stop);
            await links.AssertToldOnceEachAsync(stop);
        }
    }

    [Fact]
    public async Task Two_workers_with_one_message_make_one_change()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        var settings = Settings();
        await using var product = await Product.StartAsync(settings, stop);
        await using var twin = await Product.StartAsync(settings, stop);
        var blog = new WatchedBlog(web);
        var links = await WatchedLinks.RegisterAsync(product, blog, smtp, 1, stop);
        var message = Assert.Single(await links.MakeNextCheckChangeAsync(stop));
        blog.BeforeAnswer = Rendezvous(2);

        await Task.WhenAll(product.RunAsync("CheckPage", message, stop), twin.RunAsync("CheckPage", message, stop));

        await links.AssertToldOnceEachAsync(stop);
        await product.AssertAllDoneAsync(1, stop);
    }

    [Fact]
    public async Task Edit_between_reading_and_writing_a_link_is_kept_and_the_check_judged_again()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        var settings = Settings();
        await using var editor = await Product.StartAsync(settings, stop);
        var interfering = new BeforeTransactionHook();
        await using var product = await Product.StartAsync(settings.Through(interfering), stop);
        var blog = new WatchedBlog(web);
        var links = await WatchedLinks.RegisterAsync(editor, blog, smtp, 1, stop);
        var message = Assert.Single(await links.MakeNextCheckChangeAsync(stop));
        interfering.Once = () => links.EditNotesAsync("edited meanwhile", stop);

        await product.RunAsync("CheckPage", message, stop);

        Assert.Null(interfering.Once);
        await links.AssertToldOnceEachAsync(stop);
        await links.AssertNotesAsync(["edited meanwhile"], stop);
    }

    [Fact]
    public async Task Edit_of_one_of_many_links_is_kept_and_each_changes_once()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        var settings = Settings();
        await using var editor = await Product.StartAsync(settings, stop);
        var interfering = new BeforeTransactionHook();
        await using var product = await Product.StartAsync(settings.Through(interfering), stop);
        var blog = new WatchedBlog(web) { LinksOnPage = 5 };
        var links = await WatchedLinks.RegisterAsync(editor, blog, smtp, 1, stop);

        // What is kept of the links is older than this edit when the check begins.
        var message = Assert.Single(await links.MakeNextCheckChangeAsync(stop));
        await links.EditNotesAsync("edited before", stop, only: 3);
        interfering.Once = () => links.EditNotesAsync("edited meanwhile", stop, only: 1);

        await product.RunAsync("CheckPage", message, stop);

        Assert.Null(interfering.Once);
        await links.AssertToldOnceEachAsync(stop);
        await links.AssertNotesAsync([null, "edited meanwhile", null, "edited before", null], stop);
    }

    [Fact]
    public async Task Redelivered_message_of_a_finished_round_fetches_nothing()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(Settings(), stop);
        var blog = new WatchedBlog(web);
        await WatchedLinks.RegisterAsync(product, blog, smtp, 1, stop);
        await product.TickAsync("ScheduleChecks", stop);
        var message = await product.TakeAsync("CheckPage", stop);
        await product.RunAsync("CheckPage", message, stop);

        await product.RunAsync("CheckPage", message, stop);

        Assert.Equal(1, blog.RequestsFor(0));
        Assert.Equal(0, await product.DeliverAllAsync("CheckPage", stop));
        await product.AssertAllDoneAsync(1, stop);
    }

    /// <summary>One check dies at each place and comes again.</summary>
    private async Task<List<bool>> DieInChecksAsync(ProductSettings settings, IReadOnlyList<CrashPlace> places, int links = 1)
    {
        var stop = TestContext.Current.CancellationToken;
        var crash = new CrashHook();
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(
            (settings with { SmtpPort = smtp.Server.Port, Names = WatchedBlog.Names(places.Count) }).Through(crash), stop);
        var blog = new WatchedBlog(web) { IsManyHosts = true, LinksOnPage = links };
        var watched = await WatchedLinks.RegisterAsync(product, blog, smtp, places.Count, stop);
        var messages = await watched.MakeNextCheckChangeAsync(stop);

        var died = new List<bool>();
        foreach (var (place, message) in places.Zip(messages))
        {
            died.Add(await product.DiesAsync(crash, place, "CheckPage", message, stop));
            await product.RunAsync("CheckPage", message, stop);
        }

        await watched.AssertToldOnceEachAsync(stop);
        await product.AssertAllDoneAsync(places.Count, stop);

        // Two rounds before, the round that died, and the one that came again for it.
        Assert.All(places.Index(), place => Assert.InRange(blog.RequestsFor(place.Index), 3, 4));
        return died;
    }

    /// <summary>The scheduler dies at one place after the other, every time with all pages due.</summary>
    private async Task<List<bool>> DieInSchedulerAsync(ProductSettings settings, IReadOnlyList<CrashPlace> places)
    {
        var stop = TestContext.Current.CancellationToken;
        var crash = new CrashHook();
        await using var web = await LocalWeb.StartAsync(stop);
        const int pages = 6;
        await using var product = await Product.StartAsync(
            (settings with { SmtpPort = smtp.Server.Port, Names = WatchedBlog.Names(pages) }).Through(crash), stop);
        var blog = new WatchedBlog(web) { IsManyHosts = true };
        var links = await WatchedLinks.RegisterAsync(product, blog, smtp, pages, stop);

        var died = new List<bool>();
        foreach (var place in places)
        {
            died.Add(await product.DiesAsync(crash, place, "ScheduleChecks", string.Empty, stop));
            product.Clock.Advance(TimeSpan.FromMinutes(16));
        }

        await product.RoundAsync(stop);
        await links.AssertStateAsync("live", stop);
        await product.AssertAllDoneAsync(pages, stop);

        // However many messages the dead have sent, one round goes over a host.
        Assert.All(Enumerable.Range(0, pages), page => Assert.Equal(1, blog.RequestsFor(page)));
        return died;
    }

    // Who survives one place makes no more calls than that, and survives all further ones.
    private static void AssertDied(List<bool> died)
    {
        Assert.True(died[0] && died[1], "The first places are not ones to die at; the test does not test.");
        Assert.Equal(died.OrderDescending(), died);
    }

    private ProductSettings Settings() => ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port };

    private static Func<Task> Rendezvous(int count)
    {
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return () =>
        {
            if (Interlocked.Increment(ref arrived) == count)
                all.SetResult();
            return all.Task;
        };
    }
}
