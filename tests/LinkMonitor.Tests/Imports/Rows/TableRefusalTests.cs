using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>
/// What is said of a table without links, and how a table's top is looked at (<see cref="HeaderSearch"/>, <see cref="TextTop"/>,
/// <see cref="ColumnContent"/>, <see cref="LinkColumns"/>, <see cref="CsvRows"/>, <see cref="VendorSigns"/>, <see cref="LinkTable"/>,
/// <see cref="LossWords"/>).
/// </summary>
public sealed class TableRefusalTests
{
    [Theory]
    [InlineData("Target,Target type", "Export 'Backlinks'")]
    [InlineData("Site,Linking pages,Target pages", "Export 'Latest links'")]
    [InlineData("Target page,Incoming links,Linking sites", "Export 'Latest links'")]
    [InlineData("Linking text,Count", "Export 'Latest links'")]
    [InlineData("Something,Referring domains", "Export the list of links")]
    [InlineData("Name,Street", "The header must name page and target")]
    public void A_table_is_named_with_what_to_export_instead(string header, string advice) => Assert.Contains(
        advice, TableRefusal.Of(1, header.Split(','), [], mayBeSaid: false).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("site1.example\nsite2.example\n", "lists domains")]
    [InlineData("Domain,DR\nsite1.example,30\nsite2.example,2\n", "lists domains")]
    [InlineData("Pages les plus populaires,Clics\nhttps://example.org/a,12\n", "table of totals")]
    [InlineData("URL,Title,PA,Total Links\nhttps://example.org/a,T,30,12\n", "your own pages")]
    [InlineData("<urlset>\n<url><loc>https://example.org/</loc></url>\n</urlset>\n", "sitemap")]
    [InlineData("<!-- saved -->\n<a href=\"https://a.example/\">a</a>\n", "web page")]
    [InlineData("[\n{\"page\":\"https://a.example/\"}]\n", "JSON")]
    public void What_lists_no_links_is_refused_with_what_it_is(string text, string what) => Assert.Contains(
        what, Assert.Throws<UnreadableFileException>(() => ReadFile.Open(text).Single()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_list_to_ignore_is_known_also_when_its_domains_come_late_and_words_above_a_table_make_none()
    {
        var late = string.Concat(Enumerable.Range(0, 1_000).Select(n => $"https://site{n}.example/\n")) + "domain:spam.example\n";
        Assert.Contains("disavow", Assert.Throws<UnreadableFileException>(() => ReadFile.Open(late)).Message, StringComparison.Ordinal);

        var above = ReadFile.Rows("# Links of example.org\n# by https://tool.example/\nSource URL,Target URL\n"
            + "https://a.example/1,https://example.org/\n");
        Assert.Equal("4 https://a.example/1 https://example.org/", ReadFile.Short(Assert.Single(above)));
    }

    [Theory]
    [InlineData("https://a.example/b", true)]
    [InlineData("a.example/b", true)]
    [InlineData("//a.example/b", true)]
    [InlineData("a.example", false)]
    [InlineData("1.5", false)]
    [InlineData("2026-11-29", false)]
    [InlineData("a sentence. With words/and a stroke", false)]
    public void An_address_has_a_scheme_or_a_path(string cell, bool isAddress) =>
        Assert.Equal(isAddress, ColumnContent.IsAddress(cell));

    [Theory]
    [InlineData("28/09/2026")]
    [InlineData("Sep 28, 2026")]
    [InlineData("28 sept. 2026")]
    [InlineData("2026-09-28 10:24:56")]
    [InlineData("2026年9月28日")]
    public void A_day_is_known_in_any_order(string cell) => Assert.True(ColumnContent.IsDay(cell));

    [Theory]
    [InlineData("12")]
    [InlineData("1,240")]
    [InlineData("https://a.example/2026-09-28")]
    public void What_is_no_day_is_none(string cell) => Assert.False(ColumnContent.IsDay(cell));

    [Fact]
    public void Links_to_ignore_are_no_links_to_watch() => Assert.Throws<UnreadableFileException>(
        () => TableRefusal.ThrowIfDisavowed(string.Empty, ["# removed on request", "https://a.example/"]));
}
