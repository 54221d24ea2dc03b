using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

/// <summary>The short way to a URL leads where the long one does, or nowhere.</summary>
public sealed class PlainUrlTests
{
    private static readonly string[] Parts =
    [
        "http://", "https://", "HTTP://", "http:", "//", "/", "\\", "example.com", "a-b.example", "Example.COM", "xn--a", "1.2.3.4", "0x7f",
        "a.1", "a.0x1", "a.b.", ".", "..", "/.", "/..", "/%2e", "%41", "%", "?", "?q=1", "&a=b", "#", "#f", ":80", ":443", ":8080", "u@",
        " ",
        "\t", "\n", "'", "\"", "<", "^", "|", "{", "`", "é", "日", "\uD800", "a", "Z", "~", "!", "$", "*", "_", ";", "@", "[", "]",
        "path/to",
    ];

    private static readonly WebUrl[] Bases =
    [
        PageAnswer.Url("https://blog.example.net/a/b?c#d"), PageAnswer.Url("http://blog.example.net:8080/"),
        PageAnswer.Url("https://u:p@blog.example.net/"), PageAnswer.Url("http://[::1]/x"), PageAnswer.Url("file:///c:/x"),
        PageAnswer.Url("mailto:a@b"),
    ];

    [Fact]
    public void It_leads_where_the_parser_leads()
    {
        var random = new Random(20261129);
        var plain = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var start = random.Next(3) switch { 0 => "", 1 => "https://example.com", _ => "/" };
            var input = start + string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Parts[random.Next(Parts.Length)]));
            var against = random.Next(4) == 0 ? null : Bases[random.Next(Bases.Length)];
            if (PlainUrl.Read(input, against) is not { } read)
                continue;
            plain++;
            var record = UrlParser.Parse(input, against, null);
            Assert.NotNull(record);
            Assert.Equal(Told(new WebUrl(record)), Told(read));
        }

        Assert.InRange(plain, 5_000, 200_000);
    }

    [Theory]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("http://www.a-1.example.com/a/b.html?c=d&e#f", "http://www.a-1.example.com/a/b.html?c=d&e#f")]
    [InlineData("/x?y", "https://blog.example.net/x?y")]
    [InlineData("https://example.com?q", "https://example.com/?q")]
    public void What_most_links_have_is_read_so(string input, string expected) =>
        Assert.Equal(expected, PlainUrl.Read(input, Bases[0])?.Href);

    private static string Told(WebUrl url) =>
        $"{url.Href} {url.Scheme} {url.UserName} {url.Password} {url.Host} {url.Port} {url.Path} {url.Query ?? "-"} {url.Fragment ?? "-"}"
            + $" {url.HasOpaquePath}";
}
