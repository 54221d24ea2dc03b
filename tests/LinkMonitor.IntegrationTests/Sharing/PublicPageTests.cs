using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Sharing;

public sealed class PublicPageTests(ApiFixture fixture) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private readonly HttpClient _reader = new(new SocketsHttpHandler { UseProxy = false });
    private PublicLinks _links = null!;
    private ProjectId _project;
    private LinkId _link;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ApiDriver Api(ApiFixture fixture) => fixture.Product.Api;

    public async ValueTask InitializeAsync()
    {
        _project =
            new ProjectId(
                await Api(fixture).CreateProjectAsync(new { name = "<b>Example</b>", recipients = new[] { "anna@example.org" } }, Token));
        _links = await fixture.Product.LinksAsync(_project, Token);
        _link =
            new LinkId(
                await Api(fixture).RegisterForScheduleAsync(
                    _project.Value, new { page = "https://blog.example.net/<i>post</i>", target = "https://example.org/" }, Token));
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_reader_unsubscribes_and_comes_back_and_looking_changes_nothing()
    {
        var address = _links.Unsubscribe(_project, Anna)!;

        Assert.Contains("Stop these alerts?", await GetAsync(address, HttpStatusCode.OK), StringComparison.Ordinal);
        Assert.Equal("active", await StateAsync());
        Assert.Contains("The alerts have stopped", await PostAsync(address, ("do", "unsubscribe")), StringComparison.Ordinal);
        Assert.Contains("The alerts have stopped", await PostAsync(address, ("do", "unsubscribe")), StringComparison.Ordinal);
        Assert.Contains("Start the alerts again", await GetAsync(address, HttpStatusCode.OK), StringComparison.Ordinal);
        Assert.Equal("unsubscribed", await StateAsync());
        Assert.Contains("The alerts have started again", await PostAsync(address, ("do", "subscribe")), StringComparison.Ordinal);
        Assert.Equal("active", await StateAsync());
    }

    [Fact]
    public async Task One_click_unsubscribes_at_once()
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

        using var answer = await _reader.PostAsync(_links.Unsubscribe(_project, Anna), content, Token);

        Assert.Equal((HttpStatusCode.OK, "text/plain"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("unsubscribed", await StateAsync());
    }

    [Fact]
    public async Task A_reader_does_not_start_what_the_owner_paused()
    {
        await Api(fixture).SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{_project}/channels/{Anna}", """{"state":"paused"}""", HttpStatusCode.OK, Token);

        Assert.Contains(
            "Nothing was changed", await PostAsync(_links.Unsubscribe(_project, Anna)!, ("do", "subscribe")), StringComparison.Ordinal);
        Assert.Equal("paused", await StateAsync());
    }

    [Fact]
    public async Task Who_is_no_recipient_any_more_is_told_so()
    {
        await Api(fixture).SendAsync(HttpMethod.Patch, $"/api/v1/projects/{_project}", """{"recipients":[]}""", HttpStatusCode.OK, Token);

        Assert.Contains(
            "These alerts no longer exist",
            await GetAsync(_links.Unsubscribe(_project, Anna)!, HttpStatusCode.OK), StringComparison.Ordinal);
        Assert.Contains(
            "These alerts no longer exist",
            await PostAsync(_links.Unsubscribe(_project, Anna)!, ("do", "unsubscribe")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_muted_for_30_days_for_good_and_not_any_more()
    {
        var address = _links.Mute(_project, _link)!;

        await GetAsync(address, HttpStatusCode.OK);
        await PostAsync(address, ("do", "nonsense"));
        Assert.False((await LinkAsync()).GetProperty("muted").GetBoolean());
        Assert.Contains("nobody is notified until", await PostAsync(address, ("do", "mute-30")), StringComparison.Ordinal);
        Assert.Equal(fixture.Settings.Clock.GetUtcNow().AddDays(30), (await LinkAsync()).GetProperty("mutedUntil").GetDateTimeOffset());
        await PostAsync(address, ("do", "mute"));
        Assert.Equal(
            (true, JsonValueKind.Null),
            ((await LinkAsync()).GetProperty("muted").GetBoolean(), (await LinkAsync()).GetProperty("mutedUntil").ValueKind));
        Assert.Contains("Stop alerts about this link?", await PostAsync(address, ("do", "unmute")), StringComparison.Ordinal);
        Assert.False((await LinkAsync()).GetProperty("muted").GetBoolean());
    }

    [Fact]
    public async Task A_recheck_is_asked_for_by_a_POST_only()
    {
        var queue = fixture.Product.Queues.Open(QueueNames.PageChecks);
        await TakeAllAsync(queue);

        await GetAsync(_links.Recheck(_project, _link)!, HttpStatusCode.OK);
        var before = await TakeAllAsync(queue);
        Assert.Contains("is being checked", await PostAsync(_links.Recheck(_project, _link)!, ("do", "recheck")), StringComparison.Ordinal);

        Assert.Equal(0, before);
        Assert.Equal(1, await TakeAllAsync(queue));
    }

    /// <returns>How many messages were visible.</returns>
    private static async Task<int> TakeAllAsync(IQueueAccess queue)
    {
        var taken = 0;
        while (await queue.ReceiveAsync(IQueueAccess.MaxBatch, TimeSpan.FromMinutes(1), Token) is { Count: > 0 } messages)
            foreach (var message in messages)
                taken += await queue.DeleteAsync(message, Token) ? 1 : 0;
        return taken;
    }

    [Fact]
    public async Task A_link_shows_its_evidence_and_encodes_what_the_web_said()
    {
        var store = fixture.Product.Get<ILinkStore>();
        var link = (await store.GetAsync(_project, _link, Token))!;
        var change = StorageSamples.Change(link, StorageSamples.Noon);
        var status = StorageSamples.FullLink(_project).Status;
        await store.SaveCheckAsync(
            link with { Status = status with { LastEvidence = status.LastEvidence! with { Title = "<script>alert(1)</script>" } } },
            change,
            Token);

        var html = await GetAsync(_links.Link(_project, _link)!, HttpStatusCode.OK);

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>post", html, StringComparison.Ordinal);
        Assert.Contains("History", html, StringComparison.Ordinal);
        Assert.Contains("../recheck/", html, StringComparison.Ordinal);
        Assert.Contains("../mute/", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_keeps_to_itself()
    {
        foreach (var address in new[]
        {
            _links.Unsubscribe(_project, Anna),
            _links.Mute(_project, _link),
            _links.Recheck(_project, _link),
            _links.Link(_project, _link),
            new Uri(_links.Feed(_project)!, "nothing"),
        })
        {
            using var answer = await _reader.GetAsync(address, Token);
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("noindex, nofollow", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("unsubscribe")]
    [InlineData("mute")]
    [InlineData("recheck")]
    [InlineData("links")]
    [InlineData("feeds")]
    [InlineData("elsewhere")]
    public async Task A_token_that_opens_nothing_gets_a_friendly_404(string path)
    {
        var foreign = _links.Unsubscribe(_project, new ChannelId("chn_none"))!.Segments[^1];
        var root = new Uri(_links.Feed(_project)!, "/");

        foreach (var token in new[] { "x", foreign[..^1], path == "unsubscribe" ? "a.b" : foreign })
            Assert.Contains(
                "This address does not work",
                await GetAsync(new Uri(root, $"/s/{path}/{token}"), HttpStatusCode.NotFound),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_is_read_with_a_key_and_at_its_public_address_and_not_twice()
    {
        var store = fixture.Product.Get<ILinkStore>();
        var link = (await store.GetAsync(_project, _link, Token))!;
        var change = StorageSamples.Change(link, StorageSamples.Noon);
        await store.SaveCheckAsync(link, change, Token);

        using var shared = await _reader.GetAsync(_links.Feed(_project), Token);
        using var keyed = await Api(fixture).Client.GetAsync($"/api/v1/projects/{_project}/changes.rss", Token);
        using var again = new HttpRequestMessage(
            HttpMethod.Get, _links.Feed(_project))
        {
            Headers = { IfNoneMatch = { shared.Headers.ETag! } },
        };
        using var unchanged = await _reader.SendAsync(again, Token);

        foreach (var answer in new[] { shared, keyed })
        {
            Assert.Equal("application/rss+xml; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(StorageSamples.Noon.ToUnixTimeSeconds(), answer.Content.Headers.LastModified!.Value.ToUnixTimeSeconds());
            var feed = XDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
            Assert.Equal(
                _links.Feed(_project)!.AbsoluteUri,
                feed.Root!.Element("channel")!.Element(XName.Get("link", "http://www.w3.org/2005/Atom"))!.Attribute("href")!.Value);
            Assert.Equal(change.Id, feed.Root!.Element("channel")!.Element("item")!.Element("guid")!.Value);
        }

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using var closed = await _reader.GetAsync(new Uri(_links.Feed(_project)!, $"/api/v1/projects/{_project}/changes.rss"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
    }

    private ChannelId Anna => ChannelIdFactory.For(_project, ChannelKind.Email, "anna@example.org");

    private async Task<string?> StateAsync() =>
        (await Api(fixture).GetAsync($"/api/v1/projects/{_project}/channels/{Anna}", Token)).GetProperty("state").GetString();

    private Task<JsonElement> LinkAsync() => Api(fixture).GetLinkAsync(_project.Value, _link.Value, Token);

    private async Task<string> GetAsync(Uri address, HttpStatusCode expected)
    {
        using var answer = await _reader.GetAsync(address, Token);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private async Task<string> PostAsync(Uri address, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _reader.PostAsync(address, content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
