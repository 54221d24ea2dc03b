using System.Net;
using System.Text.Json;
using LinkMonitor.ClientReports;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.ClientReports;

/// <summary>
/// Reports over the API (<see cref="ClientReportEndpoints"/>, <see cref="ReportMaker"/>, <see cref="ReportReading"/>): frozen, numbered,
/// compared, and read by whoever has an address of them (<see cref="ShareDesk"/>, <see cref="ReportReadout"/>).
/// </summary>
public sealed class ClientReportApiTests : IAsyncLifetime
{
    private Product _product = null!;
    private ReportedProject _project = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await ReportedProject.CreateAsync(_product);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_report_counts_each_link_once_and_what_no_check_could_tell_as_nothing_else()
    {
        await _project.AddAsync("https://a.example/1", LinkState.Live);
        await _project.AddAsync("https://b.example/2", LinkState.Changed);
        await _project.AddAsync("https://c.example/3", LinkState.Lost);
        await _project.AddAsync("https://d.example/4", LinkState.Lost, CheckOutcome.Blocked);
        await _project.AddAsync("https://e.example/5", LinkState.Live, CheckOutcome.Blocked);

        var report = await _project.MakeAsync();

        var figures = report.GetProperty("figures");
        Assert.Equal((5, 1, 1, 1, 0, 2), (Of(figures, "links"), Of(figures, "asAgreed"), Of(figures, "changed"), Of(figures, "lost"),
            Of(figures, "notFound"), Of(figures, "notVerified")));
        Assert.Equal((1, 2), (Of(report.GetProperty("report"), "number"), Of(figures.GetProperty("domains"), "names")));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("earlier").ValueKind);
        var links = (await _project.GetAsync("/1/links")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["as-agreed", "changed", "lost", "not-verified", "not-verified"], links.Select(link => link.GetProperty("state").GetString()));
        Assert.Equal(30, figures.GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task What_happens_to_links_afterwards_changes_no_report_and_shows_in_the_next()
    {
        var link = await _project.AddAsync("https://a.example/1", LinkState.Live);
        await _project.AddAsync("https://b.example/2", LinkState.Live);
        await _project.MakeAsync();
        var before = await TextAsync($"{_project.Path}/1/page");
        var first = await _project.GetAsync("/1");

        _product.Clock.Advance(TimeSpan.FromDays(1));
        await _project.SetAsync(link, LinkState.Lost);
        await _project.AddAsync("https://c.example/3", LinkState.Live);
        var second = await _project.MakeAsync();

        Assert.Equal(before, await TextAsync($"{_project.Path}/1/page"));
        Assert.Equal(first.GetRawText(), (await _project.GetAsync("/1")).GetRawText());
        Assert.Equal(2, Of(second.GetProperty("report"), "number"));
        var earlier = second.GetProperty("earlier");
        Assert.Equal((1, 2, 0), (Of(earlier, "number"), Of(earlier.GetProperty("figures"), "asAgreed"),
            Of(earlier.GetProperty("figures"), "lost")));
        var page = await TextAsync($"{_project.Path}/2/page");
        Assert.Contains("Since report 1 of 21 Nov 2026", page, StringComparison.Ordinal);
        Assert.Contains("In the period: 3 gained, 1 lost, 0 other changes.", page, StringComparison.Ordinal);
        var lost = Assert.Single((await _project.GetAsync("/2/changes?list=lost")).GetProperty("items").EnumerateArray());
        Assert.Equal("https://a.example/1", lost.GetProperty("page").GetString());
        Assert.Equal("link-removed", lost.GetProperty("reasons")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_report_of_no_links_says_no_data_and_never_a_share_of_nothing()
    {
        await _project.AddAsync("https://a.example/1", LinkState.Live);

        await _project.MakeAsync(new { title = "Nothing", filter = "tag:none", sections = ReportSectionNames });

        var page = await TextAsync($"{_project.Path}/1/page");
        Assert.Contains("No watched link belongs to this report: there is no data.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("%", page[page.IndexOf("<main>", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(1, page.Split("No watched link belongs to this report: there is no data.").Length - 1);
        Assert.DoesNotContain("<h2>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0 gained", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_could_be_verified_shares_are_no_data()
    {
        await _project.AddAsync("https://a.example/1", LinkState.Live, CheckOutcome.Blocked);

        await _project.MakeAsync();

        var page = await TextAsync($"{_project.Path}/1/page");
        Assert.Contains(
            """<th scope="row">As agreed, of those verified</th><td class="num">no data</td>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_paid_to_whom_is_in_no_report()
    {
        await _project.AddAsync(
            "https://a.example/1", LinkState.Live,
            terms: new
            {
                vendor = "Secret Vendor",
                cost = 1234,
                currency = "EUR",
                start = "2026-01-01",
                end = "2026-12-01",
                contact = "who@x.example",
            },
            tags: ["internal-tag"]);

        await _project.MakeAsync(
            new { title = "All", filter = "vendor:\"Secret Vendor\" tag:internal-tag", sections = ReportSectionNames });

        foreach (var path in new[] { "/1/page", "/1/links" })
        {
            var text = await TextAsync($"{_project.Path}{path}");
            Assert.DoesNotContain("Secret Vendor", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("internal-tag", text, StringComparison.Ordinal);
            Assert.DoesNotContain("1234", text, StringComparison.Ordinal);
            Assert.DoesNotContain("who@x.example", text, StringComparison.Ordinal);
        }

        Assert.Contains("1 link has an agreed end.", await TextAsync($"{_project.Path}/1/page"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_request_is_the_same_report_and_another_with_its_key_is_refused()
    {
        await _project.AddAsync("https://a.example/1", LinkState.Live);

        var (first, second) = (await SendAsync("one", "November"), await SendAsync("one", "November"));
        var third = await SendAsync("one", "December");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Conflict), (first.Code, second.Code, third.Code));
        Assert.Equal(first.Body, second.Body);
        Assert.Single((await _project.GetAsync("")).GetProperty("items").EnumerateArray());
        await DeleteAsync($"{_project.Path}/1");
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("one", "November")).Code);
    }

    [Fact]
    public async Task A_preview_has_the_figures_and_writes_nothing()
    {
        await _project.AddAsync("https://a.example/1", LinkState.Live);
        await _project.AddAsync("https://b.example/1", LinkState.Lost);

        var preview = await _product.Api.PostAsync($"{_project.Path}/preview", new { title = "x" }, HttpStatusCode.OK, Stop);

        var figures = preview.GetProperty("figures");
        Assert.Equal((2, 1, 1, 1), (Of(figures, "links"), Of(figures, "asAgreed"), Of(figures, "lost"), Of(figures, "cameInPeriod")));
        Assert.Empty((await _project.GetAsync("")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("""{}""", "title")]
    [InlineData("""{"title":"x","client":"a\nb"}""", "client")]
    [InlineData("""{"title":"x","filter":"stat:lost"}""", "filter")]
    [InlineData("""{"title":"x","from":"2026-11-30"}""", "from")]
    [InlineData("""{"title":"x","from":"2024-11-30"}""", "from")]
    [InlineData("""{"title":"x","to":"2026-11-22"}""", "to")]
    [InlineData("""{"title":"x","to":"tomorrow"}""", "to")]
    [InlineData("""{"title":"x","language":"tlh"}""", "language")]
    [InlineData("""{"title":"x","sections":[]}""", "sections")]
    [InlineData("""{"title":"x","sections":["prices"]}""", "sections[0]")]
    public async Task What_is_wrong_with_a_request_is_told_at_its_field(string body, string field)
    {
        using var answer = await _product.Api.Client.PostAsync(
            _project.Path, new StringContent(body, null, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement;
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task A_report_is_in_its_language_with_its_brand_and_the_brand_of_later_changes_nothing()
    {
        await _project.AddAsync("https://a.example/1", LinkState.Lost);
        await PutBrandAsync(new { name = "Agentur <b>", accent = "#FFEE00", logo = Convert.ToBase64String(Pictures.Png(40, 20)) });
        await _project.MakeAsync(new { title = "Links", client = "Acme & Co", language = "de" });
        await PutBrandAsync(new { name = "Other" });

        var page = await TextAsync($"{_project.Path}/1/page");

        Assert.Contains("<html lang=\"de\">", page, StringComparison.Ordinal);
        Assert.Contains("Für Acme &amp; Co", page, StringComparison.Ordinal);
        Assert.Contains("Agentur &lt;b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("--accent: #ffee00; --on: #000000;", page, StringComparison.Ordinal);
        Assert.Contains("<img src=\"data:image/png;base64,", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Other", page[page.IndexOf("<body>", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_report_is_gone_with_its_addresses_and_its_number_is_not_given_again()
    {
        await _project.AddAsync("https://a.example/1", LinkState.Live);
        await _project.MakeAsync();
        var (address, _) = await _project.ShareAsync(1, new { recipient = "Bea" });

        await DeleteAsync($"{_project.Path}/1");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"{_project.Path}/1"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(address));
        Assert.Equal(2, Of((await _project.MakeAsync()).GetProperty("report"), "number"));
    }

    internal static string[] ReportSectionNames { get; } =
    [
        "summary", "gained-and-lost", "changes", "not-verified", "links", "anchors", "domains", "follow", "targets", "placements",
    ];

    private static int Of(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private async Task<(HttpStatusCode Code, string Body)> SendAsync(string key, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _project.Path)
        {
            Content = new StringContent($$"""{"title":"{{title}}"}""", null, "application/json"),
            Headers = { { "Idempotency-Key", key } },
        };
        using var answer = await _product.Api.Client.SendAsync(request, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private async Task PutBrandAsync(object brand) =>
        await _product.Api.SendAsync(HttpMethod.Put, $"{_project.Path}/brand", JsonSerializer.Serialize(brand), HttpStatusCode.OK, Stop);

    private async Task DeleteAsync(string path)
    {
        using var answer = await _product.Api.Client.DeleteAsync(path, Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _product.Api.Client.GetAsync(path, Stop);
        return answer.StatusCode;
    }

    private async Task<string> TextAsync(string path)
    {
        using var answer = await _product.Api.Client.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
