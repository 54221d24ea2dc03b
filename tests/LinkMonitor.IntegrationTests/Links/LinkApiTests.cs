using System.Net;
using System.Text;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Links;

public sealed class LinkApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiDriver _api = fixture.Product.Api;

    [Fact]
    public async Task New_link_is_created_and_the_same_link_again_is_the_same()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        var first = await _api.PostAsync(links, Link("https://blog.example.net/post"), HttpStatusCode.Created, stop);

        var again = await _api.PostAsync(links, Link("https://BLOG.example.net:443/post#top"), HttpStatusCode.OK, stop);

        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Single((await _api.GetAsync(links, stop)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Registering_again_with_other_expectations_applies_them_and_keeps_the_rest()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        await _api.PostAsync(
            links, Link("https://blog.example.net/post", new() { ["rel"] = "follow", ["note"] = "mine" }), HttpStatusCode.Created, stop);

        var again = await _api.PostAsync(
            links, Link("https://blog.example.net/post", new() { ["anchor"] = "Example" }), HttpStatusCode.OK, stop);

        Assert.Equal("follow", again.GetProperty("rel").GetString());
        Assert.Equal("Example", again.GetProperty("anchor").GetString());
        Assert.Equal("mine", again.GetProperty("note").GetString());
    }

    [Fact]
    public async Task Batch_answers_item_by_item_and_keeps_the_good_ones()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        const string batch = """
            [ {"page":"https://a.example.net/","target":"https://example.org/"},
              {"page":"ftp://a.example.net/","target":"https://example.org/"},
              {"page":"https://a.example.net/","target":"https://example.org/"},
              {"page":42,"target":"https://example.org/"},
              "nonsense",
              {"page":"https://b.example.net/","target":"https://example.org/","anchr":"x"} ]
            """;

        var answer = await _api.SendAsync(HttpMethod.Post, links, batch, HttpStatusCode.OK, stop);

        var results = answer.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal([0, 1, 2, 3, 4, 5], results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.Equal(4, answer.GetProperty("invalid").GetInt32());
        Assert.Equal(1, answer.GetProperty("created").GetInt32());
        Assert.Equal(1, answer.GetProperty("unchanged").GetInt32());
        Assert.Contains("http:// or https://", Problem(results[1], "page"), StringComparison.Ordinal);
        Assert.Contains("It must be text", Problem(results[3], "page"), StringComparison.Ordinal);
        Assert.Contains("this is text", Problem(results[4], "$"), StringComparison.Ordinal);
        Assert.Contains("no such field", Problem(results[5], "anchr"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lam\\uFFFEps", "anchor", "U+FFFE")]
    [InlineData("lam\\uDBFF\\uDFFFps", "anchor", "U+10FFFF")]
    [InlineData("lam\\uD800ps", "anchor", "U+D800")]
    public async Task Anchor_with_what_is_no_character_is_refused_by_name(string anchor, string field, string words)
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        var body = $$"""{"page":"https://a.example.net/","target":"https://example.org/","anchor":"{{anchor}}"}""";

        var problem = await _api.SendAsync(HttpMethod.Post, links, body, HttpStatusCode.BadRequest, stop);

        Assert.Contains(words, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_whose_name_is_no_text_is_refused()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        var id = (await _api.PostAsync(links, Link("https://blog.example.net/post"), HttpStatusCode.Created, stop)).GetProperty(
            "id").GetString();

        await _api.SendAsync(HttpMethod.Patch, $"{links}/{id}", """{"\uD800":1}""", HttpStatusCode.BadRequest, stop);
        await _api.SendAsync(HttpMethod.Post, links, """{"\uD800":1}""", HttpStatusCode.BadRequest, stop);
        await _api.SendAsync(
            HttpMethod.Post,
            links.Replace("/links", "/channels", StringComparison.Ordinal),
            """{"\uD800":1}""",
            HttpStatusCode.BadRequest,
            stop);
    }

    [Fact]
    public async Task Batch_of_1001_is_refused_whole()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        var batch = JsonSerializer.Serialize(Enumerable.Range(0, 1001).Select(n => Link($"https://blog.example.net/{n}")));

        var problem = await _api.SendAsync(HttpMethod.Post, links, batch, HttpStatusCode.BadRequest, stop);

        Assert.Contains("1001", problem.GetProperty("errors").GetProperty("$")[0].GetString(), StringComparison.Ordinal);
        Assert.Empty((await _api.GetAsync(links, stop)).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("not a url", "not a URL")]
    [InlineData("//", "not a URL")]
    [InlineData("ftp://blog.example.net/", "http:// or https://")]
    [InlineData("javascript:alert(1)", "http:// or https://")]
    [InlineData("", "needs a page")]
    [InlineData("http://user:secret@blog.example.net/", "user")]
    public async Task Page_that_cannot_be_watched_is_refused_with_a_reason(string page, string reason)
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);

        var problem = await _api.PostAsync(links, Link(page), HttpStatusCode.BadRequest, stop);

        var error = Assert.Single(problem.GetProperty("errors").GetProperty("page").EnumerateArray());
        Assert.Contains(reason, error.GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://127.0.0.1/", "loopback")]
    [InlineData("http://0x7f.1/", "loopback")]
    [InlineData("http://10.1.2.3/", "private")]
    [InlineData("http://169.254.169.254/latest/meta-data", "link-local")]
    [InlineData("http://localhost:8080/", "localhost")]
    [InlineData("http://[::1]/", "loopback")]
    [InlineData("https://blog.example.net:8443/", "port")]
    public async Task Private_page_is_refused_at_registration(string page, string reason)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var closed = await Product.StartAsync(fixture.Settings with { AllowPrivateNetworks = false }, stop);
        var project = await closed.Api.CreateProjectAsync(new { name = "Closed" }, stop);

        var problem = await closed.Api.PostAsync($"/api/v1/projects/{project}/links", Link(page), HttpStatusCode.BadRequest, stop);

        var error = Assert.Single(problem.GetProperty("errors").GetProperty("page").EnumerateArray());
        Assert.Contains(reason, error.GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("match", "regex", "exact")]
    [InlineData("rel", "noopener", "nofollow")]
    [InlineData("rel", "follow nofollow", "contradicts")]
    [InlineData("placement", "top", "footer")]
    public async Task Unknown_word_is_refused_with_the_known_ones(string field, string value, string hint)
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);

        var problem = await _api.PostAsync(
            links, Link("https://blog.example.net/", new() { [field] = value }), HttpStatusCode.BadRequest, stop);

        Assert.Contains(hint, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_JSON_is_told_with_its_place_as_a_problem_document()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        using var content = new StringContent(
            "{\"page\":\"https://blog.example.net/\",\n \"target\": }", Encoding.UTF8, "application/json");

        var response = await _api.Client.PostAsync(links, content, stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(stop)).RootElement;
        Assert.Contains("line 2", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_sent_as_JSON_is_415()
    {
        var stop = TestContext.Current.CancellationToken;
        using var content = new StringContent("page=x", Encoding.UTF8, "application/x-www-form-urlencoded");

        var response = await _api.Client.PostAsync(await LinksPathAsync(stop), content, stop);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_link_is_muted_for_a_while_for_ever_and_not_any_more()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        var link = await _api.PostAsync(
            links,
            Link("https://blog.example.net/post", new() { ["mutedUntil"] = "2026-12-21T09:00:00+01:00" }),
            HttpStatusCode.Created,
            stop);
        var path = $"{links}/{link.GetProperty("id").GetString()}";

        var forEver = await _api.SendAsync(HttpMethod.Patch, path, """{"muted":true}""", HttpStatusCode.OK, stop);
        var again = await _api.SendAsync(HttpMethod.Patch, path, """{"note":"kept"}""", HttpStatusCode.OK, stop);
        var not = await _api.SendAsync(HttpMethod.Patch, path, """{"muted":false}""", HttpStatusCode.OK, stop);
        var nonsense = await _api.SendAsync(
            HttpMethod.Patch, path, """{"muted":false,"mutedUntil":"2026-12-21T08:00:00Z"}""", HttpStatusCode.BadRequest, stop);

        Assert.Equal((true, "2026-12-21T08:00:00+00:00"), Mute(link));
        Assert.Equal((true, null), Mute(forEver));
        Assert.Equal((true, null), Mute(again));
        Assert.Equal((false, null), Mute(not));
        Assert.True(nonsense.GetProperty("errors").TryGetProperty("mutedUntil", out _));
        Assert.Equal((false, null), Mute(await _api.GetAsync(path, stop)));

        static (bool, string?) Mute(JsonElement link) =>
            (link.GetProperty("muted").GetBoolean(), link.GetProperty("mutedUntil").GetString());
    }

    [Fact]
    public async Task Patch_sets_what_is_given_resets_what_is_null_and_needs_a_target()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        var created = await _api.PostAsync(
            links, Link("https://blog.example.net/", new() { ["rel"] = "nofollow", ["anchor"] = "Example", ["note"] = "old" }),
            HttpStatusCode.Created, stop);
        var path = $"{links}/{created.GetProperty("id").GetString()}";

        var patched = await _api.SendAsync(
            HttpMethod.Patch, path, """{"rel":null,"note":"new","ignore":["placement"]}""", HttpStatusCode.OK, stop);
        var refused = await _api.SendAsync(HttpMethod.Patch, path, """{"target":null}""", HttpStatusCode.BadRequest, stop);

        Assert.Equal(JsonValueKind.Null, patched.GetProperty("rel").ValueKind);
        Assert.Equal("Example", patched.GetProperty("anchor").GetString());
        Assert.Equal("new", patched.GetProperty("note").GetString());
        Assert.Equal("placement", Assert.Single(patched.GetProperty("ignore").EnumerateArray()).GetString());
        Assert.True(refused.GetProperty("errors").TryGetProperty("target", out _));
    }

    [Fact]
    public async Task Deleted_link_is_gone_and_deleting_again_is_404()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        var created = await _api.PostAsync(links, Link("https://blog.example.net/"), HttpStatusCode.Created, stop);
        var path = $"{links}/{created.GetProperty("id").GetString()}";

        await _api.SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NoContent, stop);

        await _api.SendAsync(HttpMethod.Get, path, null, HttpStatusCode.NotFound, stop);
        await _api.SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NotFound, stop);
    }

    [Fact]
    public async Task List_filters_and_pages()
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        var batch = Enumerable.Range(0, 25).Select(
            n => Link($"https://{(n % 2 == 0 ? "even" : "odd")}.example.net/{n}", new() { ["tags"] = new[] { $"t{n % 5}" } }));
        await _api.PostAsync(links, batch, HttpStatusCode.OK, stop);

        var odd = await _api.GetAsync($"{links}?host=odd.example.net", stop);
        var tagged = await _api.GetAsync($"{links}?tag=t3", stop);
        var text = await _api.GetAsync($"{links}?q=NET/24", stop);
        var live = await _api.GetAsync($"{links}?state=live", stop);
        var first = await _api.GetAsync($"{links}?limit=20", stop);
        var rest = await _api.GetAsync($"{links}?limit=20&cursor={Uri.EscapeDataString(first.GetProperty("cursor").GetString()!)}", stop);

        Assert.Equal(12, Count(odd));
        Assert.Equal(5, Count(tagged));
        Assert.Equal(1, Count(text));
        Assert.Equal(0, Count(live));
        Assert.Equal([20, 5], [Count(first), Count(rest)]);
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("cursor").ValueKind);
    }

    [Theory]
    [InlineData("state=alive", "state")]
    [InlineData("reason=gone", "reason")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    public async Task Wrong_query_is_refused(string query, string field)
    {
        var stop = TestContext.Current.CancellationToken;

        var problem = await _api.SendAsync(HttpMethod.Get, $"{await LinksPathAsync(stop)}?{query}", null, HttpStatusCode.BadRequest, stop);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=%00%ff")]
    public async Task Wrong_cursor_is_refused(string query)
    {
        var stop = TestContext.Current.CancellationToken;

        var problem = await _api.SendAsync(HttpMethod.Get, $"{await LinksPathAsync(stop)}?{query}", null, HttpStatusCode.BadRequest, stop);

        Assert.True(problem.GetProperty("errors").TryGetProperty("cursor", out _), problem.ToString());
    }

    [Fact]
    public async Task A_link_that_is_sent_alone_is_checked_at_once_and_so_it_is_when_asked_for()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);

        var path = await RegisterPostAsync(web, stop);
        await fixture.Product.DeliverAllAsync("CheckPage", stop);
        Assert.Equal("live", (await _api.GetAsync(path, stop)).GetProperty("state").GetString());

        await _api.PostAsync($"{path}/check", null, HttpStatusCode.Accepted, stop);
        await fixture.Product.DeliverAllAsync("CheckPage", stop);
        Assert.Equal(2, web.Requests.Count(request => request.Path == "/post"));
    }

    [Fact]
    public async Task A_link_is_checked_at_once_when_something_else_is_expected_and_only_then()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        var path = await RegisterPostAsync(web, stop);
        await fixture.Product.DeliverAllAsync("CheckPage", stop);

        await _api.SendAsync(HttpMethod.Patch, path, """{"note":"only words"}""", HttpStatusCode.OK, stop);
        await fixture.Product.DeliverAllAsync("CheckPage", stop);
        Assert.Single(web.Requests, request => request.Path == "/post");

        await _api.SendAsync(HttpMethod.Patch, path, """{"rel":"nofollow"}""", HttpStatusCode.OK, stop);
        await fixture.Product.DeliverAllAsync("CheckPage", stop);
        Assert.Equal(2, web.Requests.Count(request => request.Path == "/post"));
    }

    [Fact]
    public async Task Of_an_array_each_link_is_told_what_became_of_it_also_one_that_is_there_twice_or_damaged()
    {
        var stop = TestContext.Current.CancellationToken;
        var settings = ProductSettings.InMemory();
        await using var product = await Product.StartAsync(settings, stop);
        var project = await product.Api.CreateProjectAsync(new { name = "Acme" }, stop);
        var damaged = await product.Api.RegisterAsync(project, Link("https://broken.example/"), stop);
        var table = new MemoryStorage(settings.Memory!).Tables.Open("Links");
        var row = (await table.GetAsync(project, $"link:{damaged}", stop))!;
        row["expectation"] = "{";
        await table.PutAsync(row, stop);

        var answer = await product.Api.PostAsync(
            $"/api/v1/projects/{project}/links",
            new[]
            {
                Link("https://new.example/"), Link("https://broken.example/"), Link("ftp://wrong.example/"), Link("https://new.example/"),
            },
            HttpStatusCode.OK,
            stop);

        var results = answer.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([201, 503, 400, 200], results.Select(result => result.GetProperty("status").GetInt32()));
        Assert.Equal(
            ["created", "invalid", "invalid", "unchanged"], results.Select(result => result.GetProperty("outcome").GetString()));
        Assert.Contains("cannot be read", results[1].GetProperty("problem").ToString(), StringComparison.Ordinal);
        Assert.Equal((1, 1, 2), (answer.GetProperty("created").GetInt32(), answer.GetProperty("unchanged").GetInt32(),
            answer.GetProperty("invalid").GetInt32()));
    }

    [Theory]
    [InlineData("links", "8 MiB")]
    [InlineData("views", "64 KiB")]
    public async Task A_body_that_is_too_large_is_told_the_limit_of_its_address(string list, string limit)
    {
        var stop = TestContext.Current.CancellationToken;
        var links = await LinksPathAsync(stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, links[..^"links".Length] + list)
        {
            Content = new ByteArrayContent(new byte[9 * 1024 * 1024]) { Headers = { ContentType = new("application/json") } },
            // Asks first, as the server does not read on.
            Headers = { ExpectContinue = true },
        };

        using var answer = await _api.Client.SendAsync(request, stop);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains($"At this address it may have {limit}.", await answer.Content.ReadAsStringAsync(stop), StringComparison.Ordinal);
    }

    /// <returns>The path of a link that stands on a page of this web.</returns>
    private async Task<string> RegisterPostAsync(LocalWeb web, CancellationToken stop)
    {
        web.MapHtml("/post", "<p>Words and <a href='https://example.org/'>Example</a> here.</p>");
        var links = await LinksPathAsync(stop);
        var created = await _api.PostAsync(links, Link(web.Url("/post")), HttpStatusCode.Created, stop);
        return $"{links}/{created.GetProperty("id").GetString()}";
    }

    private async Task<string> LinksPathAsync(CancellationToken stop) =>
        $"/api/v1/projects/{await _api.CreateProjectAsync(new { name = "Example" }, stop)}/links";

    private static Dictionary<string, object> Link(string page, Dictionary<string, object>? more = null)
    {
        var link = new Dictionary<string, object>(more ?? []) { ["page"] = page, ["target"] = "https://example.org/" };
        return link;
    }

    private static int Count(JsonElement list) => list.GetProperty("items").GetArrayLength();

    private static string Problem(JsonElement result, string field) =>
        result.GetProperty("problem").GetProperty("errors").GetProperty(field)[0].GetString()!;
}
