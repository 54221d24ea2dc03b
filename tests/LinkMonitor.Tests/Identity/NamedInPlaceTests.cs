using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Identity;

/// <summary>What stands in a known page's place is called what it is, and what is said of it stays true when it is confirmed.</summary>
public sealed class NamedInPlaceTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [InlineData("We're sorry, but something went wrong (500 Internal Server Error)", "<p>Please look at the logs.</p>")]
    [InlineData("An Error Occurred: Internal Server Error", "<h1>Oops!</h1><h2>The server returned a \"500\".</h2>")]
    [InlineData("Server Error", "<div>500</div><div>Server Error</div>")]
    [InlineData("Server Error (500)", "<h1>Server Error (500)</h1>")]
    [InlineData("HTTP Status 500 – Internal Server Error", "<h1>HTTP Status 500</h1><p><b>Type</b> Exception Report</p>")]
    [InlineData("Oops, an error occurred!", "<h1>Oops, an error occurred!</h1><p>Code: 20260301120000</p>")]
    [InlineData("", "Error displaying the error page: Could not connect to the data base.")]
    [InlineData("Oops", "<p>The software powering this discussion forum encountered an unexpected problem.</p>")]
    [InlineData("", "upstream connect error or disconnect/reset before headers. reset reason: connection timeout")]
    [InlineData("ERROR: The request could not be satisfied", "<h1>504 ERROR</h1><p>CloudFront could not reach the origin.</p>")]
    [InlineData("509 Bandwidth Limit Exceeded", "<h1>Bandwidth Limit Exceeded</h1>")]
    [InlineData("OperationalError at /posts/lamps", "<h1>OperationalError at /posts/lamps</h1><pre>no such table</pre>")]
    public void An_error_of_a_known_program_is_an_error_and_replaces_nothing(string title, string body) =>
        AssertUnknown(ReasonCode.ServerError, title, body);

    [Theory]
    [InlineData("Вы не робот?", "<form action='/checkcaptcha'><p>Подтвердите, что запросы отправляли вы.</p></form>")]
    [InlineData("百度安全验证", "<div>网络不给力，请稍后重试</div>")]
    [InlineData("验证码拦截", "<div id='nocaptcha'></div><p>请完成验证</p>")]
    [InlineData("Blocked", "<p>Transaction 7 was stopped. Barracuda Networks</p>")]
    public void A_wall_of_a_known_service_is_a_wall_and_replaces_nothing(string title, string body) =>
        AssertUnknown(ReasonCode.Blocked, title, body);

    [Theory]
    [InlineData("lamps.example", "<h1>This domain has expired</h1><p>Is it yours? <a href='https://registrar.example/'>Renew it</a></p>")]
    [InlineData("blog.example.net", "<h1>blog.example.net is for sale</h1><p>Make an offer.</p>")]
    [InlineData("このドメインはお名前.comで取得されています。", "<p>このドメインはお名前.comで取得されています。</p>")]
    public void A_domain_without_a_site_is_parked_by_its_heading_too(string title, string body)
    {
        var last = Known().Check(PageLife.Answer(Page(title, body)), Day).Last!;

        Assert.Equal([ReasonCode.Parked], last.Reasons.Select(reason => reason.Code));
        Assert.Equal(ReasonCode.DomainGone, last.Suspected?.Code);
    }

    [Theory]
    [InlineData("Page unavailable", "It is not available right now. Try again in a minute.")]
    [InlineData("This page isn’t available", "We are updating it. Try again later.")]
    [InlineData("Seite nicht verfügbar", "Bitte gleich noch einmal versuchen.")]
    public void What_is_not_available_is_not_said_to_be_gone(string title, string text) => Assert.DoesNotContain(
        Known().Check(PageLife.Answer(Page(title, $"<h1>{title}</h1><p>{text}</p>")), Day).Last!.Reasons,
        reason => reason.Code is ReasonCode.Soft404);

    [Theory]
    [InlineData("Page not found", "<h1>Oh</h1>", "its title says that there is no such page (“Page not found”)")]
    [InlineData("Lamps", "<h1>Seite nicht gefunden</h1>", "its heading says that there is no such page (“Seite nicht gefunden”)")]
    [InlineData("Lamps", "<p>Sorry, page not found.</p>", "its text says that there is no such page (“Sorry, page not found.”)")]
    public void What_says_that_there_is_no_such_page_is_quoted(string title, string body, string words) =>
        Assert.Contains(words, Known().Check(PageLife.Answer(Page(title, body)), Day).Last!.Reasons[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Of_a_page_that_was_there_a_404_does_not_doubt_the_address()
    {
        var gone = PageLife.Answer("") with { Status = 404 };

        Assert.Equal(
            "The server says that there is no such page any more (404); ask the site's owner where the page is.",
            Known().Check(gone, Day).Last!.Reasons[0].Message);
        Assert.Contains(
            "check its address",
            LinkJudge.Judge(
                Observer.Observe(gone, TestContext.Current.CancellationToken), new() { Target = PageAnswer.Url(SampleSite.Target) },
                LinkMemory.None).Reasons[0].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_that_its_hosting_company_closed_is_said_to_be_so()
    {
        var closed = PageLife.Answer(Page("Account Suspended", "<h1>Account Suspended</h1>")) with
        {
            FinalUrl = PageAnswer.Url("https://blog.example.net/cgi-sys/suspendedpage.cgi"),
            Redirects = [new Redirect(PageAnswer.Url(SampleSite.Page), 302)],
        };

        var life = Known().Check(closed, Day);
        Assert.StartsWith(
            "The site at blog.example.net was closed by the company that hosts it", life.Last!.Reasons[0].Message,
            StringComparison.Ordinal);
        life.Check(closed, Day * 2, Day * 3.1, Day * 4);

        Assert.Equal(LinkState.Lost, life.Status.State);
        Assert.Equal(
            "The site at blog.example.net was closed by the company that hosts it, and the page is gone with it.",
            life.Status.LastEvidence!.Explanation!.Sentence);
    }

    [Fact]
    public void A_page_that_is_told_as_replaced_is_not_said_to_wait_any_more()
    {
        var other = PageLife.Answer(
            new SampleSite("divs", 8) { Title = "Apples", Heading = "Apples", IsRewritten = true, Sentence = null, Others = 0 });

        var life = Known().Check(other, Day);
        Assert.Contains("what stays so for days counts as lost", life.Status.LastEvidence!.Explanation!.Sentence, StringComparison.Ordinal);
        life.Check(other, Day * 2, Day * 3.1, Day * 4.1);

        Assert.Equal([ReasonCode.PageReplaced], life.Status.Reasons.Select(reason => reason.Code));
        Assert.StartsWith("The page was replaced", life.Status.LastEvidence!.Explanation!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 3, "All 3 other outbound links of the page are missing there, too.")]
    [InlineData(1, 1, "The page's other outbound link is missing there, too.")]
    [InlineData(4, 0, "All 4 other outbound links of the page are there.")]
    [InlineData(1, 0, "The page's other outbound link is there.")]
    [InlineData(4, 1, "1 of 4 other outbound links of the page is missing there, too.")]
    [InlineData(4, 2, "2 of 4 other outbound links of the page are missing there, too.")]
    public void Links_of_a_page_that_leads_elsewhere_were_not_removed_by_a_redesign(int others, int touched, string sentence)
    {
        Assert.Equal(ScopeQuestion.Elsewhere, AskedOf.Reason(ReasonCode.PageRedirected, PageAnswer.Url("https://shop.example.org/sale")));
        Assert.Equal(sentence, ScopeText.Sentence(new ScopeFinding(ChangeScope.Many, others, touched), ScopeQuestion.Elsewhere));
    }

    private static PageLife Known() => PageLife.Of(new SampleSite("article", 8));

    private static string Page(string title, string body) => title.Length == 0
        ? body
        : $"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>";

    private static void AssertUnknown(ReasonCode code, string title, string body)
    {
        var last = Known().Check(PageLife.Answer(Page(title, body)), Day).Last!;

        Assert.True(last.Reasons is [{ } reason] && reason.Code == code, $"{last.Reasons[0].Code}: {last.Reasons[0].Message}");
        Assert.Equal(VerdictState.Unknown, last.State);
        Assert.Null(last.Suspected);
    }
}
