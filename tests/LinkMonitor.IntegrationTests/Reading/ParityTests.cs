using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// What <c>inspect</c> lists is what a current browser's DOM holds with scripting off: docs/decisions/0010-reading-like-a-browser.md.
/// </summary>
public sealed class ParityTests(ParityRun run) : IClassFixture<ParityRun>
{
    private const string Differs = "differs-";

    // Its first address is longer than we read.
    private const string LongAddress = "href-long.html";

    public static TheoryData<string> HandMade =>
        [.. HandMadePages.All.Select(page => page.Name)
            .Where(name => !name.StartsWith(Differs, StringComparison.Ordinal) && name != LongAddress)];

    public static TheoryData<string> Generated => [.. GeneratedPages.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(HandMade))]
    public Task A_hand_made_page_reads_as_in_the_browser(string name) => CompareAsync(HandMadePages.All.Single(page => page.Name == name));

    [Theory]
    [MemberData(nameof(Generated))]
    public Task A_generated_page_reads_as_in_the_browser(string name) => CompareAsync(GeneratedPages.All.Single(page => page.Name == name));

    [Theory]
    [InlineData("differs-charset-utf8-none.html", "windows-1252", "utf-8")]
    [InlineData("differs-charset-1251-none.html", "windows-1251", "windows-1252")]
    [InlineData("differs-charset-sjis-none.html", "shift_jis", "windows-1252")]
    [InlineData("differs-charset-eucjp-none.html", "euc-jp", "windows-1252")]
    [InlineData("differs-charset-meta-late-body.html", "gbk", "windows-1252")]
    public async Task An_undeclared_encoding_is_utf8_or_windows_1252_where_the_browser_guesses(string name, string browser, string ours)
    {
        var page = HandMadePages.All.Single(page => page.Name == name);

        var observation = await run.ObserveAsync(page, TestContext.Current.CancellationToken);

        Assert.Equal((browser, ours), (run.Seen(page).Charset.ToLowerInvariant(), observation.Reading!.Charset));
        Assert.Equal(run.Seen(page).Links.Count, observation.Reading.Links.Count);
    }

    [Fact]
    public async Task An_address_beyond_64_KiB_is_no_link_where_the_browser_reads_on()
    {
        var page = HandMadePages.All.Single(page => page.Name == LongAddress);

        var observation = await run.ObserveAsync(page, TestContext.Current.CancellationToken);

        Assert.Equal(run.Seen(page).Links.Skip(1).Select(link => link.Href), observation.Reading!.Links.Select(link => link.Href));
    }

    [Fact]
    public async Task An_invalid_base_is_ignored_where_the_browser_leaves_all_links_unresolved()
    {
        var page = HandMadePages.All.Single(page => page.Name == "differs-base-invalid.html");

        var observation = await run.ObserveAsync(page, TestContext.Current.CancellationToken);

        Assert.All(run.Seen(page).Links, link => Assert.False(link.IsResolved));
        Assert.All(observation.Reading!.Links, link => Assert.NotNull(link.Url));
        Assert.Equal(run.Seen(page).Links.Select(link => link.Href), observation.Reading.Links.Select(link => link.Href));
    }

    [Fact]
    public void The_browser_saw_at_least_three_hundred_pages_and_many_links()
    {
        var pages = HandMadePages.All.Concat(GeneratedPages.All).ToList();

        Assert.True(pages.Count >= 300, $"Only {pages.Count} pages.");
        Assert.True(pages.Count(page => run.Seen(page).Links.Count > 0) >= 250);
    }

    [Fact]
    public void A_page_or_a_question_that_has_changed_since_has_no_answer_and_the_error_says_what_to_do()
    {
        var page = new ParityPage("a.html", "<a href=/x>x</a>"u8.ToArray());
        var asked = new KeptAnswers("q", []);
        asked.Keep(page, "127.0.0.1:1", """{"charset":"UTF-8","url":"http://127.0.0.1:1/parity/a.html","links":[]}""");

        Assert.Equal(
            new Uri("http://127.0.0.1:2/parity/a.html"), new KeptAnswers("q", asked.Lines.ToList()).Find(page, "127.0.0.1:2").Url);
        foreach (var (question, changed) in new[]
        {
            ("q", page with { Body = "<a href=/y>x</a>"u8.ToArray() }), ("q", page with { ContentType = "text/plain" }), ("r", page),
            ("q", page with { Name = "b.html" }),
        })
        {
            var error = Assert.Throws<InvalidOperationException>(
                () => new KeptAnswers(question, asked.Lines.ToList()).Find(changed, "127.0.0.1:2"));
            Assert.Contains($"{KeptAnswers.AskAgain}=1", error.Message, StringComparison.Ordinal);
        }
    }

    private async Task CompareAsync(ParityPage page)
    {
        var expected = run.Seen(page);

        var observation = await run.ObserveAsync(page, TestContext.Current.CancellationToken);

        Assert.True(observation.Kind is ObservationKind.Observed, observation.Detail);
        var (browser, ours) = (Lines(expected), Lines(observation.Reading!));
        Assert.True(browser == ours, $"{page.Name}\nbrowser: {browser}\nours:    {ours}\n{Encoding.Latin1.GetString(page.Body)}");
    }

    private static string Lines(BrowserPage page)
    {
        var lines = new StringBuilder().Append("charset ").AppendLine(page.Charset.ToLowerInvariant());
        foreach (var link in page.Links)
            Append(lines, link.Href, UrlDifferences.Ours(link, page.Url), BrowserRel(link), Cut(link.Text));
        return lines.ToString();
    }

    private static string Lines(PageReading page)
    {
        var lines = new StringBuilder().Append("charset ").AppendLine(page.Charset);
        foreach (var link in page.Links)
            Append(lines, link.Href, link.Url?.Href, link.Rel, link.WholeAnchor ?? link.Anchor);
        return lines.ToString();
    }

    private static void Append(StringBuilder lines, string href, string? url, IEnumerable<string> rel, string text) =>
        lines.AppendLine(CultureInfo.InvariantCulture, $"[{href}] {url ?? "unresolved"} ({string.Join('|', rel)}) \"{text}\"");

    // The DOM splits rel on white space alone and keeps its case. Search engines read commas, too, and no case.
    private static IEnumerable<string> BrowserRel(BrowserLink link) =>
        (link.Rel?.Contains(',', StringComparison.Ordinal) is true ? link.RelList.SelectMany(token => token.Split(',')) : link.RelList)
            .Where(token => token.Length > 0)
            .Select(token => token.ToLowerInvariant())
            .Distinct();

    private static string Cut(string text) => text.Length <= PageLink.MaxAnchorLength ? text : text[..PageLink.MaxAnchorLength];
}
