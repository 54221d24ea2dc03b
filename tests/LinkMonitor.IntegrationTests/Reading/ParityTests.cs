using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>What <c>inspect</c> lists is what a current browser's DOM holds with scripting off: docs/decisions/0009-reading-like-a-browser.md.</summary>
public sealed class ParityTests(ParityRun run) : IClassFixture<ParityRun>
{
    public static TheoryData<string> HandMade => [.. HandMadePages.All.Select(page => page.Name)];

    public static TheoryData<string> Generated => [.. GeneratedPages.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(HandMade))]
    public Task A_hand_made_page_reads_as_in_the_browser(string name) => CompareAsync(HandMadePages.All.Single(page => page.Name == name));

    [Theory]
    [MemberData(nameof(Generated))]
    public Task A_generated_page_reads_as_in_the_browser(string name) => CompareAsync(GeneratedPages.All.Single(page => page.Name == name));

    [Fact]
    public void The_browser_saw_at_least_three_hundred_pages_and_many_links()
    {
        var pages = HandMadePages.All.Concat(GeneratedPages.All).ToList();

        Assert.True(pages.Count >= 300, $"Only {pages.Count} pages.");
        Assert.True(pages.Count(page => run.Seen(page).Links.Count > 0) >= 250);
    }

    private async Task CompareAsync(ParityPage page)
    {
        var expected = run.Seen(page);

        var observation = await run.ObserveAsync(page, TestContext.Current.CancellationToken);

        Assert.True(observation.Kind is ObservationKind.Observed, observation.Detail);
        var (browser, ours) = (Lines(expected), Lines(observation.Reading!));
        Assert.True(browser == ours, $"{page.Name}\nbrowser: {browser}\nours:    {ours}");
    }

    private static string Lines(BrowserPage page)
    {
        var lines = new StringBuilder().Append("charset ").AppendLine(page.Charset.ToLowerInvariant());
        foreach (var link in page.Links)
            Append(lines, link.Href, link.IsResolved ? link.Url : null, BrowserRel(link), Cut(link.Text));
        return lines.ToString();
    }

    private static string Lines(PageReading page)
    {
        var lines = new StringBuilder().Append("charset ").AppendLine(page.Charset);
        foreach (var link in page.Links)
            Append(lines, link.Href, link.Url?.Href, link.Rel, link.Anchor);
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
