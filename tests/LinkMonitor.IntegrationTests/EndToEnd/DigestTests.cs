using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>Digests at the channel's local time, one for each period, told by the sweep alone.</summary>
public sealed class DigestTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Nofollow = $"<a href='{WatchedBlog.Target}' rel='nofollow'>Example</a>";

    // Berlin: the clocks go forward on 29 March 2026 and back on 25 October 2026, both Sundays.
    public static TheoryData<string, string[]> Changeovers => new()
    {
        { "2026-03-20T12:00:00Z", ["2026-03-22T07:00:00Z", "2026-03-29T06:00:00Z", "2026-04-05T06:00:00Z"] },
        { "2026-10-16T12:00:00Z", ["2026-10-18T06:00:00Z", "2026-10-25T07:00:00Z", "2026-11-01T07:00:00Z"] },
    };

    [Theory]
    [MemberData(nameof(Changeovers))]
    public async Task Weekly_digest_comes_at_eight_oclock_local_time_whatever_the_clocks_do(string start, string[] expected)
    {
        var stop = TestContext.Current.CancellationToken;
        var reader = smtp.UniqueRecipient("weekly");
        var clock = new ManualTimeProvider(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(
            ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port, Clock = clock }, stop);
        var project = await ToldProject.StartAsync(
            product, new WatchedBlog(web), 1, new { name = "Weekly", timeZone = "Europe/Berlin" }, stop);
        await project.AddChannelAsync(
            new { kind = "email", address = reader, digest = new { every = "weekly", day = "sunday", at = "08:00" } }, stop);
        await SweepAfterAsync(product, TimeSpan.FromMinutes(2), stop);

        foreach (var at in expected.Select(text => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture)))
        {
            await SweepAfterAsync(product, at - clock.GetUtcNow() - TimeSpan.FromSeconds(1), stop);
            Assert.Equal(0, smtp.Server.Waiting(reader));
            await SweepAfterAsync(product, TimeSpan.FromSeconds(1), stop);
            var mail = (await smtp.Server.NextAsync(reader, stop)).Parse();
            Assert.Equal(mail["Subject"], (await project.AlertsAsync(stop))[0].GetProperty("subject").GetString());
        }

        Assert.Equal(0, smtp.Server.Waiting(reader));
    }

    /// <summary>What is left out is counted: the totals would be taken for all there is.</summary>
    [Fact]
    public async Task A_digest_says_how_many_rows_it_could_not_read()
    {
        var stop = TestContext.Current.CancellationToken;
        var reader = smtp.UniqueRecipient("damaged");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(ProductSettings.InMemory() with { SmtpPort = smtp.Server.Port }, stop);
        var project = await ToldProject.StartAsync(product, new WatchedBlog(web), 2, new { name = "Damaged" }, stop);
        await project.AddChannelAsync(
            new { kind = "email", address = reader, digest = new { every = "weekly", day = "monday", at = "07:00" } }, stop);
        await SweepAfterAsync(product, TimeSpan.FromMinutes(2), stop);
        await project.ConfirmAsync(Nofollow, stop);
        var rows = product.Get<LinkMonitor.Storage.Tables.ITableService>().Open(LinkMonitor.Storage.Tables.TableNames.Links);
        foreach (var kind in new[] { "link:", "change:" })
        {
            var row = (await product.RowsAsync(LinkMonitor.Storage.Tables.TableNames.Links, stop)).First(
                row => row.RowKey.StartsWith(kind, StringComparison.Ordinal));
            await rows.PutAsync(RowDamage.Of(row, RowDamage.LaterVersion)!, stop);
        }

        await SweepAfterAsync(product, TimeSpan.FromDays(7), stop);

        // The change that can be read may be of the link that cannot: then nobody hears of it at once, else its mail comes first.
        var mail = (await smtp.Server.NextAsync(reader, stop)).Parse();
        if (mail.Text.Contains("Changed: link from", StringComparison.Ordinal))
            mail = (await smtp.Server.NextAsync(reader, stop)).Parse();
        var text = mail.Text.ReplaceLineEndings(" ");
        Assert.Contains("Left out: 1 link whose stored row cannot be read is in no count here.", text, StringComparison.Ordinal);
        Assert.Contains("1 change of the period cannot be read; it may be of any link.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Daily_digest_comes_with_news_only_and_missed_days_come_in_one()
    {
        var stop = TestContext.Current.CancellationToken;
        var reader = smtp.UniqueRecipient("daily");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port }, stop);
        var project = await ToldProject.StartAsync(product, new WatchedBlog(web), 1, new { name = "Daily" }, stop);
        await project.AddChannelAsync(
            new { kind = "email", address = reader, otherwise = "digest", digest = new { every = "daily", at = "07:00" } }, stop);
        await SweepAfterAsync(product, TimeSpan.FromMinutes(2), stop);

        await SweepAfterAsync(product, TimeSpan.FromDays(1), stop);
        Assert.Equal(0, smtp.Server.Waiting(reader));
        await project.ConfirmAsync(Nofollow, stop);
        await project.TellAsync(stop);
        Assert.Equal(0, smtp.Server.Waiting(reader));
        await SweepAfterAsync(product, TimeSpan.FromDays(3), stop);

        var change = (await product.Api.GetHistoryAsync(project.Id, project.Links[0], stop))[0].GetProperty("id").GetString()!;
        Assert.NotEmpty(change);
        await smtp.Server.NextAsync(reader, stop);
        await SweepAfterAsync(product, TimeSpan.FromDays(1), stop);
        Assert.Equal(0, smtp.Server.Waiting(reader));
        Assert.Equal("digest", Assert.Single(await project.AlertsAsync(stop)).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Digest_whose_making_dies_at_any_storage_call_comes_all_the_same()
    {
        var stop = TestContext.Current.CancellationToken;
        var crash = new CrashHook();
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(
            (ProductSettings.InMemory() with { SmtpPort = smtp.Server.Port }).Through(crash), stop);
        var blog = new WatchedBlog(web);
        var died = new List<bool>();
        foreach (var place in CrashPlace.OfFirst(29))
        {
            var reader = smtp.UniqueRecipient("crash");
            var project = await ToldProject.StartAsync(product, blog, 1, new { name = "Crash" }, stop);
            await project.AddChannelAsync(
                new { kind = "email", address = reader, digest = new { every = "weekly", day = "monday", at = "07:00" } }, stop);
            await SweepAfterAsync(product, TimeSpan.FromMinutes(2), stop);
            product.Clock.Advance(TimeSpan.FromDays(7));

            died.Add(await product.DiesAsync(crash, place, "SendAlerts", project.Nudge, stop));
            await SweepAfterAsync(product, TimeSpan.FromMinutes(11), stop);
            await SweepAfterAsync(product, TimeSpan.FromMinutes(11), stop);

            var ids = new List<string> { (await smtp.Server.NextAsync(reader, stop)).Parse()["Message-ID"] };
            while (smtp.Server.Waiting(reader) > 0)
                ids.Add((await smtp.Server.NextAsync(reader, stop)).Parse()["Message-ID"]);
            Assert.InRange(ids.Count, 1, 2);
            Assert.Single(ids.Distinct());
            var alerts = (await product.Api.GetAsync($"/api/v1/projects/{project.Id}/alerts", stop)).GetProperty("items");
            var digest = Assert.Single(alerts.EnumerateArray());
            Assert.NotEqual(System.Text.Json.JsonValueKind.Null, digest.GetProperty("closedAt").ValueKind);
            Assert.Equal("sent", Assert.Single(digest.GetProperty("deliveries").EnumerateArray()).GetProperty("state").GetString());
            await product.Api.SendAsync(
                HttpMethod.Delete, $"/api/v1/projects/{project.Id}", null, System.Net.HttpStatusCode.NoContent, stop);
        }

        Assert.True(died[0], "The first place is not one to die at; the test does not test.");
        Assert.False(died[^1], "A digest makes more calls than there are places; add places.");
    }

    private static async Task SweepAfterAsync(Product product, TimeSpan time, CancellationToken stop)
    {
        product.Clock.Advance(time);
        await product.TickAsync("SweepAlerts", stop);
        await product.DeliverAllAsync("SendAlerts", stop);
    }
}
