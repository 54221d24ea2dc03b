using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>Which files of links are read, and which are refused by name: none is read half rightly.</summary>
public sealed class LinkFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, byte[]> Umlauts => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Umlaut) },
        { "UTF-8 with its mark", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Umlaut)] },
        { "UTF-16LE with its mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Umlaut)] },
        { "UTF-16BE with its mark", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Umlaut)] },
        { "UTF-16LE", Encoding.Unicode.GetBytes(Umlaut) },
        { "UTF-16BE", Encoding.BigEndianUnicode.GetBytes(Umlaut) },
        { "UTF-32LE with its mark", [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(Umlaut)] },
        { "windows-1252", Encoding.Latin1.GetBytes(Umlaut) },
    };

    private const string Umlaut = "page;target;anchor\r\nhttps://a.example/;https://example.org/;Grüße, Señor\r\n;;\r\n ; ;\r\n";

    [Theory]
    [InlineData("page,target,Type\nhttps://a.example/,https://example.org/,guest-post\n", "guest-post")]
    [InlineData("page,target,type\nhttps://a.example/,https://example.org/,\n", "")]
    [InlineData("page,target\nhttps://a.example/,https://example.org/\n", null)]
    [InlineData("Source url,Target url,Type\nhttps://a.example/,https://example.org/,Text\n", null)]
    public void Only_our_own_column_of_types_names_a_type(string text, string? type) =>
        Assert.Equal(type, Assert.IsType<LinkFileRow>(Assert.Single(Read(Encoding.UTF8.GetBytes(text)))).Text.Type);

    [Theory]
    [MemberData(nameof(Umlauts))]
    public void An_umlaut_is_an_umlaut_in_every_encoding(string encoding, byte[] file)
    {
        var row = Assert.Single(Read(file));

        Assert.NotNull(encoding);
        Assert.Equal("Grüße, Señor", Assert.IsType<LinkFileRow>(row).Expectation.Anchor.Value);
    }

    [Theory]
    [InlineData("windows-1250", "zażółć gęślą jaźń")]
    [InlineData("windows-1251", "источник")]
    [InlineData("windows-1253", "πηγή")]
    [InlineData("windows-1254", "ışık")]
    [InlineData("windows-1255", "מקור")]
    [InlineData("macintosh", "Grüße")]
    [InlineData("shift_jis", "日本語のリンク")]
    public void What_may_be_another_encoding_is_refused_until_it_is_named(string encoding, string anchor)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var file = Encoding.GetEncoding(encoding).GetBytes($"page,target,anchor\nhttps://a.example/,https://example.org/,{anchor}\n");

        var refused = Assert.Throws<UnreadableFileException>(() => Read(file));
        var row = Assert.IsType<LinkFileRow>(Assert.Single(Read(file, encoding)));

        Assert.False(refused.IsWrittenWrongly);
        Assert.Contains("line 2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(WantedWord.Encoding, refused.Asks);
        Assert.Equal(anchor, row.Expectation.Anchor.Value);
    }

    [Fact]
    public void Two_encodings_in_one_file_are_refused()
    {
        byte[] file = [
            .. "page,target,anchor\nhttps://a.example/,https://example.org/,é\n"u8,
            .. Encoding.Latin1.GetBytes("https://b.example/,https://example.org/,é\n"),
        ];

        Assert.Contains(
            "neither UTF-8 nor clearly windows-1252",
            Assert.Throws<UnreadableFileException>(() => Read(file)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(5_000)]
    public void What_is_no_text_is_not_taken_for_an_unknown_encoding(int length)
    {
        var bytes = new byte[length];
        new Random(20_261_130).NextBytes(bytes);

        var refused = Assert.Throws<UnreadableFileException>(() => Read(bytes));

        Assert.Contains("neither a text nor an Excel workbook", refused.Message, StringComparison.Ordinal);
        Assert.Equal(WantedWord.None, refused.Asks);
    }

    [Theory]
    [InlineData("PK\u0003\u0004rest", "Excel")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("Site,Linking pages,Target pages\nexample.net,3,1\n", "table of totals")]
    [InlineData("Target page,Incoming links,Linking sites\nhttps://example.org/,3,1\n", "table of totals")]
    [InlineData("https://a.example/,3,1\nhttps://b.example/,4,1\n", "'page' is missing")]
    [InlineData("Foo,Bar,Zahl\nhttps://a.example/,https://example.org/,1\n", "not certain which column")]
    [InlineData("<!doctype html><title>Sign in</title><a href=\"https://a.example/\">x</a>", "web page")]
    [InlineData("[{\"page\":\"https://a.example/\",\"target\":\"https://example.org/\"}]", "JSON")]
    [InlineData("Domain,Backlinks Count\nexample.net,3\n", "table of totals")]
    [InlineData("# ours\nhttps://a.example/\n", "disavow")]
    [InlineData("https://a.example/\ndomain:b.example\n", "disavow")]
    public void What_lists_no_links_is_refused_by_what_it_is(string text, string word) =>
        Assert.Contains(
            word, Assert.Throws<UnreadableFileException>(() => Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Source url,Target url,Anchor\nhttps://a.example/,https://example.org/,=x\n")]
    [InlineData("SourceURL\tTargetURL\nhttps://a.example/\thttps://example.org/\n")]
    [InlineData("sep=;\nReferring page URL;Target URL\nhttps://a.example/;https://example.org/\n")]
    [InlineData(
        "Report of a tool\nexample.org\n\"Inbound links, all\"\nDate,2015-02-03\n\nURL,Title,Target URL\na.example,T,example.org\n")]
    [InlineData("URL FROM,TAGS,EXPECTED LANDING PAGE URL,EXPECTED FOLLOW\nhttps://a.example/,x,https://example.org/,yes\n")]
    [InlineData("page,target\rhttps://a.example/,https://example.org/\r")]
    [InlineData("url_from|url_to\nhttps://a.example/|https://example.org/\n")]
    [InlineData("https://a.example/,https://example.org/\n")]
    public void Exports_of_other_tools_are_read_by_the_names_of_their_columns(string text)
    {
        var row = Assert.IsType<LinkFileRow>(Assert.Single(Read(Encoding.UTF8.GetBytes(text))));

        Assert.Equal(("https://a.example/", "https://example.org/"), (row.Page.Href, row.Expectation.Target.Href));
        Assert.True(row.Expectation.Anchor.Kind is ExpectedKind.Any);
    }

    [Theory]
    [InlineData("Linking page,Last crawled\nhttps://a.example/,2026-08-01\nhttps://www.example.org/own,2026-08-01\n")]
    [InlineData("Página de enlace,Último rastreo\nhttps://a.example/,\"28 sep 2026\"\n")]
    [InlineData("リンク元ページ,最終クロール\nhttps://a.example/,2026/08/01\n")]
    [InlineData("https://a.example/\n")]
    [InlineData("https://a.example/\n\nhttps://www.example.org/a,b;c\n")]
    public void A_list_without_targets_takes_the_one_it_is_given_and_leaves_out_own_pages(string text)
    {
        var file = Encoding.UTF8.GetBytes(text);

        var row = Assert.IsType<LinkFileRow>(Assert.Single(Read(file, target: "example.org")));

        Assert.Equal(("https://a.example/", "https://example.org/"), (row.Page.Href, row.Expectation.Target.Href));
        Assert.Equal(WantedWord.Target, Assert.Throws<UnreadableFileException>(() => Read(file)).Asks);
    }

    [Theory]
    [InlineData("https://a.example/,https://example.org/,a,b\n", "4 cells, the header 3")]
    [InlineData("https://a.example/,https://example.org/,\"never closed", "not closed where it should be")]
    [InlineData("https://a.example/\",https://example.org/,x\n", "a quotation mark that is opened nowhere")]
    [InlineData("https://a.example/,https://example.org/,Gr\uFFFD\uFFFDe\n", "U+FFFD")]
    [InlineData("mailto:me@a.example,https://example.org/,x\n", "not on the web")]
    public void A_row_that_would_be_read_half_rightly_is_named(string row, string why)
    {
        var bad = Assert.IsType<BadRow>(Assert.Single(Read(Encoding.UTF8.GetBytes("page,target,anchor\n" + row))));

        Assert.Equal(2, bad.Line);
        Assert.Contains(why, bad.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com", "https://example.com/")]
    [InlineData("www.example.com/a?b=c#d", "https://www.example.com/a?b=c#d")]
    [InlineData("example.com:8080/x", "https://example.com:8080/x")]
    [InlineData("//example.com/x", "https://example.com/x")]
    [InlineData("http://example.com/", "http://example.com/")]
    [InlineData("пример.example/ru", "https://xn--e1afmkfd.example/ru")]
    public void An_address_without_a_scheme_is_https(string page, string href)
    {
        var row = Assert.IsType<LinkFileRow>(Assert.Single(Read(Encoding.UTF8.GetBytes($"page,target\n{page},example.org\n"))));

        Assert.Equal(href, row.Page.Href);
    }

    [Fact]
    public void Own_columns_are_kept_and_NUL_is_no_text()
    {
        var row = Assert.IsType<LinkFileRow>(
            Assert.Single(Read("Source url,Cost,Target url,Anchor\nhttps://a.example/,12,https://example.org/,a\0b\n"u8.ToArray())));

        Assert.Equal(["12", "ab"], row.Text.Own);
    }

    private List<object> Read(byte[] bytes, string? encoding = null, string? target = null)
    {
        var path = Path.Combine(_folder.FullName, "links.csv");
        File.WriteAllBytes(path, bytes);
        var table = FileOfLinks.Open(
            new FileInfo(path), new RowDefaults(target, null) { Encoding = encoding }, TestContext.Current.CancellationToken).Single();
        return [.. table.Rows(TestContext.Current.CancellationToken)];
    }
}
