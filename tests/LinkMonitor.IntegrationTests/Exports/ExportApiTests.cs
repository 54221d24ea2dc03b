using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LinkMonitor.Exports;
using LinkMonitor.IntegrationTests.Imports;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Exports;

/// <summary>
/// Links as files over the API (<see cref="ExportEndpoints"/>, <see cref="LinkExport"/>, <see cref="PendingStream"/>), and read back.
/// </summary>
public sealed class ExportApiTests : IAsyncLifetime
{
    private Product _product = null!;
    private string _project = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => $"/api/v1/projects/{_project}";

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "Example / \"日本\"" }, Stop);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Csv_has_its_header_its_mark_and_a_guarded_line_a_link()
    {
        await AddAsync("https://a.example/", "=cmd()", "one");
        using var answer = await GetAsync("export.csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        var text = Encoding.UTF8.GetString(bytes);

        Assert.Equal("text/csv; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.StartsWith("attachment;", $"{answer.Content.Headers.ContentDisposition}", StringComparison.Ordinal);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith(string.Join(',', ExportColumns.Names) + "\r\nhttps://a.example/,", text[1..], StringComparison.Ordinal);
        Assert.Contains("'=cmd()", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith(
            "page,", await (await GetAsync("export.csv?bom=false")).Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_and_a_view_choose_the_links_and_an_unknown_view_is_none()
    {
        await AddAsync("https://a.example/", "one", "spring");
        await AddAsync("https://b.example/", "two", "spring");
        await AddAsync("https://c.example/", "three", "autumn");
        var view = await _product.Api.PostAsync(
            $"{Path}/views", new { name = "Spring", filter = "tag:spring" }, HttpStatusCode.Created, Stop);

        Assert.Equal(["https://a.example/", "https://b.example/", "https://c.example/"], await PagesAsync("export.jsonl"));
        Assert.Equal(["https://c.example/"], await PagesAsync("export.jsonl?filter=-tag:spring"));
        Assert.Equal(["https://b.example/"], await PagesAsync($"export.jsonl?view={view.GetProperty("id")}&host=b.example"));
        Assert.Empty(await PagesAsync("export.jsonl?view=lost-this-week"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("export.csv?view=viw_22222222222222222222222222")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync("export.csv?filter=stat:lost")).StatusCode);
    }

    [Fact]
    public async Task A_line_of_JSON_lines_is_the_link_as_the_API_gives_it()
    {
        await AddAsync("https://a.example/", "日本 <b>", "one");

        var line = Assert.Single(Lines(await (await GetAsync("export.jsonl")).Content.ReadAsStringAsync(Stop)));
        var link = (await _product.Api.GetAsync($"{Path}/links", Stop)).GetProperty("items")[0];

        Assert.True(JsonElement.DeepEquals(link, JsonDocument.Parse(line).RootElement), line);
        Assert.All(line, character => Assert.True(char.IsAscii(character)));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await AddAsync("https://a.example/", "one", "one");
        using var first = await GetAsync("export.csv");
        await first.Content.ReadAsByteArrayAsync(Stop);

        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync("export.csv", first.Headers.ETag)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("export.csv?bom=false", first.Headers.ETag)).StatusCode);
        await AddAsync("https://b.example/", "two", "one");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("export.csv", first.Headers.ETag)).StatusCode);
    }

    [Fact]
    public async Task A_workbook_is_one_that_opens_with_a_row_a_link()
    {
        await AddAsync("https://a.example/?q=\"x\"&y=<z>", "=1+1", "one");
        await using var stream = await (await GetAsync("export.xlsx")).Content.ReadAsStreamAsync(Stop);
        await using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        using var reader = new StreamReader(await zip.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Stop));
        var sheet = await reader.ReadToEndAsync(Stop);

        Assert.Contains("state=\"frozen\"", sheet, StringComparison.Ordinal);
        Assert.Contains("<autoFilter ref=\"A1:AG2\"/><hyperlinks><hyperlink ref=\"A2\"", sheet, StringComparison.Ordinal);
        Assert.Contains(">'=1+1</t>", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", sheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("jsonl")]
    public async Task An_export_imported_into_another_project_makes_the_same_links(string format)
    {
        for (var number = 0; number < 1_200; number++)
            await AddManyAsync(number);
        var other = await ImportDriver.CreateAsync(_product);
        var file = await (await GetAsync($"export.{format}")).Content.ReadAsByteArrayAsync(Stop);
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var begun = await _product.Api.Client.PostAsync(other.Path, content, Stop);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        await _product.DeliverAllAsync("ImportLinks", Stop);

        Assert.Equal(await DecidedAsync(Path), await DecidedAsync($"/api/v1/projects/{other.Project}"));
    }

    [Fact]
    public async Task A_large_export_comes_in_parts_and_is_whole()
    {
        for (var number = 0; number < 1_200; number++)
            await AddManyAsync(number);

        var text = await (await GetAsync("export.csv?bom=false&filter=sort:page")).Content.ReadAsStringAsync(Stop);
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1_201, lines.Length);
        Assert.Equal(1_200, lines.Skip(1).Select(line => line.Split(',')[0]).Distinct(StringComparer.Ordinal).Count());
    }

    private readonly List<object> _waiting = [];

    private async Task AddManyAsync(int number)
    {
        _waiting.Add(new
        {
            page = string.Create(CultureInfo.InvariantCulture, $"https://blog{number}.example.net/"),
            target = "https://example.org/",
            anchor = number % 3 == 0 ? "=1+1" : null,
            tags = new[] { "a, b", "c" },
            note = number % 2 == 0 ? "\"two\"\nlines" : null,
            terms = number % 5 == 0
                ? new { vendor = "@Acme", cost = 12.5, currency = "EUR", start = "2026-01-01", end = "2027-12-31" } : null,
        });
        if (_waiting.Count < 600)
            return;
        await _product.Api.PostAsync($"{Path}/links", _waiting, HttpStatusCode.OK, Stop);
        _waiting.Clear();
    }

    private Task<string> AddAsync(string page, string anchor, string tag) => _product.Api.RegisterAsync(
        _project, new { page, target = "https://example.org/", anchor, tags = new[] { tag } }, Stop);

    private async Task<HttpResponseMessage> GetAsync(string path, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/{path}");
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return await _product.Api.Client.SendAsync(request, Stop);
    }

    private async Task<IEnumerable<string>> PagesAsync(string path) =>
        Lines(await (await GetAsync(path)).Content.ReadAsStringAsync(Stop))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("page").GetString()!).Order(StringComparer.Ordinal);

    private async Task<IReadOnlyList<string>> DecidedAsync(string project)
    {
        string[] names = ["page", "target", "match", "type", "rel", "anchor", "tags", "note", "muted", "terms", "ignore"];
        return
        [
            .. Lines(await _product.Api.Client.GetStringAsync($"{project}/export.jsonl", Stop)).Select(line =>
                string.Join('\n', names.Select(name => JsonDocument.Parse(line).RootElement.GetProperty(name).GetRawText()))),
        ];
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
