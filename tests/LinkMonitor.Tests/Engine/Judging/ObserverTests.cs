using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging;

public sealed class ObserverTests
{
    [Theory]
    [InlineData(200, ObservationKind.Observed)]
    [InlineData(202, ObservationKind.Observed)]
    [InlineData(204, ObservationKind.Observed)]
    [InlineData(206, ObservationKind.ServerError)]
    [InlineData(300, ObservationKind.Unreachable)]
    [InlineData(304, ObservationKind.Unreachable)]
    [InlineData(400, ObservationKind.Blocked)]
    [InlineData(401, ObservationKind.Blocked)]
    [InlineData(403, ObservationKind.Blocked)]
    [InlineData(404, ObservationKind.Gone)]
    [InlineData(406, ObservationKind.Blocked)]
    [InlineData(407, ObservationKind.Blocked)]
    [InlineData(410, ObservationKind.Gone)]
    [InlineData(418, ObservationKind.Blocked)]
    [InlineData(429, ObservationKind.Blocked)]
    [InlineData(451, ObservationKind.Blocked)]
    [InlineData(500, ObservationKind.ServerError)]
    [InlineData(503, ObservationKind.ServerError)]
    [InlineData(521, ObservationKind.ServerError)]
    [InlineData(599, ObservationKind.ServerError)]
    [InlineData(600, ObservationKind.Blocked)]
    [InlineData(999, ObservationKind.Blocked)]
    public void A_status_tells_what_was_seen(int status, ObservationKind expected)
    {
        var observation = JudgeCase.Observe(PageAnswer.Html("<title>x</title><p>x") with { Status = status });

        Assert.Equal(expected, observation.Kind);
        Assert.Equal(expected is ObservationKind.Observed, observation.Reading is not null);
        Assert.Equal(status, observation.Status);
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), observation.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FetchFailure.NameNotFound, ObservationKind.Unreachable, true)]
    [InlineData(FetchFailure.NameLookupFailed, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.ConnectFailed, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.TlsFailed, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.TimedOut, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.ConnectionLost, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.InvalidResponse, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.RedirectLoop, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.TooManyRedirects, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.InvalidRedirect, ObservationKind.Unreachable, false)]
    [InlineData(FetchFailure.TooLarge, ObservationKind.TooLarge, false)]
    [InlineData(FetchFailure.Refused, ObservationKind.Refused, false)]
    [InlineData(FetchFailure.OurNetwork, ObservationKind.OurFault, false)]
    public void A_failure_tells_why_nothing_was_seen(FetchFailure failure, ObservationKind expected, bool nameNotFound)
    {
        var observation = JudgeCase.Observe(PageAnswer.Failed(failure, 200));

        Assert.Equal((expected, nameNotFound, 200), (observation.Kind, observation.NameNotFound, observation.Status));
        Assert.Equal($"It failed: {failure}.", observation.Detail);
        Assert.Null(observation.Reading);
    }

    [Theory]
    [InlineData("text/html", "x", true)]
    [InlineData("TEXT/HTML ; charset=utf-8", "x", true)]
    [InlineData("application/xhtml+xml", "x", true)]
    [InlineData("text/plain", "<html>", false)]
    [InlineData("application/pdf", "<html>", false)]
    [InlineData("application/xml", "<html>", false)]
    [InlineData(null, " \n<!doctype html><p>", true)]
    [InlineData(null, "\u00EF\u00BB\u00BF<p>", true)]
    [InlineData(null, "<HTML lang=en>", true)]
    [InlineData(null, "<!-- x", true)]
    [InlineData(null, "<br>", true)]
    [InlineData(null, "<pre>", false)]
    [InlineData(null, "<p", false)]
    [InlineData(null, "just text", false)]
    [InlineData(null, "", true)]
    [InlineData("*/*", "<p>", true)]
    [InlineData("nonsense", "<p>", true)]
    [InlineData("", "%PDF-1.7", false)]
    public void Only_html_is_observed(string? contentType, string body, bool isHtml)
    {
        string[] headers = contentType is null ? [] : [$"Content-Type: {contentType}"];

        var observation = JudgeCase.Observe(PageAnswer.Bytes(System.Text.Encoding.Latin1.GetBytes(body), headers));

        Assert.Equal(isHtml ? ObservationKind.Observed : ObservationKind.NotHtml, observation.Kind);
    }

    [Theory]
    [InlineData(200, "cf-mitigated: challenge")]
    [InlineData(403, "CF-Mitigated: Challenge")]
    [InlineData(404, "cf-mitigated: challenge")]
    [InlineData(503, "cf-mitigated: challenge")]
    [InlineData(202, "x-amzn-waf-action: challenge")]
    [InlineData(405, "x-amzn-waf-action: captcha")]
    [InlineData(429, "x-vercel-mitigated: challenge")]
    [InlineData(202, "sg-captcha: challenge")]
    public void A_challenge_in_the_headers_is_blocked_whatever_the_status(int status, string header)
    {
        var observation = JudgeCase.Observe(PageAnswer.Html("<p>x", header) with { Status = status });

        Assert.Equal(ObservationKind.Blocked, observation.Kind);
        Assert.Contains("challenge", observation.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, ObservationKind.Blocked)]
    [InlineData(403, ObservationKind.Blocked)]
    [InlineData(503, ObservationKind.Blocked)]
    [InlineData(502, ObservationKind.ServerError)]
    public void A_challenge_page_is_known_by_its_title(int status, ObservationKind expected)
    {
        var response = PageAnswer.Bytes(PageAnswer.File("challenge.html"), "Content-Type: text/html") with { Status = status };

        Assert.Equal(expected, JudgeCase.Observe(response).Kind);
    }

    [Theory]
    [InlineData("cf-mitigated: block", "x", 1, ObservationKind.Observed)]
    [InlineData("Server: cloudflare", "How we got past Just a moment...", 1, ObservationKind.Observed)]
    [InlineData("Server: cloudflare", "Just a moment...", 10, ObservationKind.Blocked)]
    [InlineData("Server: cloudflare", "Just a moment...", 11, ObservationKind.Observed)]
    public void A_page_with_content_is_no_challenge(string header, string title, int links, ObservationKind expected)
    {
        var html = $"<title>{title}</title>{string.Concat(Enumerable.Repeat("<a href=/x>x</a>", links))}";

        Assert.Equal(expected, JudgeCase.Observe(PageAnswer.Html(html, header)).Kind);
    }

    [Fact]
    public void A_503_that_is_not_html_is_not_searched_for_a_challenge()
    {
        var response = PageAnswer.Bytes(PageAnswer.File("challenge.html"), "Content-Type: application/json") with { Status = 503 };

        Assert.Equal(ObservationKind.ServerError, JudgeCase.Observe(response).Kind);
    }

    [Fact]
    public void A_page_that_is_given_up_is_too_large()
    {
        var html = new System.Text.StringBuilder().Insert(0, "<br>", ReadingLimits.Default.MaxElements).ToString();

        var observation = JudgeCase.Observe(PageAnswer.Html(html));

        Assert.Equal(ObservationKind.TooLarge, observation.Kind);
        Assert.Contains("has more than 1,000,000 elements", observation.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observation_keeps_the_way_to_the_page()
    {
        var fetch = PageAnswer.Html("<p>x").RedirectedTo("https://blog.example.net/new");

        var observation = JudgeCase.Observe(fetch);

        Assert.Equal((fetch.Url, fetch.FinalUrl, fetch.StartedAt), (observation.Page, observation.FinalUrl, observation.CheckedAt));
        Assert.Equal(fetch.Redirects, observation.Redirects);
        Assert.Contains("https://blog.example.net/new", observation.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_robots_txt_forbids_was_not_seen()
    {
        var observation = Observer.Observe(PageAnswer.Failed(FetchFailure.RobotsDisallowed), TestContext.Current.CancellationToken);

        Assert.Equal(ObservationKind.RobotsDisallowed, observation.Kind);
    }
}
