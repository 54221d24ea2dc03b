using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Composing.Facts;

namespace LinkMonitor.Tests.Alerts.Composing;

/// <summary>
/// Whatever the web, a user or a vendor writes: every field of every matter stays text, on its line, visible and bounded.
/// </summary>
public sealed class InjectionTests
{
    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "th", "div", "p", "h1", "h2", "h3", "a", "br",
        "span", "strong", "code", "del", "ins",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "lang", "charset", "name", "content", "class", "style", "role", "href", "align", "valign", "scope", "width", "cellpadding", "clear",
    };

    private static readonly string[] Hostile =
    [
        "a\r\nBcc: thief@example.com\r\n\r\nbody",
        "\"'><script>alert(1)</script><img src=x onerror=alert(2)><a href=\"javascript:alert(3)\">x</a>",
        "</title></style><script>alert(4)</script>",
        "</td></tr></table></div></body></html><h1>Mine</h1>",
        "javascript:alert(5)",
        "data:text/html,<script>alert(6)</script>",
        "safe\u202Egnp.exe\u2066\u2069",
        "zero\u200Bwidth\uFEFFand\u00ADsoft\u2060",
        "nul\0bell\u0007esc\u001B[31m",
        "line\u2028para\u2029next\u0085",
        "half\ud800pair",
        "{0} {letter.Subject} %s ${x}",
        "-->]]><!--",
        new string('A', 5_000),
        string.Concat(Enumerable.Repeat("🔗", 2_500)),
        "",
        "   ",
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var kind in HostileMatters.Kinds)
                for (var text = 0; text < Hostile.Length; text++)
                    cases.Add(kind, text);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hostile_text_stays_text_in_every_field(string kind, int text) => AssertSafe(HostileMatters.With(Hostile[text])[kind]);

    [Fact]
    public void So_does_any_text_at_all()
    {
        var piece = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""), Gen.Elements(Hostile),
            Gen.Elements("<", ">", "\"", "&", "\r\n", "\u202E", "\u200D", "=", "'"));
        var texts = piece.ListOf(4).Select(string.Concat).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(texts, text =>
        {
            foreach (var matter in HostileMatters.With(text).Values)
                AssertSafe(matter);
        }));
    }

    [Fact]
    public void Invisible_characters_are_shown_in_every_kind() => Assert.All(
        HostileMatters.With("a\u202Eb").Values,
        matter => Assert.Contains("a[U+202E]b", AlertComposer.Compose(matter, Sample.Links).Text, StringComparison.Ordinal));

    [Fact]
    public void A_cut_is_visible_in_every_kind() => Assert.All(
        HostileMatters.With(new string('A', 5_000)).Values,
        matter => Assert.Matches("A…( \\(cut:|)", AlertComposer.Compose(matter, Sample.Links).Text));

    private static void AssertSafe(AlertFacts matter)
    {
        var mail = AlertComposer.Compose(matter, Sample.Links).For(new Uri("https://links.example.org/s/unsubscribe/x"));

        Assert.InRange(mail.Subject.Length, 1, 150);
        AssertOneVisibleLine(mail.Subject);
        Assert.All(mail.Text.Split('\n'), AssertOneVisibleLine);
        Assert.All(mail.Html.Split('\n'), AssertOneVisibleLine);
        Assert.DoesNotContain(new string('A', 1_300), mail.Text + mail.Html, StringComparison.Ordinal);
        AssertOnlyOurMarkup(mail.Html);
        AssertBounded(mail.Summary);
    }

    private static void AssertOneVisibleLine(string line) => Assert.DoesNotContain(line.EnumerateRunes(), rune =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D)));

    private static void AssertOnlyOurMarkup(string html)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument(html);
        Assert.All(document.All, element => Assert.Contains(element.LocalName, Elements));
        Assert.All(document.All.SelectMany(element => element.Attributes), attribute => Assert.Contains(attribute.Name, Attributes));
        Assert.All(
            document.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!),
            url => Assert.True(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", url));
        Assert.DoesNotContain(document.Descendants<IComment>(), _ => true);
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.EndsWith("x", document.QuerySelectorAll("a")[^1].GetAttribute("href"), StringComparison.Ordinal);
    }

    private static void AssertBounded(AlertSummary summary)
    {
        Assert.InRange(summary.Headline.Length, 1, AlertSummary.MaxHeadline);
        Assert.InRange(summary.Cause?.Length ?? 0, 0, AlertSummary.MaxCause);
        Assert.InRange(summary.Lines.Count, 0, AlertSummary.MaxLines);
        AssertOneVisibleLine(summary.Headline + summary.Cause);
        foreach (var text in summary.Lines.SelectMany(line => new[] { line.Word, line.Gist, line.PageText, line.TargetText }))
        {
            Assert.InRange(text.Length, 0, SummaryLine.MaxText);
            AssertOneVisibleLine(text);
        }
    }
}
