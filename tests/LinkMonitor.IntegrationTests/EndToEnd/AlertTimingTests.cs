using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>When changes are told, in which alerts, and to whom.</summary>
[TakesLong]
public sealed class AlertTimingTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Nofollow = $"<a href='{WatchedBlog.Target}' rel='nofollow'>Example</a>";
    private const string Follow = $"<a href='{WatchedBlog.Target}'>Example</a>";

    [Fact]
    public async Task Site_that_fails_for_a_while_mails_nobody()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        var blog = new WatchedBlog(web);
        var project = await ToldProject.StartAsync(product, blog, 20, new { name = "Down", recipients = new[] { owner } }, stop);

        web.Map("/blog/*", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await product.RoundAfterAsync(TimeSpan.FromDays(1), stop);
        await product.RoundAfterAsync(TimeSpan.FromHours(6), stop);
        _ = new WatchedBlog(web);
        await product.RoundAfterAsync(TimeSpan.FromHours(6), stop);

        await project.TellAsync(stop);
        Assert.Empty(await project.AlertsAsync(stop));
        Assert.Equal(0, smtp.Server.Waiting(owner));
    }

    [Fact]
    public async Task Site_wide_nofollow_on_24_pages_is_one_mail()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        var project = await ToldProject.StartAsync(
            product, new WatchedBlog(web), 24, new { name = "Wide", recipients = new[] { owner } }, stop);

        await project.ConfirmAsync(Nofollow, stop);
        await project.TellAsync(stop);
        Assert.Equal(0, smtp.Server.Waiting(owner));
        await project.TellAfterAsync(TimeSpan.FromSeconds(31), stop);

        var alert = Assert.Single(await project.AlertsAsync(stop));
        Assert.Equal((24, "host"), (alert.GetProperty("changes").GetInt32(), alert.GetProperty("cause").GetProperty("kind").GetString()));
        var mail = (await smtp.Server.NextAsync(owner, stop)).Parse();
        Assert.Equal("24", mail["X-LinkMonitor-Event-Count"]);
        Assert.Equal((0, 0), (smtp.Server.Waiting(owner), await project.OutboxAsync(stop)));
        await AssertDetailAsync(product, project, alert, stop);
    }

    [Fact]
    public async Task Same_cause_is_not_told_again_within_five_minutes()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        var blog = new WatchedBlog(web);
        var project = await ToldProject.StartAsync(product, blog, 4, new { name = "Again", recipients = new[] { owner } }, stop);
        blog.MakeNofollow();
        await project.CheckAfterAsync(TimeSpan.FromDays(1), stop);
        product.Clock.Advance(TimeSpan.FromHours(2));
        await product.TickAsync("ScheduleChecks", stop);
        await CheckTwoAsync(product, stop);
        await project.TellAfterAsync(TimeSpan.FromSeconds(31), stop);
        Assert.Equal(2, Assert.Single(await project.AlertsAsync(stop)).GetProperty("changes").GetInt32());

        await CheckTwoAsync(product, stop);
        await project.TellAfterAsync(TimeSpan.FromSeconds(31), stop);
        await project.TellAfterAsync(TimeSpan.FromMinutes(4), stop);
        Assert.Single(await project.AlertsAsync(stop));
        await project.TellAfterAsync(TimeSpan.FromSeconds(30), stop);

        Assert.Equal([2, 2], (await project.AlertsAsync(stop)).Select(alert => alert.GetProperty("changes").GetInt32()));
    }

    [Fact]
    public async Task Channel_gets_what_it_chose_and_quiet_hours_put_it_off()
    {
        var stop = TestContext.Current.CancellationToken;
        var (all, losses, sleeper) = (smtp.UniqueRecipient("all"), smtp.UniqueRecipient("losses"), smtp.UniqueRecipient("sleeper"));
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        var project = await ToldProject.StartAsync(
            product, new WatchedBlog(web), 1, new { name = "Choice", recipients = new[] { all } }, stop);
        await project.AddChannelAsync(
            new { kind = "email", address = losses, topics = new Dictionary<string, string> { ["rel-changed"] = "never" } }, stop);
        await project.AddChannelAsync(new { kind = "email", address = sleeper, quietHours = new { from = "09:00", to = "18:00" } }, stop);

        await project.ConfirmAsync(Nofollow, stop);
        await project.TellAfterAsync(TimeSpan.FromSeconds(31), stop);

        await smtp.Server.NextAsync(all, stop);
        Assert.Equal((0, 0), (smtp.Server.Waiting(losses), smtp.Server.Waiting(sleeper)));
        var deliveries = Assert.Single(await project.AlertsAsync(stop)).GetProperty("deliveries").EnumerateArray().ToList();
        Assert.Equal(["sent", "waiting"], deliveries.Select(delivery => delivery.GetProperty("state").GetString()));
        Assert.Equal(
            new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero), deliveries[1].GetProperty("nextAttemptAt").GetDateTimeOffset());

        await project.TellAfterAsync(TimeSpan.FromHours(7), stop);
        Assert.Equal(0, smtp.Server.Waiting(sleeper));
        await project.TellAfterAsync(TimeSpan.FromHours(1), stop);
        await smtp.Server.NextAsync(sleeper, stop);
        Assert.Equal((0, 0), (smtp.Server.Waiting(all), smtp.Server.Waiting(losses)));
    }

    [Fact]
    public async Task Recipient_that_is_put_off_for_days_holds_up_no_later_alert()
    {
        var stop = TestContext.Current.CancellationToken;
        var (prompt, dead) = (smtp.UniqueRecipient("prompt"), smtp.UniqueRecipient("dead"));
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        await smtp.Server.AnswerAsync(dead, "rcpt", 450, "Later", stop);
        var project = await ToldProject.StartAsync(
            product, new WatchedBlog(web), 1, new { name = "Dead", recipients = new[] { prompt, dead } }, stop);
        await project.ConfirmAsync(Nofollow, stop);
        await project.TellAfterAsync(TimeSpan.FromSeconds(31), stop);
        await smtp.Server.NextAsync(prompt, stop);

        await project.ConfirmAsync(Follow, stop);
        await project.TellAfterAsync(TimeSpan.FromSeconds(31), stop);

        await smtp.Server.NextAsync(prompt, stop);
        Assert.Equal(2, (await project.AlertsAsync(stop)).Count(alert => alert.GetProperty("closedAt").ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task Muted_link_is_not_told()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        var project = await ToldProject.StartAsync(
            product, new WatchedBlog(web), 1, new { name = "Muted", recipients = new[] { owner } }, stop);
        await product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project.Id}/links/{project.Links[0]}", """{"muted":true}""", System.Net.HttpStatusCode.OK,
            stop);

        await project.ConfirmAsync(Nofollow, stop);
        await project.TellAfterAsync(TimeSpan.FromSeconds(31), stop);

        Assert.Empty(await project.AlertsAsync(stop));
        Assert.Equal((0, 0), (smtp.Server.Waiting(owner), await project.OutboxAsync(stop)));
        Assert.Equal(2, (await product.Api.GetHistoryAsync(project.Id, project.Links[0], stop)).Count);
    }

    private static async Task CheckTwoAsync(Product product, CancellationToken stop)
    {
        Assert.True(await product.DeliverOneAsync("CheckPage", stop));
        Assert.True(await product.DeliverOneAsync("CheckPage", stop));
    }

    private static async Task AssertDetailAsync(Product product, ToldProject project, JsonElement alert, CancellationToken stop)
    {
        var path = $"/api/v1/projects/{project.Id}/alerts/{alert.GetProperty("id").GetString()}";
        var first = await product.Api.GetAsync($"{path}?limit=15", stop);
        var rest = await product.Api.GetAsync($"{path}?limit=15&cursor={first.GetProperty("cursor").GetString()}", stop);
        var ids = first.GetProperty("changes")
            .EnumerateArray()
            .Concat(rest.GetProperty("changes").EnumerateArray())
            .Select(change => change.GetProperty("id").GetString());
        Assert.Equal(24, ids.Distinct().Count());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("cursor").ValueKind);
    }

    private Task<Product> StartAsync(CancellationToken stop) => Product.StartAsync(
        ProductSettings.On(
            azurite) with
        {
            SmtpPort = smtp.Server.Port,
            GroupingDelay = TimeSpan.FromSeconds(30),
            GroupInterval = TimeSpan.FromMinutes(5),
        }, stop);
}
