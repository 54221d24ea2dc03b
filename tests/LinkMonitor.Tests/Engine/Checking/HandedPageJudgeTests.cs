using System.Text;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Checking;

/// <summary>A document that a person's browser showed is judged like any page, and nothing is fetched for it.</summary>
public sealed class HandedPageJudgeTests
{
    private const string Page = "https://blog.example.net/posts/one";
    private static readonly Expectation Expectation = new() { Target = Web.Parse("https://shop.example.com/lamps") };
    private static readonly LinkStatus New = LinkStatus.New(PageAnswer.Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_that_is_there_is_found_with_its_evidence_and_no_step_tells_of_a_request()
    {
        var finding = await JudgeAsync(Article("<a href='https://shop.example.com/lamps' rel=nofollow>fine lamps</a>"));

        Assert.Equal((VerdictState.Live, "fine lamps"), (finding.State, finding.Evidence.Anchor));
        Assert.Null(finding.Evidence.Status);
        Assert.Equal(["nofollow"], finding.Evidence.Rel);
        var steps = finding.Evidence.Explanation!.Steps;
        Assert.DoesNotContain(steps, step => step.Name is StepName.Status or StepName.RobotsTxt or StepName.Headers);
        Assert.Contains("handed over", steps.First(step => step.Name == StepName.Request).Seen, StringComparison.Ordinal);
        Assert.DoesNotContain(steps, step => step.Seen.Contains("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_is_not_there_is_lost_and_a_known_page_is_compared()
    {
        var known = LinkTracker.Apply(
            New, await LinkChecker.CheckAsync(Read(Article("<a href='https://shop.example.com/lamps'>lamps</a>")), Expectation, New,
            TargetRound.Off, Token), ConfirmationPolicy.Default).Status;

        var same = await JudgeAsync(Article("no link"), known);
        var shoes = "<title>Shoes</title><h1>Shoes</h1><p>" + string.Concat(Enumerable.Repeat("Boots and laces. ", 80));
        var other = await JudgeAsync(shoes, known);

        Assert.Equal((VerdictState.Lost, ReasonCode.LinkRemoved), (same.State, same.Reasons[0].Code));
        Assert.Equal(VerdictState.Unknown, other.State);
    }

    [Theory]
    [InlineData("<title>Just a moment...</title><script>window._cf_chl_opt={}</script><p>Checking your browser")]
    [InlineData("")]
    public async Task What_stands_in_front_of_the_page_tells_nothing(string html)
    {
        var finding = await JudgeAsync(html);

        Assert.Equal(VerdictState.Unknown, finding.State);
        Assert.DoesNotContain("status", finding.Reasons[0].Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_that_says_it_is_not_there_is_lost_without_a_word_of_its_status()
    {
        var finding = await JudgeAsync("<title>Page not found</title><p>Sorry, this page does not exist. <a href='/'>Home</a>");

        Assert.Equal((VerdictState.Lost, ReasonCode.Soft404), (finding.State, finding.Reasons[0].Code));
        Assert.DoesNotContain("status", finding.Reasons[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_decoded_as_it_says_and_text_as_it_came()
    {
        var html = "<meta charset=windows-1251>" + Article("<a href='https://shop.example.com/lamps'>лампы</a>");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var file = Document(html) with { IsText = false, Html = Encoding.GetEncoding("windows-1251").GetBytes(html) };

        var ofFile = await JudgeAsync(file, New);
        var ofText = await JudgeAsync(html);

        Assert.Equal(("лампы", "лампы"), (ofFile.Evidence.Anchor, ofText.Evidence.Anchor));
    }

    [Fact]
    public async Task Relative_links_are_resolved_against_the_address_of_the_browser()
    {
        var document = Document(Article("<a href='/lamps'>lamps</a>")) with { Url = Web.Parse("https://shop.example.com/guest") };

        Assert.Equal(VerdictState.Live, (await JudgeAsync(document, New)).State);
        Assert.False(document.IsAtThePage);
        Assert.True((document with { Url = Web.Parse("http://www.blog.example.net/posts/one/?utm_source=x#top") }).IsAtThePage);
    }

    [Fact]
    public void The_address_that_a_browser_notes_in_a_saved_page_is_read()
    {
        var saved = "<!DOCTYPE html>\r\n<!-- saved from url=(0034)https://blog.example.net/posts/one -->\r\n<html>"u8;

        Assert.Equal(Page, HandedDocument.SavedFrom(saved)!.Href);
        Assert.Null(HandedDocument.SavedFrom("<!-- saved from url=(0014)about:internet -->"u8));
        Assert.Null(HandedDocument.SavedFrom("<html>"u8));
    }

    [Fact]
    public void A_document_that_is_too_long_is_refused() => Assert.Throws<ArgumentException>(
        () => HandedPageJudge.Read(
            Document("") with { Html = new byte[HandedDocument.MaxBytes + 1] }, Token));

    private static string Article(string end) =>
        "<title>Lamps for winter</title><h1>Lamps for winter</h1><p>"
        + string.Concat(Enumerable.Repeat("Light is what a winter needs. ", 40)) + end
        + "</p><p><a href='https://blog.example.net/about'>About us</a> <a href='https://other.example/'>Another</a></p>";

    private static HandedDocument Document(string html) => new()
    {
        Page = Web.Parse(Page),
        Url = Web.Parse(Page),
        Html = Encoding.UTF8.GetBytes(html),
        IsText = true,
        At = PageAnswer.Time,
    };

    private static Observation Read(string html) => HandedPageJudge.Read(Document(html), Token);

    private static Task<HandedFinding> JudgeAsync(string html) => JudgeAsync(Document(html), New);

    private static Task<HandedFinding> JudgeAsync(string html, LinkStatus status) => JudgeAsync(Document(html), status);

    private static Task<HandedFinding> JudgeAsync(HandedDocument document, LinkStatus status) =>
        HandedPageJudge.JudgeAsync(HandedPageJudge.Read(document, Token), Expectation, status, Token);
}
