using LinkMonitor.Alerts.Sending;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>
/// An alert that dies or races: told at least once, twice only when the record of a sending was lost, and then recognisably.
/// </summary>
public sealed class AlertCrashTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const int MoreCallsThanAnAlertMakes = 32;

    [Fact]
    public async Task Alert_that_dies_at_any_storage_call_reaches_everybody()
    {
        var (died, copies) = await DieInAlertsAsync(ProductSettings.InMemory(), CrashPlace.OfFirst(MoreCallsThanAnAlertMakes));

        Assert.True(died[0], "The first place is not one to die at; the test does not test.");
        Assert.False(died[^1], "An alert makes more calls than there are places; add places.");
        Assert.All(copies, count => Assert.InRange(count, 1, 2));
        Assert.Equal(1, copies.Count(count => count == 2));
    }

    [Fact]
    public async Task Alert_that_dies_at_some_calls_to_a_real_storage_reaches_everybody()
    {
        var some = CrashPlace.OfFirst(MoreCallsThanAnAlertMakes).Where((_, index) => index % 7 == 0).ToList();

        var (died, copies) = await DieInAlertsAsync(ProductSettings.On(azurite), some);

        Assert.True(died[0], "The first place is not one to die at; the test does not test.");
        Assert.All(copies, count => Assert.InRange(count, 1, 2));
    }

    [Fact]
    public async Task Two_workers_on_one_project_send_one_mail()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        var settings = Settings();
        await using var product = await Product.StartAsync(settings, stop);
        await using var twin = await Product.StartAsync(settings, stop);
        var links = await WatchedLinks.RegisterAsync(product, new WatchedBlog(web), smtp, 1, stop);
        var check = Assert.Single(await links.MakeNextCheckChangeAsync(stop));
        await product.RunAsync("CheckPage", check, stop);
        var nudge = await product.TakeAsync("SendAlerts", stop);

        await Task.WhenAll(product.RunAsync("SendAlerts", nudge, stop), twin.RunAsync("SendAlerts", nudge, stop));

        await links.AssertToldOnceEachAsync(stop);
        await AssertClosedAsync(product, links, stop);
        await product.AssertAllDoneAsync(1, stop);
    }

    [Fact]
    public async Task Message_that_is_lost_before_anybody_takes_it_is_made_up_for_by_the_sweep()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(Settings() with { Names = WatchedBlog.Names(9) }, stop);
        var links = await WatchedLinks.RegisterAsync(product, new WatchedBlog(web) { IsManyHosts = true }, smtp, 9, stop);
        foreach (var check in await links.MakeNextCheckChangeAsync(stop))
            await product.RunAsync("CheckPage", check, stop);
        for (var project = 0; project < 9; project++)
            await product.TakeAsync("SendAlerts", stop);

        // While they may be under way nobody sends others.
        await SweepAllAsync(product, 9, stop);
        Assert.Equal(0, await product.DeliverAllAsync("SendAlerts", stop));

        product.Clock.Advance(NudgeSender.LostAfter);
        await SweepAllAsync(product, 9, stop);
        await product.DeliverAllAsync("SendAlerts", stop);

        await links.AssertToldOnceEachAsync(stop);
    }

    /// <summary>One alert dies at each place, and the sweep makes up for it.</summary>
    private async Task<(List<bool> Died, IReadOnlyList<int> Copies)> DieInAlertsAsync(
        ProductSettings settings, IReadOnlyList<CrashPlace> places)
    {
        var stop = TestContext.Current.CancellationToken;
        var crash = new CrashHook();
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(
            (settings with { SmtpPort = smtp.Server.Port, Names = WatchedBlog.Names(places.Count) }).Through(crash), stop);
        var links = await WatchedLinks.RegisterAsync(product, new WatchedBlog(web) { IsManyHosts = true }, smtp, places.Count, stop);
        foreach (var check in await links.MakeNextCheckChangeAsync(stop))
            await product.RunAsync("CheckPage", check, stop);

        // The signing key is read once and then known, so that it is in no alert's way.
        await product.KnowSigningKeyAsync(stop);
        var died = new List<bool>();
        foreach (var place in places)
            died.Add(await product.DiesAsync(crash, place, "SendAlerts", await product.TakeAsync("SendAlerts", stop), stop));
        product.Clock.Advance(TimeSpan.FromMinutes(11));
        await SweepAllAsync(product, places.Count, stop);
        await product.DeliverAllAsync("SendAlerts", stop);

        var copies = await CountMailsAsync(links, stop);
        await AssertClosedAsync(product, links, stop);
        await product.AssertAllDoneAsync(places.Count, stop);
        return (died, copies);
    }

    // Of who died before anything was noted the sweep finds out when the project has its turn.
    private static async Task SweepAllAsync(Product product, int projects, CancellationToken stop)
    {
        for (var sweep = 0; sweep <= projects / AlertSweep.OutboxesAtATime; sweep++)
            await product.TickAsync("SweepAlerts", stop);
    }

    private ProductSettings Settings() => ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port };

    /// <summary>How many mails each recipient got; copies of one alert carry one Message-ID.</summary>
    private async Task<IReadOnlyList<int>> CountMailsAsync(WatchedLinks links, CancellationToken stop)
    {
        var counts = new List<int>();
        foreach (var recipient in links.Recipients)
        {
            var ids = new List<string>();
            do
                ids.Add((await smtp.Server.NextAsync(recipient, stop)).Parse()["Message-ID"]);
            while (smtp.Server.Waiting(recipient) > 0);

            Assert.Single(ids.Distinct());
            counts.Add(ids.Count);
        }

        return counts;
    }

    private static async Task AssertClosedAsync(Product product, WatchedLinks links, CancellationToken stop)
    {
        foreach (var project in links.Projects)
        {
            var alerts = (await product.Api.GetAsync($"/api/v1/projects/{project}/alerts", stop)).GetProperty("items");
            var alert = Assert.Single(alerts.EnumerateArray());
            Assert.NotEqual(System.Text.Json.JsonValueKind.Null, alert.GetProperty("closedAt").ValueKind);
            var delivery = Assert.Single(alert.GetProperty("deliveries").EnumerateArray());
            Assert.Equal("sent", delivery.GetProperty("state").GetString());
        }
    }
}
