using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>robots.txt from the page's site to the state of a link.</summary>
public sealed class RobotsTests(AzuriteFixture azurite)
{
    private const string Target = "https://example.org/";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_closed_to_Googlebot_is_changed_once_confirmed_and_live_when_it_opens()
    {
        await using var web = await StartWebAsync("User-agent: *\nDisallow: /private");
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Stop);
        // Nobody answers at the target, which would be told after a day.
        var (project, link) = await RegisterAsync(product, web, new { name = "One", checkTargets = false });
        await product.RoundAsync(Stop);
        Assert.Equal("live", await product.Api.GetStateAsync(project, link, Stop));

        MapRobots(web, "User-agent: Googlebot\nDisallow: /post");
        await product.RoundAfterAsync(Day, Stop);
        Assert.Equal("live", await product.Api.GetStateAsync(project, link, Stop));
        await product.RoundAfterAsync(Hour, Stop);
        var changed = await product.Api.GetLinkAsync(project, link, Stop);
        Assert.Equal("changed", changed.GetProperty("state").GetString());
        Assert.Contains(
            "line 2, \"Disallow: /post\"", changed.GetProperty("reasons")[0].GetProperty("message").GetString(), StringComparison.Ordinal);

        MapRobots(web, "");
        await product.RoundAfterAsync(Day, Stop);
        Assert.Equal("live", await product.Api.GetStateAsync(project, link, Stop));
    }

    [Fact]
    public async Task Page_closed_to_us_keeps_its_state_and_is_not_asked_for()
    {
        await using var web = await StartWebAsync("");
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Stop);
        var (project, link) = await RegisterAsync(product, web, new { name = "One" });
        await product.RoundAsync(Stop);

        MapRobots(web, "User-agent: *\nDisallow: /");
        await product.RoundAfterAsync(Day, Stop);

        var seen = await product.Api.GetLinkAsync(project, link, Stop);
        Assert.Equal("live", seen.GetProperty("state").GetString());
        Assert.Equal("robots-disallowed", seen.GetProperty("evidence").GetProperty("observation").GetString());
        Assert.Equal(1, web.Requests.Count(request => request.Path == "/post"));
    }

    [Fact]
    public async Task Project_that_owns_the_page_reads_it_and_the_others_learn_nothing_from_that()
    {
        await using var web = await StartWebAsync("User-agent: *\nDisallow: /");
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Stop);
        var (obedient, obedientLink) = await RegisterAsync(product, web, new { name = "Other" });
        var (owner, ownerLink) = await RegisterAsync(product, web, new { name = "Owner", obeyRobots = false });

        await product.RoundAsync(Stop);

        Assert.False((await product.Api.GetAsync($"/api/v1/projects/{owner}", Stop)).GetProperty("obeyRobots").GetBoolean());
        Assert.True((await product.Api.GetAsync($"/api/v1/projects/{obedient}", Stop)).GetProperty("obeyRobots").GetBoolean());
        Assert.Equal("changed", await product.Api.GetStateAsync(owner, ownerLink, Stop));
        var unseen = await product.Api.GetLinkAsync(obedient, obedientLink, Stop);
        Assert.Equal("pending", unseen.GetProperty("state").GetString());
        Assert.Equal("robots-disallowed", unseen.GetProperty("evidence").GetProperty("observation").GetString());
        Assert.Equal(1, web.Requests.Count(request => request.Path == "/post"));
    }

    [Fact]
    public async Task Retry_after_puts_off_the_next_check()
    {
        await using var web = await StartWebAsync("");
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Stop);
        web.Map("/post", context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "36000";
            return Task.CompletedTask;
        });
        await RegisterAsync(product, web, new { name = "One" });
        await product.RoundAsync(Stop);

        await product.RoundAfterAsync(9 * Hour, Stop);
        Assert.Equal(1, web.Requests.Count(request => request.Path == "/post"));
        await product.RoundAfterAsync(Hour, Stop);
        Assert.Equal(2, web.Requests.Count(request => request.Path == "/post"));
    }

    private static async Task<LocalWeb> StartWebAsync(string robots)
    {
        var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/post", $"<title>Post</title><p>We like <a href='{Target}'>Example</a> and other fine sites.</p>");
        MapRobots(web, robots);
        return web;
    }

    private static void MapRobots(LocalWeb web, string text) => web.Map("/robots.txt", context => context.Response.WriteAsync(text));

    private static async Task<(string Project, string Link)> RegisterAsync(Product product, LocalWeb web, object project)
    {
        var id = await product.Api.CreateProjectAsync(project, Stop);
        return (id, await product.Api.RegisterAsync(id, new { page = web.Url("/post"), target = Target, indexable = true }, Stop));
    }
}
