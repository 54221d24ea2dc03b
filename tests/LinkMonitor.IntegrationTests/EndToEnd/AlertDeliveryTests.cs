using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>What becomes of an alert when the mail server is slow to take it, or never does.</summary>
public sealed class AlertDeliveryTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    [Fact]
    public async Task Changes_of_one_round_come_in_one_mail()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        var blog = new WatchedBlog(web);
        var project = await product.Api.CreateProjectAsync(new { name = "Example", recipients = new[] { owner } }, stop);
        for (var page = 0; page < 5; page++)
            await product.Api.RegisterAsync(project, new { page = blog.Page(page), target = WatchedBlog.Target }, stop);
        await product.RoundAsync(stop);
        blog.MakeNofollow();
        await product.RoundAfterAsync(TimeSpan.FromDays(1), stop);

        await product.RoundAfterAsync(TimeSpan.FromHours(2), stop);

        var mail = await smtp.Server.NextAsync(owner, stop);
        var changes = (await product.Api.GetAsync($"/api/v1/projects/{project}/changes", stop)).GetProperty("items").EnumerateArray()
            .Where(change => change.GetProperty("to").GetString() == "changed").ToArray();
        Assert.Equal(5, changes.Length);
        Assert.All(
            changes,
            change =>
                Assert.Contains(change.GetProperty("id").GetString()!, mail.Parse()["X-LinkMonitor-Event-Ids"], StringComparison.Ordinal));
        Assert.Equal(0, smtp.Server.Waiting(owner));
    }

    [Fact]
    public async Task Mail_that_is_put_off_is_sent_again_later_to_those_who_lack_it_only()
    {
        var stop = TestContext.Current.CancellationToken;
        var (prompt, slow) = (smtp.UniqueRecipient("prompt"), smtp.UniqueRecipient("slow"));
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        await smtp.Server.AnswerAsync(slow, "rcpt", 450, "Mailbox busy, try later", stop);
        var project = await ChangeOneLinkAsync(product, web, [prompt, slow], stop);

        var first = await DeliveriesAsync(product, project, stop);
        Assert.Equal(["sent", "waiting"], first.Select(State));
        Assert.Contains("450", first[1].GetProperty("error").GetString(), StringComparison.Ordinal);

        await smtp.Server.AcceptAsync(slow, stop);
        product.Clock.Advance(TimeSpan.FromMinutes(2));
        await product.TickAsync("SweepAlerts", stop);
        await product.DeliverAllAsync("SendAlerts", stop);

        Assert.Equal(["sent", "sent"], (await DeliveriesAsync(product, project, stop)).Select(State));
        await smtp.Server.NextAsync(prompt, stop);
        await smtp.Server.NextAsync(slow, stop);
        Assert.Equal((0, 0), (smtp.Server.Waiting(prompt), smtp.Server.Waiting(slow)));
    }

    [Fact]
    public async Task Mail_that_is_refused_for_good_is_kept_as_failed_and_holds_nobody_else_up()
    {
        var stop = TestContext.Current.CancellationToken;
        var (gone, owner) = (smtp.UniqueRecipient("gone"), smtp.UniqueRecipient("owner"));
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        await smtp.Server.AnswerAsync(gone, "rcpt", 550, "No such user", stop);

        var project = await ChangeOneLinkAsync(product, web, [gone, owner], stop);

        var deliveries = await DeliveriesAsync(product, project, stop);
        Assert.Equal(["failed", "sent"], deliveries.Select(State));
        Assert.Contains("550", deliveries[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        await smtp.Server.NextAsync(owner, stop);
    }

    [Fact]
    public async Task Mail_that_is_put_off_for_three_days_is_given_up_and_says_so()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("never");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        await smtp.Server.AnswerAsync(owner, "rcpt", 451, "Later", stop);
        var project = await ChangeOneLinkAsync(product, web, [owner], stop);

        product.Clock.Advance(TimeSpan.FromHours(76));
        await product.TickAsync("SweepAlerts", stop);
        await product.DeliverAllAsync("SendAlerts", stop);

        var delivery = Assert.Single(await DeliveriesAsync(product, project, stop));
        Assert.Equal("failed", State(delivery));
        Assert.Contains("Given up after 2 attempts", delivery.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_without_recipients_keeps_its_changes_and_mails_nobody()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);

        var project = await ChangeOneLinkAsync(product, web, [], stop);

        var alerts = await product.Api.GetAsync($"/api/v1/projects/{project}/alerts", stop);
        Assert.Equal(0, alerts.GetProperty("items").GetArrayLength());
        Assert.DoesNotContain(
            await product.RowsAsync(TableNames.Links, stop), row => row.RowKey.StartsWith("outbox:", StringComparison.Ordinal));
        var changes = await product.Api.GetAsync($"/api/v1/projects/{project}/changes", stop);
        Assert.Equal(2, changes.GetProperty("items").GetArrayLength());
    }

    private Task<Product> StartAsync(CancellationToken stop) =>
        Product.StartAsync(ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port }, stop);

    private static async Task<string> ChangeOneLinkAsync(Product product, LocalWeb web, string[] recipients, CancellationToken stop)
    {
        var blog = new WatchedBlog(web);
        var project = await product.Api.CreateProjectAsync(new { name = "Example", recipients }, stop);
        await product.Api.RegisterAsync(project, new { page = blog.Page(1), target = WatchedBlog.Target }, stop);
        await product.RoundAsync(stop);
        blog.MakeNofollow();
        await product.RoundAfterAsync(TimeSpan.FromDays(1), stop);
        await product.RoundAfterAsync(TimeSpan.FromHours(2), stop);
        return project;
    }

    private static async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(Product product, string project, CancellationToken stop)
    {
        var alerts = (await product.Api.GetAsync($"/api/v1/projects/{project}/alerts", stop)).GetProperty("items");
        return [.. Assert.Single(alerts.EnumerateArray()).GetProperty("deliveries").EnumerateArray()];
    }

    private static string State(JsonElement delivery) => delivery.GetProperty("state").GetString()!;
}
