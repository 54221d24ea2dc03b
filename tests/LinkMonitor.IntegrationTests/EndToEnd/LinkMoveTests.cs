using LinkMonitor.IntegrationTests.Dashboard;
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
        await AssertIsTakenAsync(product, project, link, web.Url("/new"), stop);
        var mail = (await smtp.Server.NextAsync(owner, stop)).Parse();
        Assert.Contains(web.Url("/new"), mail.Text, StringComparison.Ordinal);
        Assert.Equal(2, web.Requests.Count(request => request.Path == "/feed"));
    }

    // On the page of the link one press is enough, and can be undone.
    private static async Task AssertIsTakenAsync(Product product, string project, string link, string moved, CancellationToken stop)
    {
        using var owner = await DashboardVisitor.EnterAsync(product, Product.AdminKey, stop);
        var at = $"/app/p/{project}/links/{link}";
        using var shown = await owner.GetAsync(at, stop);
        var page = await shown.Content.ReadAsStringAsync(stop);
        Assert.Contains(
            $"<input type=\"hidden\" name=\"page\" value=\"{moved}\"><button>Watch that page instead</button>", page,
            StringComparison.Ordinal);

        // The sentence of the verdict stands once, under "Why".
        var (from, to) = (
            page.IndexOf("<main", StringComparison.Ordinal), page.IndexOf("<h2>Expected and found", StringComparison.Ordinal));
        Assert.Equal(2, page[from..to].Split("no such page any more (404)").Length);

        using var stale = await owner.PostAsync($"{at}/take-page", DashboardVisitor.Fields(("page", moved), ("shown", "old")), null, stop);
        Assert.Equal(at, stale.Headers.Location!.PathAndQuery());
        using var taken = await owner.PostAsync($"{at}/take-page", DashboardVisitor.Fields(("page", moved)), null, stop);
        var successor = taken.Headers.Location!.PathAndQuery().Split('?')[0];
        Assert.NotEqual(at, successor);
        using var now = await owner.GetAsync(successor, stop);
        var text = await now.Content.ReadAsStringAsync(stop);
        Assert.Contains(moved, text, StringComparison.Ordinal);
        var undo = System.Text.RegularExpressions.Regex.Match(text, "action=\"([^\"]*undo[^\"]*)\"").Groups[1].Value;
        using var undone = await owner.PostAsync(undo, [], null, stop);
        Assert.Equal(at, undone.Headers.Location!.PathAndQuery());
    }
}
