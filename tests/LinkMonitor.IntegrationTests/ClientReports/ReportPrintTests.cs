using System.Globalization;
using LinkMonitor.ClientReports;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Dashboard;
using LinkMonitor.Testing;
using UglyToad.PdfPig;

namespace LinkMonitor.IntegrationTests.ClientReports;

/// <summary>
/// Reports as Chromium prints them on A4 (<see cref="ReportDocument"/> of <see cref="SummarySection"/>,
/// <see cref="ListSections"/> and <see cref="TallySections"/>, <see cref="ReportSheet"/>): pages numbered, heads repeated, no row
/// cut, nothing beyond the edge.
/// </summary>
public sealed class ReportPrintTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    // A4 in points, and what the sheet leaves free at the sides.
    private const double Width = 595;
    private const double Edge = 36;

    // Below it stand the number of the page and the report's name.
    private const double Foot = 50;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("LINKMONITOR_SCREENSHOTS");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_links_are_printed_whole_row_by_row_under_repeated_heads()
    {
        var project = await ReportedProject.CreateAsync(fixture.Product);
        for (var at = 0; at < 500; at++)
            await project.AddAsync(
                $"https://host{at % 40}.example/{(at % 9 == 0 ? new string('l', 180) : "post")}/row{at:D3}x", (at % 7) switch
                {
                    5 => LinkState.Lost,
                    6 => LinkState.Changed,
                    _ => LinkState.Live,
                });
        await project.MakeAsync(new { title = "Five hundred links", client = "Acme", sections = new[] { "links" } });

        using var pdf = await PrintAsync(project, "links");

        var pages = pdf.GetPages().ToList();
        Assert.InRange(pages.Count, 10, 60);
        var text = pages.Select(page => string.Join(' ', page.GetWords().Select(word => word.Text))).ToList();
        var all = string.Concat(text);
        Assert.All(Enumerable.Range(0, 500), at => Assert.Contains($"row{at:D3}x", all, StringComparison.Ordinal));
        Assert.All(text.Select((words, at) => (words, at)), page =>
        {
            Assert.Contains("Page and target", page.words, StringComparison.Ordinal);
            Assert.Contains($"{page.at + 1} / {pages.Count}", page.words, StringComparison.Ordinal);
            Assert.Contains("Report 1", page.words, StringComparison.Ordinal);
            // Each row has its page, its target and since when: none begins on one page and ends on the next.
            Assert.Equal(Count(page.words, "→ acme.example") + Count(page.words, "→ https://acme.example/"), Count(page.words, "since"));
            Assert.Equal(Rows(page.words), Count(page.words, "since"));
        });
        AssertWithinEdges(pdf);
    }

    [Theory]
    [InlineData("en", "Report 1", "no data")]
    [InlineData("de", "Bericht 1", "keine Daten")]
    public async Task A_report_without_any_data_is_printed_in_its_language_and_says_so(string language, string named, string said)
    {
        var project = await ReportedProject.CreateAsync(fixture.Product, language);
        await project.MakeAsync(new { title = "Nothing", sections = ClientReportApiTests.ReportSectionNames });

        using var pdf = await PrintAsync(project, $"no-data-{language}");

        var text = string.Join(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
        Assert.Contains(named, text, StringComparison.Ordinal);
        Assert.Contains(said, text, StringComparison.OrdinalIgnoreCase);
        // No section waits for the next page while this one is empty.
        var first = string.Join(' ', pdf.GetPage(1).GetWords().Select(word => word.Text));
        Assert.Contains(said, first, StringComparison.OrdinalIgnoreCase);
        AssertWithinEdges(pdf);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task Every_section_fits_its_page_with_the_longest_of_everything(string language)
    {
        var project = await ReportedProject.CreateAsync(fixture.Product, language);
        await fixture.Product.Api.SendAsync(
            HttpMethod.Put, $"{project.Path}/brand",
            $$"""{"name":"{{new string('N', 120)}}","accent":"#ffee00","logo":"{{Convert.ToBase64String(Pictures.Png(900, 300))}}"}""",
            System.Net.HttpStatusCode.OK, Stop);
        var link = await project.AddAsync($"https://{new string('a', 60)}.example/{new string('p', 1_900)}", LinkState.Live);
        await project.AddAsync("https://b.example/%D7%A9%D7%9C%D7%95%D7%9D/%E2%80%AEgnp.exe", LinkState.Changed);
        await project.AddAsync("https://c.example/3", LinkState.Live, CheckOutcome.Blocked);
        await project.AddAsync(
            "https://d.example/4", LinkState.Live, terms: new { vendor = "V", start = "2026-01-01", end = "2027-01-01" });
        await project.MakeAsync(new { title = "First" });
        await project.SetAsync(link, LinkState.Lost);
        await project.MakeAsync(new
        {
            title = new string('T', 120),
            client = new string('C', 120),
            sections = ClientReportApiTests.ReportSectionNames,
        });

        using var pdf = await PrintAsync(project, $"longest-{language}", number: 2);

        AssertWithinEdges(pdf);
        Assert.InRange(pdf.NumberOfPages, 2, 8);
        // In full among the links, the gained and the lost: what is not on paper nobody can look up.
        Assert.InRange(pdf.GetPages().SelectMany(page => page.Letters).Count(letter => letter.Value == "p"), 3 * 1_900, 3 * 1_900 + 500);
        var words = pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text).ToList();
        Assert.All(
            words.Where(word => word.StartsWith("Anker", StringComparison.Ordinal)),
            word => Assert.StartsWith("Ankertext", word, StringComparison.Ordinal));
        // No page ends in the middle, waiting for a section that has room on it.
        Assert.All(pdf.GetPages().SkipLast(1), page => Assert.InRange(
            page.GetWords().Select(word => word.BoundingBox.Bottom).Where(bottom => bottom > Foot).Min(), Foot, page.Height * 0.4));
    }

    [Fact]
    public async Task What_is_said_of_a_report_without_data_stands_clear_of_its_head()
    {
        var project = await ReportedProject.CreateAsync(fixture.Product);
        await project.MakeAsync(new { title = "Nothing", sections = new[] { "summary" } });
        var (path, _) = await project.ShareAsync(1, new { recipient = "Reader", sections = new[] { "summary" } });
        await using var window = await fixture.OpenAsync(script: false);
        var tab = await window.NewPageAsync();
        await tab.GotoAsync(path);
        await tab.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        var gap = await tab.Locator("main > p").BoundingBoxAsync() is { } said && await tab.Locator("header").BoundingBoxAsync() is { } head
            ? said.Y - head.Y - head.Height : 0;

        Assert.InRange(gap, 8, 40);
    }

    [Fact]
    public async Task Why_something_happened_has_the_width_of_the_addresses_and_no_narrow_column()
    {
        var project = await ReportedProject.CreateAsync(fixture.Product);
        var link = await project.AddAsync("https://a.example/a-post-of-some-length", LinkState.Live);
        await project.SetAsync(link, LinkState.Lost);
        await project.MakeAsync(new { title = "Room", sections = new[] { "gained-and-lost", "links" } });
        var (path, _) = await project.ShareAsync(1, new { recipient = "Reader", sections = new[] { "gained-and-lost", "links" } });
        await using var window = await fixture.OpenAsync(script: false);
        var tab = await window.NewPageAsync();
        await tab.SetViewportSizeAsync(688, 1_000);
        await tab.GotoAsync(path);
        await tab.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        var told = tab.GetByText("The link is not on the page any more.");
        Assert.Equal(2, await told.CountAsync());
        for (var at = 0; at < 2; at++)
            Assert.InRange((await told.Nth(at).BoundingBoxAsync())!.Width, 0.45 * 688, 688);
    }

    private static int Count(string text, string part) =>
        (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    // "row" and three digits and "x", which no head and no foot has.
    private static int Rows(string text) =>
        Enumerable.Range(0, 500).Count(at => text.Contains($"row{at:D3}x", StringComparison.Ordinal));

    private static void AssertWithinEdges(PdfDocument pdf) => Assert.All(pdf.GetPages(), page =>
    {
        Assert.InRange(page.Width, Width - 1, Width + 1);
        Assert.All(page.GetWords(), word => Assert.True(
            word.BoundingBox.Left >= Edge && word.BoundingBox.Right <= Width - Edge + 1,
            string.Create(CultureInfo.InvariantCulture, $"'{word.Text}' on page {page.Number} stands at {word.BoundingBox}.")));
    });

    private async Task<PdfDocument> PrintAsync(ReportedProject project, string name, int number = 1)
    {
        var (path, _) =
            await project.ShareAsync(number, new { recipient = "Printer", sections = SectionsOf(await project.GetAsync($"/{number}")) });
        await using var window = await fixture.OpenAsync(script: false);
        var tab = await window.NewPageAsync();
        await tab.GotoAsync(path);
        var bytes = await tab.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true });
        if (Folder is not null)
            await File.WriteAllBytesAsync(Path.Combine(Folder, $"report-{name}.pdf"), bytes, Stop);
        return PdfDocument.Open(bytes);
    }

    private static string[] SectionsOf(System.Text.Json.JsonElement report) =>
        [.. report.GetProperty("report").GetProperty("sections").EnumerateArray().Select(one => one.GetString()!)];
}
