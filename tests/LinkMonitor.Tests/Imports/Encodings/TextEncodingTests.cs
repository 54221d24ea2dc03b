using System.IO.Compression;
using System.Text;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Encodings;

/// <summary>
/// A file whose encoding is not certain is refused; one with ordinary western text in windows-1252 is read. Each text is the only one in
/// its file.
/// </summary>
public sealed class TextEncodingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    static TextEncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Müller")]
    [InlineData("Größe und Maße")]
    [InlineData("Straße")]
    [InlineData("Österreich")]
    [InlineData("Öffnungszeiten")]
    [InlineData("Ärzte")]
    [InlineData("Über uns")]
    [InlineData("für Mädchen")]
    [InlineData("MÜNCHEN")]
    [InlineData("café")]
    [InlineData("crème brûlée")]
    [InlineData("très près de la fête")]
    [InlineData("père et mère")]
    [InlineData("Première")]
    [InlineData("machine à laver")]
    [InlineData("voilà")]
    [InlineData("école")]
    [InlineData("énergie")]
    [InlineData("été")]
    [InlineData("élève")]
    [InlineData("hébété")]
    [InlineData("français, garçon, façade")]
    [InlineData("naïf")]
    [InlineData("cœur")]
    [InlineData("où")]
    [InlineData("l’été")]
    [InlineData("d’amour")]
    [InlineData("España")]
    [InlineData("Málaga y Cádiz")]
    [InlineData("país, María, García")]
    [InlineData("corazón")]
    [InlineData("última")]
    [InlineData("¿Qué?")]
    [InlineData("São Paulo, ações")]
    [InlineData("Citroën")]
    [InlineData("don’t")]
    [InlineData("the world’s best")]
    [InlineData("today’s Men’s shoes")]
    [InlineData("“Hello”")]
    [InlineData("“hello world”")]
    [InlineData("„Hallo Welt“")]
    [InlineData("“Spaß”")]
    [InlineData("a – b")]
    [InlineData("a – cost–benefit")]
    [InlineData("Paris–Oslo – Rom")]
    [InlineData("señor ñ")]
    [InlineData("año – niño")]
    [InlineData("2010–2020")]
    [InlineData("Name — Home")]
    [InlineData("5 €")]
    [InlineData("€5 and £5")]
    [InlineData("read more…")]
    [InlineData("Product™ and Brand®")]
    [InlineData("© 2024 Example")]
    [InlineData("20 °C")]
    [InlineData("100 m²")]
    [InlineData("López")]
    [InlineData("fête")]
    [InlineData("forêt")]
    [InlineData("pièce")]
    [InlineData("héroïne")]
    [InlineData("flûte")]
    [InlineData("cuándo")]
    [InlineData("diálogo")]
    [InlineData("âge")]
    [InlineData("O’Reilly")]
    [InlineData("best–worst")]
    [InlineData("Schuhe · Taschen")]
    [InlineData("ESPAÑA")]
    [InlineData("FRANÇAIS")]
    [InlineData("INFORMACIÓN")]
    [InlineData("però")]
    [InlineData("caffè")]
    [InlineData("l’eau")]
    [InlineData("aujourd’hui")]
    [InlineData("Noël")]
    [InlineData("maïs")]
    [InlineData("Genève")]
    [InlineData("bibliothèque")]
    [InlineData("œuvres")]
    [InlineData("niño")]
    [InlineData("señor")]
    [InlineData("pingüino")]
    [InlineData("Zürich")]
    [InlineData("Häuser")]
    [InlineData("SÜDEN")]
    [InlineData("weiß")]
    [InlineData("Preis €")]
    [InlineData("« Texte »")]
    [InlineData("„Größe“ – à partir de 5 €")]
    [InlineData("À propos")]
    [InlineData("Ça va")]
    [InlineData("Être")]
    [InlineData("Île")]
    [InlineData("ab 5 € • neu")]
    public void Ordinary_western_text_in_windows_1252_is_read(string anchor)
    {
        var row = Assert.IsType<LinkFileRow>(Assert.Single(Read(File(anchor, "windows-1252"))));

        Assert.Equal(anchor, row.Expectation.Anchor.Value);
    }

    [Theory]
    [InlineData("macintosh", "Müller")]
    [InlineData("macintosh", "café")]
    [InlineData("macintosh", "señor ñ")]
    [InlineData("macintosh", "ñ, año")]
    [InlineData("macintosh", "razón ó canción")]
    [InlineData("macintosh", "Österreich")]
    [InlineData("macintosh", "école")]
    [InlineData("macintosh", "García")]
    [InlineData("macintosh", "España")]
    [InlineData("macintosh", "lunedì")]
    [InlineData("macintosh", "Straße")]
    [InlineData("macintosh", "corazón")]
    [InlineData("macintosh", "día")]
    [InlineData("macintosh", "à Paris")]
    [InlineData("ibm850", "Müller")]
    [InlineData("ibm850", "Größe")]
    [InlineData("ibm850", "Straße")]
    [InlineData("ibm850", "Malmö")]
    [InlineData("ibm850", "voilà")]
    [InlineData("ibm850", "Málaga")]
    [InlineData("ibm437", "señor")]
    [InlineData("ibm437", "Köln")]
    [InlineData("ibm437", "café")]
    [InlineData("windows-1250", "Dvořák")]
    [InlineData("windows-1250", "Gdańsk")]
    [InlineData("windows-1250", "Łódź")]
    [InlineData("windows-1250", "są")]
    [InlineData("windows-1250", "klíč")]
    [InlineData("windows-1250", "věc")]
    [InlineData("windows-1250", "větev")]
    [InlineData("windows-1250", "šest koláčů")]
    [InlineData("windows-1250", "kuća")]
    [InlineData("windows-1250", "pręt")]
    [InlineData("windows-1250", "książkę")]
    [InlineData("windows-1250", "sprzęt")]
    [InlineData("windows-1250", "casă")]
    [InlineData("windows-1250", "erő")]
    [InlineData("windows-1250", "babička")]
    [InlineData("windows-1251", "да")]
    [InlineData("windows-1251", "Привет")]
    [InlineData("windows-1251", "Apple и Google")]
    [InlineData("windows-1251", "ссылка (link)")]
    [InlineData("koi8-r", "да")]
    [InlineData("koi8-r", "Привет")]
    [InlineData("ibm866", "сайт")]
    [InlineData("windows-1253", "και")]
    [InlineData("windows-1254", "kırmızı")]
    [InlineData("shift_jis", "日本")]
    [InlineData("shift_jis", "第1回")]
    [InlineData("shift_jis", "Webサイト")]
    [InlineData("shift_jis", "ｶﾀｶﾅ")]
    [InlineData("gb2312", "中国")]
    [InlineData("gb2312", "A股")]
    [InlineData("gb2312", "网")]
    [InlineData("gb18030", "SEO的")]
    [InlineData("big5", "中文")]
    [InlineData("big5", "台灣")]
    [InlineData("euc-kr", "한국")]
    [InlineData("euc-kr", "A형")]
    [InlineData("euc-jp", "日本語")]
    [InlineData("windows-1250", "tŕň")]
    [InlineData("windows-1250", "gyűrű")]
    [InlineData("windows-1250", "srčne")]
    [InlineData("windows-1250", "holčičce")]
    [InlineData("windows-1250", "zajęte")]
    [InlineData("ibm850", "à la carte")]
    [InlineData("macintosh", "l’école")]
    [InlineData("macintosh", "Noël")]
    [InlineData("macintosh", "façade")]
    [InlineData("macintosh", "Größe")]
    [InlineData("macintosh", "“quoted”")]
    [InlineData("macintosh", "Brand™")]
    [InlineData("ibm850", "façade")]
    [InlineData("ibm850", "été")]
    [InlineData("ibm850", "Österreich")]
    [InlineData("ibm437", "naïve")]
    [InlineData("windows-1250", "věž")]
    [InlineData("windows-1250", "ř")]
    [InlineData("windows-1251", "В Google")]
    [InlineData("windows-1251", "Ёж")]
    [InlineData("koi8-r", "сайт")]
    [InlineData("big5", "新北市")]
    [InlineData("gb18030", "网站建设")]
    [InlineData("euc-kr", "링크")]
    [InlineData("shift_jis", "リンク")]
    public void What_may_be_another_encoding_is_refused_by_name(string encoding, string anchor)
    {
        var file = File(anchor, encoding);

        var refused = Assert.Throws<UnreadableFileException>(() => Read(file));
        var named = Assert.IsType<LinkFileRow>(Assert.Single(Read(file, encoding)));

        Assert.False(refused.IsWrittenWrongly);
        Assert.Contains("line 2 has the bytes ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(WantedWord.Encoding, refused.Asks);
        Assert.Equal(anchor, named.Expectation.Anchor.Value);
    }

    [Theory]
    [InlineData("utf-16", false, false)]
    [InlineData("utf-16", true, false)]
    [InlineData("utf-32", false, false)]
    [InlineData("utf-32", true, false)]
    [InlineData("utf-32", false, true)]
    [InlineData("utf-32", true, true)]
    public void Wide_encodings_are_known_by_their_mark_or_their_zeros(string name, bool bigEndian, bool isMarked)
    {
        Encoding encoding = name == "utf-16" ? new UnicodeEncoding(bigEndian, isMarked) : new UTF32Encoding(bigEndian, isMarked);

        var row = Assert.IsType<LinkFileRow>(Assert.Single(Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Text("Müller 日本 😀"))])));

        Assert.Equal("Müller 日本 😀", row.Expectation.Anchor.Value);
    }

    [Theory]
    [InlineData("Müller")]
    [InlineData("5 μm, 3 kΩ")]
    [InlineData("да")]
    [InlineData("HTMLпарсер")]
    [InlineData("שלום")]
    [InlineData("Web制作")]
    [InlineData("don’t")]
    [InlineData("ə")]
    public void Text_in_UTF_8_is_read(string anchor) =>
        Assert.Equal(anchor, Assert.IsType<LinkFileRow>(Assert.Single(Read(File(anchor, "utf-8")))).Expectation.Anchor.Value);

    [Fact]
    public void One_clear_word_makes_the_others_certain()
    {
        var rows = Read(Encoding.GetEncoding(1252).GetBytes(
            "page,target,anchor\nhttps://a.example/,https://example.org/,København\nhttps://b.example/,https://example.org/,på Ålesund\n"));

        Assert.Equal(2, rows.Count);
    }

    /// <summary>What is no text says what it is (<see cref="ZipKind"/>), not that its encoding is unknown.</summary>
    [Theory]
    [InlineData("mimetype", "application/vnd.oasis.opendocument.spreadsheet", ".ods")]
    [InlineData("mimetype", "application/vnd.oasis.opendocument.text", "no spreadsheet")]
    [InlineData("xl/workbook.bin", "x", ".xlsb")]
    [InlineData("word/document.xml", "x", "Word")]
    [InlineData("links.csv", "page,target", "archive (.zip). Unpack it")]
    public void A_zip_is_named_by_what_is_in_it(string part, string content, string what)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var text = new StreamWriter(zip.CreateEntry(part).Open()))
            text.Write(content);

        Assert.Contains(what, Assert.Throws<UnreadableFileException>(() => Read(stream.ToArray())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, (byte)'D', "picture")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, (byte)'D', "picture")]
    [InlineData(new byte[] { }, (byte)0x1C, "neither a text")]
    [InlineData(new byte[] { 0xE9 }, (byte)0x02, "neither a text")]
    public void Other_bytes_are_no_text_in_an_unknown_encoding(byte[] start, byte rest, string what)
    {
        var refused = Assert.Throws<UnreadableFileException>(() => Read([.. start, .. Enumerable.Repeat(rest, 3000)]));

        Assert.Contains(what, refused.Message, StringComparison.Ordinal);
        Assert.Equal(WantedWord.None, refused.Asks);
    }

    private static string Text(string anchor) => $"page,target,anchor\nhttps://a.example/,https://example.org/,\"{anchor}\"\n";

    private static byte[] File(string anchor, string encoding) =>
        Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetBytes(Text(anchor));

    private List<object> Read(byte[] bytes, string? encoding = null)
    {
        var path = Path.Combine(_folder.FullName, "links.csv");
        System.IO.File.WriteAllBytes(path, bytes);
        var table = FileOfLinks.Open(
            new FileInfo(path), new RowDefaults(null, null) { Encoding = encoding }, TestContext.Current.CancellationToken).Single();
        return [.. table.Rows(TestContext.Current.CancellationToken)];
    }
}
