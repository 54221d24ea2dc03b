using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using LinkMonitor.Exports;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Exports;

/// <summary>
/// Secret addresses of views (<see cref="ExportAddressBook"/>, <see cref="ExportAddressEndpoints"/>, <see cref="SharedExportEndpoint"/>,
/// <see cref="ViewFeed"/>), and the disavow file over the API (<see cref="DisavowEndpoints"/>):
/// made, followed, opened by whoever has them, revoked.
/// </summary>
public sealed class ExportAddressTests : IAsyncLifetime
{
    private Product _product = null!;
    private string _project = "";
    private HttpClient _reader = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => $"/api/v1/projects/{_project}/public-addresses/exports";

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "Example" }, Stop);
        _reader = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _product.DisposeAsync();
    }

    [Fact]
    public async Task A_spreadsheet_reads_a_view_without_a_key_and_the_address_follows_the_view()
    {
        await AddAsync("https://a.example/", "spring");
        await AddAsync("https://b.example/", "autumn");
        var view = await _product.Api.PostAsync(
            $"/api/v1/projects/{_project}/views", new { name = "Season", filter = "tag:spring" }, HttpStatusCode.Created, Stop);
        var url = await MakeAsync("csv", view.GetProperty("id").GetString());

        var (answer, text) = await ReadAsync(url);
        Assert.StartsWith("page,target,", text, StringComparison.Ordinal);
        Assert.Contains("\r\nhttps://a.example/,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("b.example", text, StringComparison.Ordinal);
        Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl is { Private: true, NoCache: true });
        Assert.Equal(0xEF, (await _reader.GetByteArrayAsync($"{url}?bom=true", Stop))[0]);

        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{_project}/views/{view.GetProperty("id")}", """{"filter":"tag:autumn"}""",
            HttpStatusCode.OK, Stop);
        Assert.Contains("\r\nhttps://b.example/,", (await ReadAsync(url)).Text, StringComparison.Ordinal);
        await _product.Api.SendAsync(
            HttpMethod.Delete, $"/api/v1/projects/{_project}/views/{view.GetProperty("id")}", null, HttpStatusCode.NoContent, Stop);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(url)).Answer.StatusCode);
    }

    [Fact]
    public async Task Wrong_guessed_revoked_and_other_files_are_one_answer()
    {
        var url = await MakeAsync("csv", null);
        var id = (await ListAsync())[0].GetProperty("id").GetString();
        var token = url.AbsoluteUri.Split('/')[^2];
        var none = (await ReadAsync(new Uri(url, "/s/exports/none/links.csv").AbsoluteUri)).Text;
        List<string> wrong =
        [
            url.AbsoluteUri.Replace(token, token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), StringComparison.Ordinal),
            url.AbsoluteUri.Replace("links.csv", "links.jsonl", StringComparison.Ordinal),
            url.AbsoluteUri.Replace("links.csv", "terms.ics", StringComparison.Ordinal),
            new Uri(url, $"/s/feeds/{token}").AbsoluteUri, new Uri(url, $"/s/exports/{token}").AbsoluteUri,
            new Uri(url, $"/s/exports/{id}/links.csv").AbsoluteUri,
        ];
        foreach (var address in wrong)
            await IsNoneAsync(address);

        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(url.AbsoluteUri)).Answer.StatusCode);
        await _product.Api.SendAsync(HttpMethod.Delete, $"{Path}/{id}", null, HttpStatusCode.NoContent, Stop);
        await IsNoneAsync(url.AbsoluteUri);
        await _product.Api.SendAsync(HttpMethod.Delete, $"{Path}/{id}", null, HttpStatusCode.NotFound, Stop);

        async Task IsNoneAsync(string address)
        {
            var (answer, text) = await ReadAsync(address);
            Assert.Equal((address, HttpStatusCode.NotFound), (address, answer.StatusCode));
            Assert.Equal(none, text);
        }
    }

    [Fact]
    public async Task It_is_told_once_kept_as_a_hash_and_says_when_it_was_opened()
    {
        var url = await MakeAsync("jsonl", "lost-this-week");
        var token = url.AbsoluteUri.Split('/')[^2];
        var secret = Encoding.UTF8.GetString(Convert.FromBase64String(Padded(token.Split('.')[0]))).Split('\n')[1];
        var listed = Assert.Single(await ListAsync());

        Assert.Equal(JsonValueKind.Null, listed.GetProperty("url").ValueKind);
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("openedAt").ValueKind);
        Assert.Equal("Lost this week", listed.GetProperty("viewName").GetString());
        var stored = JsonSerializer.Serialize(await _product.Get<IExportAddressStore>().ListAsync(new ProjectId(_project), Stop));
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);

        await ReadAsync(url.AbsoluteUri);
        var first = (await ListAsync())[0].GetProperty("openedAt").GetDateTimeOffset();
        _product.Clock.Advance(ExportAddressBook.OpenedWithin / 2);
        await ReadAsync(url.AbsoluteUri);
        Assert.Equal(first, (await ListAsync())[0].GetProperty("openedAt").GetDateTimeOffset());
        _product.Clock.Advance(ExportAddressBook.OpenedWithin);
        await ReadAsync(url.AbsoluteUri);
        Assert.NotEqual(first, (await ListAsync())[0].GetProperty("openedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task All_addresses_of_a_project_are_revoked_with_its_others()
    {
        var url = await MakeAsync("csv", null);

        await _product.Api.SendAsync(
            HttpMethod.Post, $"/api/v1/projects/{_project}/public-addresses/revoke", null, HttpStatusCode.NoContent, Stop);

        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(url.AbsoluteUri)).Answer.StatusCode);
        Assert.Empty(await ListAsync());

        // A list only reads; whoever makes the next clears them away.
        var stored = _product.Get<IExportAddressStore>();
        Assert.Single((await stored.ListAsync(new ProjectId(_project), Stop)).Items);
        await MakeAsync("rss", null);
        Assert.Equal(ExportGift.Rss, Assert.Single((await stored.ListAsync(new ProjectId(_project), Stop)).Items).Gives);
    }

    [Fact]
    public async Task A_feed_has_the_changes_of_its_view_with_identities_that_stay_and_nothing_to_do()
    {
        var lost = await ChangedAsync("https://a.example/", "spring");
        await ChangedAsync("https://b.example/", "autumn");
        var view = await _product.Api.PostAsync(
            $"/api/v1/projects/{_project}/views", new { name = "Season", filter = "tag:spring" }, HttpStatusCode.Created, Stop);
        var url = await MakeAsync("rss", view.GetProperty("id").GetString());

        var (answer, text) = await ReadAsync(url.AbsoluteUri);
        var feed = XDocument.Parse(text).Root!.Element("channel")!;
        var item = Assert.Single(feed.Elements("item"));

        Assert.Equal("Link changes of Example: Season", feed.Element("title")!.Value);
        Assert.Equal(lost, item.Element("guid")!.Value);
        Assert.Equal("https://a.example/", item.Element("link")!.Value);
        Assert.DoesNotContain("/s/links/", text, StringComparison.Ordinal);
        Assert.Equal(text, (await ReadAsync(url.AbsoluteUri)).Text);
        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _reader.SendAsync(again, Stop)).StatusCode);
    }

    [Fact]
    public async Task A_calendar_has_the_ends_of_terms()
    {
        await _product.Api.RegisterAsync(
            _project, new
            {
                page = "https://a.example/",
                target = "https://example.org/",
                terms = new { vendor = "Acme", cost = 10, currency = "EUR", start = "2026-01-01", end = "2199-01-01" },
            }, Stop);
        var url = await MakeAsync("ics", null);

        var (answer, text) = await ReadAsync(url.AbsoluteUri);

        Assert.Equal("text/calendar; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.Contains("DTSTART;VALUE=DATE:21990101\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "gives")]
    [InlineData("""{"gives":"pdf"}""", "gives")]
    [InlineData("""{"gives":"csv","view":"viw_22222222222222222222222222"}""", "view")]
    public async Task An_address_of_nothing_is_refused(string order, string field)
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Post, Path, order, HttpStatusCode.BadRequest, Stop);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task A_disavow_file_takes_a_filter_a_tag_and_the_name_of_the_project()
    {
        var path = $"/api/v1/projects/{_project}/disavow";
        await AddAsync("https://spam.example/", "unwanted");
        await AddAsync("https://good.example/", "spring");

        var preview = await _product.Api.PostAsync($"{path}/preview", new { filter = "host:*.example" }, HttpStatusCode.OK, Stop);
        Assert.Equal((1, 1), (preview.GetProperty("count").GetInt32(), preview.GetProperty("leftCount").GetInt32()));
        foreach (var body in (object[])[new { }, new { filter = "" }, new { filter = "sort:page", confirm = "Example" },
            new { filter = "tag:unwanted" }, new { filter = "tag:unwanted", confirm = "example" },
            new { filter = "tag:spring", confirm = "Example" }])
            await _product.Api.PostAsync($"{path}.txt", body, HttpStatusCode.BadRequest, Stop);

        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            _product.Api.Client, $"{path}.txt", new { filter = "tag:unwanted", confirm = "Example" }, Stop);
        Assert.Equal(
            ["domain:spam.example"],
            (await answer.Content.ReadAsStringAsync(Stop)).Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')));
        Assert.Contains(
            (await _product.Api.GetAsync($"/api/v1/projects/{_project}/audit", Stop)).GetProperty("items").EnumerateArray(),
            entry => entry.GetProperty("what").GetString() == "Made a disavow file of 1 line: tag:unwanted");
    }

    private Task<string> AddAsync(string page, string tag) => _product.Api.RegisterAsync(
        _project, new { page, target = "https://example.org/", tags = new[] { tag } }, Stop);

    /// <returns>The identity of the change.</returns>
    private async Task<string> ChangedAsync(string page, string tag)
    {
        var id = new LinkId(await AddAsync(page, tag));
        var links = _product.Get<ILinkStore>();
        var link = (await links.GetAsync(new ProjectId(_project), id, Stop))!;
        var change = StorageSamples.Change(link, _product.Clock.GetUtcNow());
        await links.SaveCheckAsync(link, change, Stop);
        return (await links.ListHistoryAsync(link.ProjectId, id, 10, null, Stop)).Items[0].Id;
    }

    private async Task<Uri> MakeAsync(string gives, string? view) => new((await _product.Api.PostAsync(
        Path, new { gives, view }, HttpStatusCode.Created, Stop)).GetProperty("url").GetString()!);

    private async Task<IReadOnlyList<JsonElement>> ListAsync() =>
        [.. (await _product.Api.GetAsync(Path, Stop)).GetProperty("items").EnumerateArray()];

    private Task<(HttpResponseMessage Answer, string Text)> ReadAsync(Uri url) => ReadAsync(url.AbsoluteUri);

    private async Task<(HttpResponseMessage Answer, string Text)> ReadAsync(string url)
    {
        var answer = await _reader.GetAsync(url, Stop);
        return (answer, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static string Padded(string text) =>
        text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
}
