using System.Net;
using System.Text;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Fetching.Cookies;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Tests.Engine.Judging;
using LinkMonitor.Tests.Support;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Engine.Unicode;

/// <summary>Whatever the web or a user writes is a value: no text makes a function of the engine throw.</summary>
public sealed class AnyTextTests
{
    private static readonly Dictionary<string, Action<string>> Functions = new()
    {
        ["URLs"] = static text => WebUrl.TryParse(text, out _),
        ["URLs with such a host"] = static text => WebUrl.TryParse($"https://{text}.example.org/{text}?{text}#{text}", out _),
        ["rel"] = static text => RelText.Tokens(text).Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["expected rel"] = static text => RelText.TryParseExpectation(text, out _, out _),
        ["names of pages"] = static text => NameComparison.IsAlike(text, "Ten lamps" + text),
        ["samples of texts"] = static text => TextSample.ShareIn(TextSample.Of(text + text), text),
        ["anchors"] = static text => AnchorText.IsSame(text, text + "x"),
        ["titles"] = static text => (NotFoundPhrases.IsIn(text), NotFoundPhrases.IsSaidIn(text)).ToString(),
        ["refresh"] = static text => RefreshText.Parse("0;url=" + text),
        ["ends of pages"] = static text => UnavailableAfter.TryRead(text, out _, out _),
        ["types"] = static text =>
            (CharsetParameter.InHeader(text), CharsetParameter.InMetaContent(text), EncodingLabels.NameOf(text)).ToString(),
        ["styles"] = static text => InlineStyle.Parse(text),
        ["scripts"] = static text => (ScriptText.Moves(text), ScriptText.SetsCookieAndReloads(text)).ToString(),
        ["linked data"] = static text => (LinkedData.NamesArticle(text), LinkedData.IsPaid(text)).ToString(),
        ["garbled text"] = static text => GarbledText.Is(text),
        ["folding"] = static text => (FoldedText.Fold(text), InvisibleCharacters.Remove(text), TextWeight.Of(text, text.Length)).ToString(),
        ["cutting"] = static text =>
            (ShortText.Cut(text, 5), StoredText.Cut(text, 16), WebText.Short(text, 5), WebText.Cut(text, 5)).ToString(),
        ["surroundings"] = static text => SurvivingPlace.Excerpt(text + text, text, text),
        ["robots.txt"] = static text => RobotsTxt
            .Parse(Encoding.UTF8.GetBytes($"User-agent: *\nDisallow: {text}\nDisallow: /{text}*$\n{text}"))
            .IsAllowed("LinkMonitor", JudgeCase.Expectation.Target),
        ["cookies"] = static text => PageCookie.Parse(
            $"{text}={text}; Domain={text}; Path={text}; Expires={text}; Max-Age={text}", JudgeCase.Expectation.Target, PageAnswer.Time),
        ["addresses of mail"] = static text => (EmailAddress.IsValid(text), EmailAddress.IsValid($"a@{text}.example.org")).ToString(),
        ["vendors"] = static text => VendorName.Key(text),
        ["feeds"] = static text => FeedReader.Read(
            Encoding.UTF8.GetBytes($"<rss><channel><item><title>{text}</title><link>{text}</link></item></channel></rss>"),
            JudgeCase.Expectation.Target,
            TestContext.Current.CancellationToken),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_is_too_strange(string function)
    {
        foreach (var text in HostileText.Some(1_000))
            Functions[function](text);
    }

    [Fact]
    public void No_page_is_too_strange_to_be_judged_and_kept()
    {
        foreach (var text in HostileText.Some(500))
        {
            var html = WebUtility.HtmlEncode(text);
            var page = PageAnswer.Html(
                $"<title>{text}</title><link rel=canonical href='{html}'><meta name=robots content='{html}'><h1>{html}</h1><p>{text}</p>"
                + JudgeCase.Link($"rel='{html}' title='{html}' style='{html}'", html) + JudgeCase.Link(anchor: text),
                $"X-Robots-Tag: {text.Replace('\n', ' ')}", $"Link: <{text.Replace('\n', ' ')}>; rel=canonical");
            var expectation = JudgeCase.Expectation with { Anchor = Expected<string>.Exactly(text) };

            var verdict = JudgeCase.Judge(page, expectation, JudgeCase.Baseline with { Anchor = text });

            EvidenceFit.Write(EvidenceFactory.From(verdict));
            EvidenceFit.Write(verdict.Reasons);
        }
    }

    [Fact]
    public void Anchor_with_a_noncharacter_is_judged_like_any_other()
    {
        var verdict = JudgeCase.Judge(
            JudgeCase.Link(anchor: "lam\uFFFEps"), JudgeCase.Expectation with { Anchor = Expected<string>.Exactly("lamps") });

        Assert.Equal([ReasonCode.AnchorChanged], verdict.Codes());
    }
}
