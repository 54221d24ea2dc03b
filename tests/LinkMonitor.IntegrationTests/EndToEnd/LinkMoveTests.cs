using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>A page that comes back under another address: the loss is told with the new page and its explanation.</summary>
public sealed class LinkMoveTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Live =
        "<title>A post on lamps</title><p>We like <a href='https://example.org/'>Example</a> and other fine sites.</p>";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Page_that_moved_is_suggested_in_the_api_and_in_the_mail()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port }, stop);
        web.MapHtml("/post", Live);
        var project = await product.Api.CreateProjectAsync(new { name = "Example", recipients = new[] { owner } }, stop);
        var link = await product.Api.RegisterAsync(project, new { page = web.Url("/post"), target = "https://example.org/" }, stop);
        await product.RoundAsync(stop);
        web.MapStatus("/post", 404)
            .MapHtml("/", "<p>Home<link rel=alternate type=application/rss+xml href=/feed>")
            .MapHtml("/feed", "<rss><channel><item><title>A post on lamps</title><link>/new</link></item></channel></rss>")
            .MapHtml("/new", Live);

        await product.RoundAfterAsync(Day, stop);
        await product.RoundAfterAsync(Day, stop);

        var seen = await product.Api.GetLinkAsync(project, link, stop);
        Assert.Equal("lost", seen.GetProperty("state").GetString());
        Assert.Equal(web.Url("/new"), seen.GetProperty("suggestedPage").GetString());
        var steps = seen.GetProperty("evidence").GetProperty("explanation").GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(
            "status", Assert.Single(steps, step => step.GetProperty("state").GetString() == "decides").GetProperty("name").GetString());
        var history = await product.Api.GetHistoryAsync(project, link, stop);
        Assert.Equal(web.Url("/new"), history[0].GetProperty("suggestedPage").GetString());
        var mail = (await smtp.Server.NextAsync(owner, stop)).Parse();
        Assert.Contains(web.Url("/new"), mail.Text, StringComparison.Ordinal);
        Assert.Equal(2, web.Requests.Count(request => request.Path == "/feed"));
    }
}
