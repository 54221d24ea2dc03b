using System.Text;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

public sealed class CharsetTests
{
    static CharsetTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-16", "utf-16le")]
    [InlineData("utf-16BE", "utf-16be")]
    [InlineData("utf-8", "utf-8")]
    public void A_byte_order_mark_beats_the_header(string encoding, string expected)
    {
        var encoder = Encoding.GetEncoding(encoding);
        byte[] body = [.. encoder.GetPreamble(), .. encoder.GetBytes("<title>Käse</title>")];

        var page = PageAnswer.Read(PageAnswer.Bytes(body, "Content-Type: text/html; charset=iso-8859-1"));

        Assert.Equal((expected, "Käse"), (page.Charset, page.Title));
    }

    [Theory]
    [InlineData("text/html; charset=windows-1251", "windows-1251")]
    [InlineData("text/html;charset=\"Windows-1251\"", "windows-1251")]
    [InlineData("text/html; boundary=x; CHARSET= cp1251", "windows-1251")]
    [InlineData("text/html; charset=nonsense", "utf-8")]
    [InlineData("text/html", "utf-8")]
    public void The_header_beats_the_page(string contentType, string expected)
    {
        var body = "<meta charset=utf-8>x"u8.ToArray();

        Assert.Equal(expected, CharsetSniffer.Sniff(body, contentType, isXml: false));
    }

    [Theory]
    [InlineData("<meta charset=shift_jis>", "shift_jis")]
    [InlineData("<META\tCHARSET='koi8-r'>", "koi8-r")]
    [InlineData("<meta/charset=\"utf-8\"/>", "utf-8")]
    [InlineData("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>", "iso-8859-2")]
    [InlineData("<meta content='text/html; charset=iso-8859-2' http-equiv=content-type>", "iso-8859-2")]
    [InlineData("<meta content='text/html; charset=iso-8859-2'>", "windows-1252")]
    [InlineData("<meta http-equiv=refresh content='charset=iso-8859-2'>", "windows-1252")]
    [InlineData("<meta http-equiv=content-type content='charsetx; charset = \"euc-kr\"'>", "euc-kr")]
    [InlineData("<meta http-equiv=content-type content='charset=\"euc-kr'>", "windows-1252")]
    [InlineData("<meta charset=utf-16>", "utf-8")]
    [InlineData("<meta charset=x-user-defined>", "windows-1252")]
    [InlineData("<meta charset=nonsense><meta charset=big5>", "big5")]
    [InlineData("<meta charset=big5 charset=gbk>", "big5")]
    [InlineData("<!-- <meta charset=big5> --><meta charset=gbk>", "gbk")]
    [InlineData("<!--><meta charset=gbk>", "gbk")]
    [InlineData("<!-- <meta charset=gbk>", "windows-1252")]
    [InlineData("<div title='<meta charset=big5>'><meta charset=gbk>", "gbk")]
    [InlineData("</x title='>'><meta charset=gbk>", "gbk")]
    [InlineData("<?x <meta charset=big5>?><meta charset=gbk>", "gbk")]
    [InlineData("<metaphor charset=big5>", "windows-1252")]
    [InlineData("<meta charset = latin1 >", "windows-1252")]
    [InlineData("<meta charset", "windows-1252")]
    [InlineData("<meta charset='big5", "windows-1252")]
    [InlineData("<", "windows-1252")]
    [InlineData("", "windows-1252")]
    public void The_prescan_follows_the_standard(string html, string expected)
    {
        Assert.Equal(expected, CharsetSniffer.Sniff(Encoding.ASCII.GetBytes(html), null, isXml: false));
    }

    [Theory]
    [InlineData("<p>", 1024, "big5")]
    [InlineData("<p>", 1050, "windows-1252")]
    [InlineData("<link>", 1050, "big5")]
    [InlineData("</head>", 1050, "windows-1252")]
    [InlineData("<SCRIPT></script", 5000, "big5")]
    public void A_declaration_counts_within_the_first_1024_bytes_and_in_the_head(string before, int end, string expected)
    {
        const string meta = "<meta charset=big5>";
        var html = before + new string(' ', end - before.Length - meta.Length - 1) + ">" + meta;

        Assert.Equal(expected, CharsetSniffer.Sniff(Encoding.ASCII.GetBytes(html), null, isXml: false));
    }

    [Theory]
    [InlineData("<?xml version='1.0' encoding='iso-8859-2'?><meta charset=utf-8>", null, "utf-8")]
    [InlineData("<?xml version='1.0' encoding='utf-8'?><meta charset=iso-8859-2>", null, "iso-8859-2")]
    [InlineData("<?xml version='1.0' encoding='iso-8859-2'?><p>", null, "iso-8859-2")]
    [InlineData("<?xml version='1.0' encoding='iso-8859-2'?><meta charset=utf-8>", "text/html; charset=big5", "big5")]
    public void An_xml_declaration_counts_only_where_nothing_else_speaks(string html, string? contentType, string expected) =>
        Assert.Equal(expected, CharsetSniffer.Sniff(Encoding.ASCII.GetBytes(html), contentType, isXml: false));

    [Theory]
    [InlineData("utf-16", "utf-16le")]
    [InlineData("utf-16BE", "utf-16be")]
    public void An_xml_declaration_in_utf_16_speaks_for_itself(string encoding, string expected) =>
        Assert.Equal(
            expected, CharsetSniffer.Sniff(Encoding.GetEncoding(encoding).GetBytes("<?xml version='1.0'?><p>"), "text/html", isXml: false));

    [Theory]
    [InlineData("gbk", "80203520D6D081", "\u20AC 5 中\uFFFD")]
    [InlineData("gb18030", "8035", "\u20AC5")]
    [InlineData("gb2312", "D6D080D6D0", "中\u20AC中")]
    [InlineData("gbk", "8180", "亐")]
    [InlineData("gb18030", "81308130", "\u0080")]
    [InlineData("gbk", "813C61", "\uFFFD<a")]
    [InlineData("gb18030", "813081", "\uFFFD0\uFFFD")]
    [InlineData("gbk", "FF41", "\uFFFDA")]
    public void Bytes_of_Chinese_pages_are_read_as_the_standard_has_it(string label, string bytes, string expected) =>
        Assert.Equal(expected, CharsetSniffer.Decode(Convert.FromHexString(bytes), EncodingLabels.NameOf(label)!));

    [Fact]
    public void An_undeclared_page_is_utf_8_only_when_it_is_valid_utf_8()
    {
        Assert.Equal("utf-8", CharsetSniffer.Sniff("Käse"u8, null, isXml: false));
        Assert.Equal("windows-1252", CharsetSniffer.Sniff(Encoding.Latin1.GetBytes("Käse"), null, isXml: false));
    }

    [Theory]
    [InlineData("iso-8859-1", "\u0080", "€")]
    [InlineData("us-ascii", "\u0093x", "“x")]
    public void Latin_1_and_ascii_labels_mean_windows_1252(string label, string bytes, string expected)
    {
        var page = PageAnswer.Read(PageAnswer.Bytes(Encoding.Latin1.GetBytes($"<p>{bytes}"), $"Content-Type: text/html; charset={label}"));

        Assert.Equal(("windows-1252", expected), (page.Charset, page.Text));
    }

    [Theory]
    [InlineData("shift_jis", "日本語")]
    [InlineData("euc-jp", "日本語")]
    [InlineData("gb18030", "中文")]
    [InlineData("gbk", "中文")]
    [InlineData("big5", "中文")]
    [InlineData("euc-kr", "한국어")]
    [InlineData("windows-1251", "Привет")]
    [InlineData("koi8-u", "Привіт")]
    [InlineData("iso-8859-7", "Ελλάδα")]
    public void Pages_of_the_world_are_decoded(string label, string text)
    {
        var body = Encoding.GetEncoding(label).GetBytes($"<meta charset={label}><a href=/x>{text}</a>");

        var page = PageAnswer.Read(PageAnswer.Bytes(body, "Content-Type: text/html"));

        Assert.Equal(text, Assert.Single(page.Links).Anchor);
    }

    [Theory]
    [InlineData("utf8"), InlineData("866"), InlineData("latin2"), InlineData("l3"), InlineData("l4"), InlineData("cyrillic"), InlineData(
        "arabic")]
    [InlineData("greek"), InlineData("visual"), InlineData("logical"), InlineData("l6"), InlineData("iso-8859-13"), InlineData(
        "iso-8859-14")]
    [InlineData("l9"), InlineData("iso-8859-16"), InlineData("koi"), InlineData("koi8-ru"), InlineData("mac"), InlineData("tis-620")]
    [InlineData("cp1250"), InlineData("cp1251"), InlineData("ascii"), InlineData("cp1253"), InlineData("latin5"), InlineData("cp1255")]
    [InlineData("cp1256"), InlineData("cp1257"), InlineData("cp1258"), InlineData("x-mac-ukrainian"), InlineData("gb2312"), InlineData(
        "gb18030")]
    [InlineData("big5-hkscs"), InlineData("x-euc-jp"), InlineData("csiso2022jp"), InlineData("sjis"), InlineData("ks_c_5601-1987")]
    [InlineData("unicodefffe"), InlineData("unicode"), InlineData(" UTF-8\n"), InlineData("x-user-defined")]
    public void Every_encoding_has_a_decoder(string label)
    {
        var name = EncodingLabels.NameOf(label);

        Assert.NotNull(name);
        Assert.NotNull(EncodingLabels.Decoder(name));
    }

    [Fact]
    public void Bytes_that_mean_nothing_become_replacement_characters()
    {
        var page = PageAnswer.Read(PageAnswer.Bytes([(byte)'a', 0xFF, (byte)'b'], "Content-Type: text/html; charset=utf-8"));

        Assert.Equal("a\uFFFDb", page.Text);
    }

    [Fact]
    public void A_query_is_encoded_in_the_encoding_of_the_page()
    {
        var body = Encoding.Latin1.GetBytes("<meta charset=iso-8859-1><a href='/?q=ä'>x</a>");

        var page = PageAnswer.Read(PageAnswer.Bytes(body, "Content-Type: text/html"));

        Assert.Equal("https://blog.example.net/?q=%E4", Assert.Single(page.Links).Url?.Href);
    }
}
