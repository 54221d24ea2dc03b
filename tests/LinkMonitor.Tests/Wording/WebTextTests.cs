using LinkMonitor.Engine.Urls;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

public sealed class WebTextTests
{
    [Theory]
    [InlineData("  a \r\n\t b  ", "a b")]
    [InlineData("a\u0000b", "a[U+0000]b")]
    [InlineData("a\u202Eb", "a[U+202E]b")]
    [InlineData("a\u200Fb\u061C", "a[U+200F]b[U+061C]")]
    [InlineData("\uFEFFa", "[U+FEFF]a")]
    [InlineData("👩\u200D💻", "👩\u200D💻")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    public void Text_from_the_web_becomes_one_visible_line(string value, string expected) =>
        Assert.Equal(expected, WebText.Visible(value));

    [Fact]
    public void Half_a_surrogate_pair_is_shown() => Assert.Equal("[U+FFFD]a", WebText.Visible("\ud800a"));

    [Theory]
    [InlineData("one\r\ntwo\u202E", 20, "one\ntwo[U+202E]")]
    [InlineData("\n\none\n\n\ntwo", 20, "one\n\ntwo")]
    [InlineData("one\ntwo", 3, "one… (cut: 3 of 7 characters)")]
    public void What_people_write_keeps_its_lines(string text, int length, string lines) =>
        Assert.Equal(lines, WebText.Lines(text, length));

    [Fact]
    public void A_cut_says_how_much_there_was() =>
        Assert.Equal("aaa… (cut: 3 of 5,000 characters)", WebText.Cut(new string('a', 5_000), 3));

    private static readonly string[] Origins = ["https://example.org", "http://127.0.0.1:1", "http://[2001:db8::1]:8080", "http://a.b"];

    private static readonly string[] Parts = ["a", "long-word", "/", "%20", "%E6%97%A5", "7", "?q=", "&", "%25", "index.html", "-", "%2F"];

    [Fact]
    public void A_cut_never_halves_a_character() => Assert.Equal("a…", WebText.Short("a🔗🔗", 3));

    [Theory]
    [InlineData("page says noindex", 14, "page says…")]
    [InlineData("page says noindex", 10, "page says…")]
    [InlineData("page says noindex", 17, "page says noindex")]
    [InlineData("a incomprehensibilities", 14, "a incomprehen…")]
    public void A_short_text_ends_with_a_whole_word_where_that_leaves_half_of_it(string text, int maxLength, string expected) =>
        Assert.Equal(expected, WebText.Short(text, maxLength));

    [Theory]
    [InlineData("https://example.org/a", "example.org/a")]
    [InlineData("https://example.org:443/a", "example.org/a")]
    [InlineData("http://127.0.0.1:8123/x", "127.0.0.1:8123/x")]
    [InlineData("http://127.0.0.1:8913/x", "127.0.0.1:8913/x")]
    [InlineData("http://example.org:8123/a/rather/long/path/to/a/page", "example.org:8123/…path/to/a/page")]
    public void A_short_url_keeps_a_port_of_its_own(string url, string expected)
    {
        Assert.True(WebUrl.TryParse(url, out var read));
        Assert.Equal(expected, WebText.ShortUrl(read, 32, showsHost: true));
    }

    /// <summary>Pages differ in their paths and in how their queries begin.</summary>
    [Theory]
    [InlineData("https://example.org/a/page?ref=0123456789012345678901234567890", "example.org/a/page?ref=01234567…")]
    [InlineData("https://example.org/a/page?q=%C3%BC%20%20%20%20%20%20%20%20%20", "example.org/a/page?q=ü%20%20%20…")]
    [InlineData("https://example.org/a/rather/long/path/to/a/page?ref=0123456789", "example.org/…ng/path/to/a/page?…")]
    [InlineData("https://example.org/a/page#0123456789012345678901234567890", "example.org/a/page#012345678901…")]
    public void A_short_url_keeps_its_path_before_the_end_of_its_query(string url, string expected)
    {
        Assert.True(WebUrl.TryParse(url, out var read));
        Assert.Equal(expected, WebText.ShortUrl(read, 32, showsHost: true));
    }

    [Fact]
    public void A_short_url_is_whole_or_parts_of_its_own_in_their_order()
    {
        var random = new Random(17);
        for (var round = 0; round < 2_000; round++)
        {
            var path = string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => Parts[random.Next(Parts.Length)]));
            var text = $"{Origins[random.Next(Origins.Length)]}/{path}";
            Assert.True(WebUrl.TryParse(text, out var url), text);
            var whole = WebText.Readable(url.Href)[(url.Href.IndexOf("//", StringComparison.Ordinal) + 2)..];
            var max = random.Next(32, 80);

            var shown = WebText.ShortUrl(url, max, showsHost: true);

            Assert.True(shown.Length <= max, $"{text} at {max}: {shown}");
            if (whole.Length <= max)
            {
                Assert.Equal(whole, shown);
                continue;
            }

            var parts = shown.Split('…');
            Assert.InRange(parts.Length, 2, 3);
            Assert.StartsWith(parts[0].TrimEnd('/'), whole, StringComparison.Ordinal);
            var at = parts[0].TrimEnd('/').Length;
            foreach (var part in parts[1..])
                at = Assert.IsType<int>(whole.IndexOf(part, at, StringComparison.Ordinal)) + part.Length;
            Assert.True(parts.Sum(part => part.Length) < whole.Length, $"{text} at {max}: {shown}");
            Assert.False(EndsInEscape(parts[0]), $"{text} at {max}: {shown}");
            if (whole.AsSpan().IndexOfAny('?', '#') >= 0)
                continue;
            Assert.EndsWith(parts[1], whole, StringComparison.Ordinal);
            Assert.False(EndsInEscape(whole[..^parts[1].Length]), $"{text} at {max}: {shown}");
        }
    }

    private static bool EndsInEscape(string text) => text.EndsWith('%') || (text.Length > 1 && text[^2] == '%');

    [Fact]
    public void What_fits_is_left_alone() => Assert.Equal("abc", WebText.Cut("abc", 3));

    [Theory]
    [InlineData("https://example.org/%E6%97%A5%E6%9C%AC?q=%C3%BC", "https://example.org/日本?q=ü")]
    [InlineData("https://example.org/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7", "https://example.org/مرحبا")]
    [InlineData("https://example.org/a%20b%2Fc%25%3F", "https://example.org/a%20b%2Fc%25%3F")]
    [InlineData("https://example.org/%E2%80%AEgnp", "https://example.org/%E2%80%AEgnp")]
    [InlineData("https://example.org/%C2%A0%E3%80%80%E2%80%8B%CC", "https://example.org/%C2%A0%E3%80%80%E2%80%8B%CC")]
    [InlineData("https://example.org/%F0%9F%98%80%", "https://example.org/😀%")]
    [InlineData("https://example.org/%00%0A%7F%C2%85", "https://example.org/%00%0A%7F%C2%85")]
    [InlineData("https://example.org/plain", "https://example.org/plain")]
    public void A_url_is_readable_and_nothing_in_it_is_hidden_or_turns_text(string url, string readable) =>
        Assert.Equal(readable, WebText.Readable(url));
}
