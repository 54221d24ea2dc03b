using System.Net;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Composing;

public sealed class HostileValuesTests
{
    private const string Script = "\"'><script>alert(1)</script><a href=\"javascript:alert(2)\">x</a>";
    private const string Bidi = "safe\u202Egnp.exe\u2066\u200B\u0007end";

    [Fact]
    public void Hostile_values_read_as_approved()
    {
        var mail = Sample.Compose(Sample.Project with { Name = $"Evil\r\nBcc: x@example.com {Script}" }, [Hostile()], PublicLinks.None);

        Approved.Check("hostile.approved.txt", $"Subject: {mail.Subject}\n\n{mail.Text}");
        Approved.Check("hostile.approved.html", mail.Html);
    }

    [Fact]
    public void Markup_from_the_web_stays_text()
    {
        var mail = Sample.Compose(Sample.Project with { Name = Script }, [Hostile()], PublicLinks.None);

        Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Script, WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
    }

    [Fact]
    public void Invisible_characters_are_shown_and_never_sent()
    {
        var mail = Sample.Compose(Sample.Project with { Name = Bidi }, [Hostile()], PublicLinks.None);

        Assert.All([mail.Subject, mail.Text, mail.Html], part => Assert.DoesNotContain(
            part, c => (char.IsControl(c) && c != '\n') || c is '\u202E' or '\u2066' or '\u200B'));
        Assert.Contains("safe[U+202E]gnp.exe[U+2066][U+200B][U+0007]end", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_anchor_is_cut_and_the_cut_is_told()
    {
        var mail = Sample.Compose(Sample.Project, [Hostile()], PublicLinks.None);

        Assert.All([mail.Text, mail.Html], part =>
        {
            Assert.Contains(
                "300 of 5,000 characters",
                WebUtility.HtmlDecode(part).ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
            Assert.DoesNotContain(new string('A', 1_000), part, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://example.org/x")]
    public void Only_web_URLs_become_links(string target)
    {
        var mail = Sample.Compose(Sample.Project, [Sample.Change(Sample.Lost, target: target)], PublicLinks.None);

        Assert.DoesNotContain($"href=\"{target[..5]}", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(target, WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
    }

    private static LinkChange Hostile() => Sample.Change(Sample.Nofollow with
    {
        ReasonsAfter =
        [
            Sample.Reason(
                ReasonCode.AnchorChanged, $"The anchor is now {Script}\r\nSubject: owned", "the best widgets", new string('A', 5_000)),
            Sample.Reason(ReasonCode.RelChanged, Bidi, Script, Bidi),
        ],
        Before = Sample.Alive(Sample.Noon.AddDays(-1)) with { Title = Bidi, Snippet = Script },
        After = Sample.Alive(Sample.Noon) with
        {
            Anchor = new string('A', 5_000),
            Title = $"{Script}\r\n.\r\nQUIT",
            Detail = Script,
            FinalUrl = "javascript:alert(3)",
            LinkUrl = $"https://example.org/?{new string('q', 4_000)}",
            Canonical = Script,
            Rel = [Script, Bidi],
            Snippet = $"{Script}{Bidi}",
        },
    }, "https://blog.example.net/?q=%22%3E%3Cscript%3E");
}
