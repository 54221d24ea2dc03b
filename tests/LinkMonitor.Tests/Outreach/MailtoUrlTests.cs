using LinkMonitor.Outreach;

namespace LinkMonitor.Tests.Outreach;

public sealed class MailtoUrlTests
{
    [Fact]
    public void Everything_but_unreserved_characters_is_encoded_and_lines_end_with_CRLF() =>
        Assert.Equal(
            ("mailto:anna%2Bx@example.net?subject=A%26B%3F%20gr%C3%BCn&body=one%0D%0Atwo%20%26%20100%25", false),
            MailtoUrl.Write("anna+x@example.net", "A&B? grün", "one\ntwo & 100%"));

    [Fact]
    public void Without_an_address_the_sender_fills_it_in() =>
        Assert.StartsWith("mailto:?subject=", MailtoUrl.Write(null, "s", "b")!.Value.Url, StringComparison.Ordinal);

    [Theory]
    [InlineData("a\r\nBcc: evil@example.org")]
    [InlineData("a\u2028b\u0000c\u202Ed")]
    public void A_subject_can_add_no_header(string subject)
    {
        var url = MailtoUrl.Write("anna@example.net", subject, "b")!.Value.Url;

        Assert.DoesNotContain("%0D", url, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("%0A", url, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ["subject", "body"], url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(field => field.Split('=')[0]));
    }

    [Theory]
    [InlineData("word ", 1_000)]
    [InlineData("日本 ", 700)]
    [InlineData("🎉\n", 500)]
    [InlineData("<a href=\"https://example.org/\">x</a>\n", 60)]
    public void A_long_body_is_cut_at_a_line_and_says_so(string piece, int count)
    {
        var (url, isShortened) =
            MailtoUrl.Write("anna@example.net", "Subject", "First line\n" + string.Concat(Enumerable.Repeat(piece, count)))!.Value;

        Assert.True(isShortened);
        Assert.True(url.Length <= MailtoUrl.MaxLength);
        var body = Uri.UnescapeDataString(url[(url.IndexOf("&body=", StringComparison.Ordinal) + 6)..]);
        Assert.StartsWith("First line\r\n", body, StringComparison.Ordinal);
        Assert.EndsWith("[Shortened to fit: copy the whole text from LinkMonitor.]", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_subject_is_cut_before_the_body_is_left_out()
    {
        var (url, _) = MailtoUrl.Write("anna@example.net", new string('日', 300), "First line\nsecond")!.Value;

        Assert.True(url.Length <= MailtoUrl.MaxLength);
        Assert.Contains("First%20line", url, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_fit_has_no_URL() => Assert.Null(MailtoUrl.Write(new string('日', 300) + "@example.net", "s", "b"));
}
