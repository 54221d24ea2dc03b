using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.LinkTypes;

/// <summary>
/// What types do in the life of links: what they expect, what of it is mailed at once, and what follows when they are changed.
/// </summary>
public sealed class TypedLifeTests : IAsyncLifetime
{
    private const string Nofollow = $"<a href='{WatchedBlog.Target}' rel='nofollow'>Example</a>";
    private const string Reworded = $"<a href='{WatchedBlog.Target}'>Another</a>";

    private static readonly string[] Anna = ["anna@example.org"];

    private Product _product = null!;
    private LocalWeb _web = null!;
    private WatchedBlog _blog = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // A Saturday.
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _web = await LocalWeb.StartAsync(Stop);
        _blog = new WatchedBlog(_web);
    }

    public async ValueTask DisposeAsync()
    {
        await _product.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task A_recipient_is_mailed_a_loss_at_once_and_another_anchor_on_monday_and_nothing_when_there_is_nothing()
    {
        var project = await ToldProject.StartAsync(
            _product, _blog, 1, new { name = "Widgets", recipients = Anna, checkTargets = false }, Stop);

        await project.ConfirmAsync(Reworded, Stop);
        await project.TellAsync(Stop);
        Assert.Empty(await project.AlertsAsync(Stop));
        Assert.Equal(0, await project.OutboxAsync(Stop));
        var monday = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
        await SweepAfterAsync(monday - _product.Clock.GetUtcNow());
        var digest = Assert.Single(await project.AlertsAsync(Stop));
        Assert.Equal("digest", Text(digest, "kind"));
        await SweepAfterAsync(TimeSpan.FromDays(7));
        Assert.Single(await project.AlertsAsync(Stop));

        await project.ConfirmAsync("no link at all", Stop);
        await project.TellAsync(Stop);
        Assert.Equal(["incident", "digest"], (await project.AlertsAsync(Stop)).Select(alert => Text(alert, "kind")));
        await project.ConfirmAsync(Reworded, Stop);
        await project.TellAsync(Stop);

        // That it is back is as urgent as that it was gone; all of it was told, and makes no digest.
        Assert.Equal(["incident", "incident", "digest"], (await project.AlertsAsync(Stop)).Select(alert => Text(alert, "kind")));
        await SweepAfterAsync(TimeSpan.FromDays(7));
        Assert.Equal(3, (await project.AlertsAsync(Stop)).Count);
    }

    [Fact]
    public async Task A_type_of_the_link_says_what_is_urgent()
    {
        var project = await _product.Api.CreateProjectAsync(new { name = "Widgets", recipients = Anna, checkTargets = false }, Stop);
        await _product.Api.PostAsync(
            $"/api/v1/projects/{project}/types", new { name = "Quote", atOnce = new[] { "anchor-changed" } }, HttpStatusCode.Created, Stop);
        await AddAsync(project, 1, "quote");
        await AddAsync(project, 2, "editorial");

        await ChangeAsync(Reworded);
        var alert = Assert.Single(await AlertsAsync(project));
        Assert.Equal(1, alert.GetProperty("changes").GetInt32());
        _blog.Link = "no link at all";
        await ChangeAsync("no link at all");

        Assert.Equal([1, 1], (await AlertsAsync(project)).Select(one => one.GetProperty("changes").GetInt32()));
    }

    [Fact]
    public async Task Nofollow_is_news_in_a_guest_post_and_none_in_a_forum()
    {
        var project = await _product.Api.CreateProjectAsync(new { name = "Widgets", recipients = Anna, checkTargets = false }, Stop);
        var post = await AddAsync(project, 1, "guest-post");
        var thread = await AddAsync(project, 2, "forum");

        await ChangeAsync(Nofollow);

        Assert.Equal("changed", await _product.Api.GetStateAsync(project, post, Stop));
        Assert.Equal("live", await _product.Api.GetStateAsync(project, thread, Stop));
        Assert.Equal(1, Assert.Single(await AlertsAsync(project)).GetProperty("changes").GetInt32());
    }

    [Fact]
    public async Task A_changed_type_is_followed_with_the_next_check_and_tells_nobody_of_what_was_so_before()
    {
        _blog.Link = Nofollow;
        var project = await _product.Api.CreateProjectAsync(new { name = "Widgets", recipients = Anna, checkTargets = false }, Stop);
        var follows = await AddAsync(project, 1, "forum");
        var given = await AddAsync(project, 2, "forum", rel: "nofollow");
        await _product.RoundAfterAsync(TimeSpan.FromDays(1), Stop);

        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}/types/forum", """{"rel":"follow"}""", HttpStatusCode.OK, Stop);
        await _product.RoundAfterAsync(TimeSpan.FromDays(1), Stop);

        var link = await _product.Api.GetLinkAsync(project, follows, Stop);
        Assert.Equal(("changed", "follow"), (Text(link, "state"), Text(link, "rel")));
        Assert.Equal("rel-changed", Text(link.GetProperty("reasons")[0], "code"));
        Assert.Equal("live", await _product.Api.GetStateAsync(project, given, Stop));
        await _product.RoundAfterAsync(TimeSpan.FromDays(1), Stop);
        await TellAsync(project);
        Assert.Empty(await AlertsAsync(project));
        Assert.False((await _product.Api.GetHistoryAsync(project, follows, Stop))[0].GetProperty("alerts").GetBoolean());

        // Back as it came: nobody is told of that either.
        await _product.Api.SendAsync(
            HttpMethod.Delete, $"/api/v1/projects/{project}/types/forum", null, HttpStatusCode.NoContent, Stop);
        await _product.RoundAfterAsync(TimeSpan.FromDays(1), Stop);
        Assert.Equal("live", await _product.Api.GetStateAsync(project, follows, Stop));
        await TellAsync(project);
        Assert.Empty(await AlertsAsync(project));
    }

    [Fact]
    public async Task What_happens_on_the_page_after_a_type_was_changed_is_told()
    {
        var project = await _product.Api.CreateProjectAsync(new { name = "Widgets", recipients = Anna, checkTargets = false }, Stop);
        var link = await AddAsync(project, 1, "forum");
        await _product.RoundAfterAsync(TimeSpan.FromDays(1), Stop);

        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}/types/forum", """{"rel":"follow"}""", HttpStatusCode.OK, Stop);
        await ChangeAsync(Nofollow);

        Assert.Equal("changed", await _product.Api.GetStateAsync(project, link, Stop));
        Assert.Single(await AlertsAsync(project));
    }

    private async Task<string> AddAsync(string project, int page, string type, string? rel = null)
    {
        var link = await _product.Api.RegisterAsync(
            project,
            rel is null
                ? new { page = _blog.Page(page), target = WatchedBlog.Target, type }
                : new { page = _blog.Page(page), target = WatchedBlog.Target, type, rel },
            Stop);
        await _product.RoundAsync(Stop);
        return link;
    }

    // Checks often enough for all that is suspected to be confirmed, then tells of it.
    private async Task ChangeAsync(string link)
    {
        _blog.Link = link;
        await _product.RoundAfterAsync(TimeSpan.FromDays(1), Stop);
        await _product.RoundAfterAsync(TimeSpan.FromHours(2), Stop);
    }

    private async Task SweepAfterAsync(TimeSpan time)
    {
        _product.Clock.Advance(time);
        await _product.TickAsync("SweepAlerts", Stop);
        await _product.DeliverAllAsync("SendAlerts", Stop);
    }

    private Task TellAsync(string project) =>
        _product.RunAsync("SendAlerts", JsonSerializer.Serialize(new { v = 1, project }), Stop);

    private async Task<IReadOnlyList<JsonElement>> AlertsAsync(string project)
    {
        await TellAsync(project);
        var all = (await _product.Api.GetAsync($"/api/v1/projects/{project}/alerts", Stop)).GetProperty("items");
        return [.. all.EnumerateArray().Where(alert => Text(alert, "kind") != "digest")];
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
