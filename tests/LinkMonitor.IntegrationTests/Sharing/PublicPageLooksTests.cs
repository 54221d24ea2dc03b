using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Sharing;

/// <summary>
/// The public pages in a browser, light and dark: their policy lets their own style through and nothing else is asked for. To look at them,
/// set
/// <c>LINKMONITOR_SCREENSHOTS</c> to a folder.
/// </summary>
public sealed class PublicPageLooksTests(ApiFixture fixture, BrowserFixture browsers) : IClassFixture<ApiFixture>
{
    // How many row heads are broken inside a word.
    private const string BrokenHeads = """
        [...document.querySelectorAll('th')].filter(th => th.firstChild && th.firstChild.nodeType === 3
          && [...th.firstChild.data.matchAll(/\S+/g)].some(word => {
            const range = document.createRange();
            range.setStart(th.firstChild, word.index);
            range.setEnd(th.firstChild, word.index + word[0].length);
            return range.getClientRects().length > 1;
          })).length
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, "rgb(244, 246, 251)")]
    [InlineData(ColorScheme.Dark, "rgb(16, 20, 29)")]
    public async Task Pages_are_styled_load_nothing_and_fit_a_telephone(ColorScheme scheme, string background)
    {
        var pages = await PagesAsync();
        await using var context = await (await browsers.GetAsync(Token)).NewContextAsync(
            new() { ColorScheme = scheme, Locale = "en-US", ViewportSize = new() { Width = 360, Height = 800 } });
        var tab = await context.NewPageAsync();
        List<string> complaints = [], asked = [];
        tab.Console += (_, message) => complaints.Add(message.Text);
        tab.Request += (_, request) => asked.Add(request.Url);
        foreach (var (name, address) in pages)
        {
            asked.Clear();
            await tab.GotoAsync(address.AbsoluteUri);

            if (address.AbsolutePath.StartsWith("/s/", StringComparison.Ordinal))
                Assert.Equal(background, await tab.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
            Assert.True(
                await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than a telephone.");
            Assert.Equal([address.AbsoluteUri], asked.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
            Assert.Equal(0, await tab.EvaluateAsync<int>(BrokenHeads));
            await ShootAsync(tab, $"{name}-{scheme}");
        }

        // Chromium reports a 404 as such.
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("404", StringComparison.Ordinal));
    }

    private static async Task ShootAsync(IPage tab, string name)
    {
        if (Environment.GetEnvironmentVariable("LINKMONITOR_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        foreach (var width in new[] { 1280, 360 })
        {
            await tab.SetViewportSizeAsync(width, 800);
            await tab.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
        }
    }

    private async Task<IReadOnlyList<(string Name, Uri Address)>> PagesAsync()
    {
        var api = fixture.Product.Api;
        var project = new ProjectId(
            await api.CreateProjectAsync(new { name = "Example Widgets", recipients = new[] { "anna@example.org" } }, Token));
        var links = await fixture.Product.LinksAsync(project, Token);
        var id = new LinkId(
            await api.RegisterAsync(
                project.Value,
                new
                {
                    page = "https://blog.example.net/2026/11/a-rather-long-post-about-widgets-and-what-they-are-for",
                    target = "https://example.org/",
                },
                Token));
        var pending = new LinkId(
            await api.RegisterAsync(project.Value, new { page = "https://blog.example.net/new", target = "https://example.org/" }, Token));
        var store = fixture.Product.Get<ILinkStore>();
        var link = (await store.GetAsync(project, id, Token))!;
        var status = StorageSamples.FullLink(project).Status with
        {
            State = LinkState.Lost,
            LastEvidence =
                StorageSamples.Evidence(
                    StorageSamples.Noon) with
                {
                    LinkUrl = null,
                    Rel = null,
                    Follow = null,
                    Anchor = null,
                    Kind = null,
                    Placement = null,
                    Hidden = null,
                },
        };
        await store.SaveCheckAsync(link with { Status = status }, StorageSamples.Change(link, StorageSamples.Noon), Token);
        return
        [
            ("link", links.Link(project, id)!),
            ("pending", links.Link(project, pending)!),
            ("unsubscribe", links.Unsubscribe(project, ChannelIdFactory.For(project, ChannelKind.Email, "anna@example.org"))!),
            ("mute", links.Mute(project, id)!),
            ("recheck", links.Recheck(project, id)!),
            ("nothing", new Uri(links.Feed(project)!, "x")),
            ("landing", new Uri(links.Feed(project)!, "/")),
            ("docs", new Uri(links.Feed(project)!, "/docs/plain")),
            ("sample-refund", new Uri(links.Feed(project)!, "/docs/samples/refund-pack")),
            ("sample-vendors", new Uri(links.Feed(project)!, "/docs/samples/vendor-report")),
        ];
    }
}
