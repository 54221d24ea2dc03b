using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>Terms that end are told before, and a link that outlives them is told after, each once.</summary>
public sealed class TermReminderTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Target = "http://127.0.0.1:9/";
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_are_reminded_once_before_each_date_and_once_when_the_link_outlives_its_term()
    {
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapHtml("/post", $"<title>Post</title><p>We like <a href='{Target}'>Example</a> and other fine sites.</p>");
        await using var product = await StartAsync();
        await RegisterAsync(product, web, owner, end: "2026-11-26");

        await AtAsync(product, Start.AddMinutes(6));
        Assert.Contains("5 days", await NextAsync(owner), StringComparison.Ordinal);

        await AtAsync(product, new DateTimeOffset(2026, 11, 23, 22, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, smtp.Server.Waiting(owner));
        // The project is in Berlin, where the 24th has begun an hour before it has in UTC.
        await AtAsync(product, new DateTimeOffset(2026, 11, 23, 23, 5, 0, TimeSpan.Zero));
        Assert.Contains("2 days", await NextAsync(owner), StringComparison.Ordinal);

        await AtAsync(product, new DateTimeOffset(2026, 11, 26, 23, 5, 0, TimeSpan.Zero));
        Assert.Contains("still live", await NextAsync(owner), StringComparison.OrdinalIgnoreCase);
        await AtAsync(product, new DateTimeOffset(2026, 12, 5, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, smtp.Server.Waiting(owner));
    }

    [Fact]
    public async Task The_list_of_alerts_names_a_reminder_as_its_mail_does_sent_or_not()
    {
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapHtml("/post", $"<title>Post</title><p>We like <a href='{Target}'>Example</a> and other fine sites.</p>");
        await using var product = await StartAsync();
        var (project, _) = await RegisterAsync(product, web, owner, end: "2026-11-26");
        var recipient = (await product.Api.GetAsync($"/api/v1/projects/{project}/channels", Token)).GetProperty("items")[0].GetProperty(
            "id").GetString();
        await product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}/channels/{recipient}", """{"quietHours":{"from":"09:00","to":"12:00"}}""",
            System.Net.HttpStatusCode.OK, Token);

        await AtAsync(product, Start.AddMinutes(6));
        Assert.Equal(0, smtp.Server.Waiting(owner));
        var planned = await SubjectAsync(product, project);
        await AtAsync(product, Start.AddHours(4));

        Assert.Equal("Terms: placement on 127.0.0.1 ends in 5 days - Example", planned);
        Assert.Equal(planned, (await NextAsync(owner)).Split('\n')[0]);
        Assert.Equal(planned, await SubjectAsync(product, project));
    }

    [Fact]
    public async Task A_term_that_is_prolonged_is_reminded_of_anew()
    {
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapHtml("/post", $"<title>Post</title><p>We like <a href='{Target}'>Example</a> and other fine sites.</p>");
        await using var product = await StartAsync();
        var (project, link) = await RegisterAsync(product, web, owner, end: "2026-11-26");
        await AtAsync(product, Start.AddMinutes(6));
        await NextAsync(owner);

        await product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}/links/{link}", """{"terms":{"end":"2026-12-24"}}""",
            System.Net.HttpStatusCode.OK, Token);
        await AtAsync(product, new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, smtp.Server.Waiting(owner));
        await AtAsync(product, new DateTimeOffset(2026, 12, 17, 12, 0, 0, TimeSpan.Zero));

        Assert.Contains("7 days", await NextAsync(owner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_dies_while_it_plans_reminds_all_the_same_and_once()
    {
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapHtml("/post", $"<title>Post</title><p>We like <a href='{Target}'>Example</a> and other fine sites.</p>");
        await using var product = await StartAsync();
        await RegisterAsync(product, web, owner, end: "2026-11-26");
        await product.RoundAsync(Token);
        product.Clock.Advance(TimeSpan.FromMinutes(6));
        await product.TickAsync("SweepAlerts", Token);

        // The nudge is lost with the worker that took it; the note that the sweep left brings another.
        await product.TakeAsync("SendAlerts", Token);
        await AtAsync(product, product.Clock.GetUtcNow().AddMinutes(5));

        Assert.Contains("5 days", await NextAsync(owner), StringComparison.Ordinal);
        await AtAsync(product, product.Clock.GetUtcNow().AddMinutes(5));
        Assert.Equal(0, smtp.Server.Waiting(owner));
    }

    private Task<Product> StartAsync() =>
        Product.StartAsync(
            ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port, Clock = new ManualTimeProvider(Start) }, Token);

    private static async Task<(string Project, string Link)> RegisterAsync(Product product, LocalWeb web, string owner, string end)
    {
        // Nobody answers at the target, which would be told after a day.
        var project = await product.Api.CreateProjectAsync(
            new { name = "Example", checkTargets = false, recipients = new[] { owner }, timeZone = "Europe/Berlin" }, Token);
        var terms = new { vendor = "Acme Media", cost = 120, currency = "EUR", start = "2026-10-01", end };
        return (project, await product.Api.RegisterAsync(project, new { page = web.Url("/post"), target = Target, terms }, Token));
    }

    private static async Task AtAsync(Product product, DateTimeOffset time)
    {
        product.Clock.Advance(time - product.Clock.GetUtcNow());
        await product.RoundAsync(Token);
        await product.TickAsync("SweepAlerts", Token);
        await product.DeliverAllAsync("SendAlerts", Token);
    }

    private static async Task<string?> SubjectAsync(Product product, string project) =>
        (await product.Api.GetAsync($"/api/v1/projects/{project}/alerts", Token)).GetProperty("items")[0]
            .GetProperty("subject")
            .GetString();

    private async Task<string> NextAsync(string recipient)
    {
        var mail = (await smtp.Server.NextAsync(recipient, Token)).Parse();
        Assert.Equal(0, smtp.Server.Waiting(recipient));
        return mail["Subject"] + "\n" + mail.Text;
    }
}
