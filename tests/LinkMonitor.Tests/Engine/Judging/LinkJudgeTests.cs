using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging;

public sealed class LinkJudgeTests
{
    private const string Other = "<a href=/other>other</a>";
    internal const string Article =
        "<article><h1>Lamps</h1><p>We tried twelve of these lamps over the winter, and most of them were still alight in the "
            + "spring.</p></article>";

    [Fact]
    public void A_link_that_is_there_as_expected_is_live()
    {
        var verdict = JudgeCase.Judge(PageAnswer.Bytes(PageAnswer.File("article.html"), "Content-Type: text/html"));

        Assert.Equal(VerdictState.Live, verdict.State);
        Assert.Empty(verdict.Reasons);
        Assert.Equal("the lamp shop", verdict.Best?.Anchor);
        Assert.Equal(verdict.Best, Assert.Single(verdict.Occurrences));
        Assert.Null(verdict.Suspected);
    }

    [Fact]
    public void A_link_that_was_taken_out_is_removed()
    {
        var verdict = JudgeCase.Judge(
            PageAnswer.Bytes(PageAnswer.File("article-without-link.html"), "Content-Type: text/html"), baseline: JudgeCase.Baseline);

        Assert.Equal((VerdictState.Lost, ReasonCode.LinkRemoved), (verdict.State, Assert.Single(verdict.Reasons).Code));
        Assert.Null(verdict.Best);
        Assert.Empty(verdict.Occurrences);
    }

    [Fact]
    public void The_best_occurrence_misses_the_least_then_is_followed_then_is_first()
    {
        var expectation = JudgeCase.Expectation with { Anchor = Expected<string>.Exactly("lamps") };
        var followed = JudgeCase.Link("rel=nofollow") + JudgeCase.Link("id=a") + JudgeCase.Link("id=b");
        var fewest = JudgeCase.Link(anchor: "x") + JudgeCase.Link("rel=nofollow");

        Assert.Equal(2, JudgeCase.Judge(followed, expectation).Best?.Ordinal);
        Assert.Equal(2, JudgeCase.Judge(fewest, expectation).Best?.Ordinal);
        Assert.Equal(3, JudgeCase.Judge(followed, expectation).Occurrences.Count);
    }

    [Fact]
    public void Several_reasons_are_told_in_one_order()
    {
        var html = $"<meta name=robots content=none><footer>{JudgeCase.Link("rel=ugc hidden", "x")}</footer>";

        var verdict = JudgeCase.Judge(html, baseline: JudgeCase.Baseline);

        Assert.Equal(
            [
                ReasonCode.RelChanged, ReasonCode.PageNofollow, ReasonCode.Noindex, ReasonCode.Hidden, ReasonCode.PlacementChanged,
                ReasonCode.AnchorChanged,
            ],
            verdict.Codes());
        Assert.Equal(VerdictState.Changed, verdict.State);
    }

    [Theory]
    [InlineData("https://shop.example.com/chairs", true)]
    [InlineData("https://www.shop.example.com/", true)]
    [InlineData("https://eu.shop.example.com/lamps", true)]
    [InlineData("https://example.org/", false)]
    [InlineData("mailto:x@shop.example.com", false)]
    [InlineData("https://[", false)]
    public void A_link_to_another_url_of_the_site_with_the_anchor_of_ours_is_a_changed_target(string href, bool isChanged)
    {
        var verdict = JudgeCase.Judge($"{Article}{Other}<a href='{href}'>lamps</a>", baseline: JudgeCase.Baseline);

        Assert.Equal(isChanged ? [ReasonCode.TargetChanged] : [ReasonCode.LinkRemoved], verdict.Codes());
        Assert.Equal(isChanged ? VerdictState.Changed : VerdictState.Lost, verdict.State);
        Assert.Equal(isChanged ? href : null, verdict.Best?.Href);
        Assert.Equal(isChanged ? href : null, verdict.Reasons[0].Found);
        Assert.Equal(isChanged ? 1 : 0, verdict.Occurrences.Count);
    }

    [Theory]
    [InlineData("<a href='@1'>x</a><a href='@2'>Lamps</a>", "lamps", null, 2)]
    [InlineData("<a href='@1'>x</a><a href='@2'>lamps</a>", null, "x", 1)]
    [InlineData("<a href='@1'>lamps</a><a href='@2'>chairs</a>", "lamps", "chairs", 2)]
    [InlineData("<a href='@1' rel=nofollow>x</a><a href='@2'>x</a>", "x", null, 2)]
    [InlineData("<a href='@1'>x</a><a href='@2'>x</a>", "x", null, 1)]
    [InlineData("<a href='@1'>x</a><a href='@lamps?colour=red'>y</a>", null, null, 2)]
    [InlineData("<a href='@1'>x</a><a href='@2'>y</a>", null, null, null)]
    [InlineData("<a href='@1'>lamps</a><a href='@2' >y</a>", null, "gone", null)]
    public void Of_several_changed_targets_the_likeliest_is_shown(string html, string? first, string? expected, int? ordinal)
    {
        var expectation = JudgeCase.Expectation with { Anchor = expected is null ? default : Expected<string>.Exactly(expected) };
        var baseline = first is null ? null : JudgeCase.Baseline with { Anchor = first };

        var verdict = JudgeCase.Judge(html.Replace("@", "https://shop.example.com/", StringComparison.Ordinal), expectation, baseline);

        Assert.Equal(ordinal, verdict.Best?.Ordinal);
    }

    [Fact]
    public void On_the_targets_own_site_another_link_explains_nothing()
    {
        var page = PageAnswer.Html(
            $"{Article}<a href=/other>x</a>") with
        {
            Url = PageAnswer.Url("https://shop.example.com/news"),
            FinalUrl = PageAnswer.Url("https://shop.example.com/news"),
        };

        Assert.Equal([ReasonCode.LinkRemoved], JudgeCase.Judge(page).Codes());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("<title>only a title</title>", true)]
    [InlineData("<body><noscript>Please see our other site.</noscript>", true)]
    [InlineData("<p>Loading...", true)]
    [InlineData("<p>You need JavaScript for this.", true)]
    [InlineData("<p>The link was taken out.", true)]
    [InlineData("<p>Loading...<a href=/x>x</a>", true)]
    [InlineData("<a href=/x></a>", true)]
    [InlineData(Article, false)]
    public void A_page_without_content_proves_nothing(string html, bool isUnknown)
    {
        var verdict = JudgeCase.Judge(html);

        Assert.Equal(isUnknown ? VerdictState.Unknown : VerdictState.Lost, verdict.State);
        Assert.Equal(isUnknown ? [ReasonCode.NoContent] : [ReasonCode.LinkRemoved], verdict.Codes());
    }

    [Fact]
    public void A_page_that_a_script_fills_proves_nothing()
    {
        var verdict = JudgeCase.Judge(PageAnswer.Bytes(PageAnswer.File("script-shell.html"), "Content-Type: text/html"));

        Assert.Equal((VerdictState.Unknown, ReasonCode.ScriptOnly), (verdict.State, verdict.Reasons[0].Code));
    }

    [Fact]
    public void A_long_text_about_scripts_is_content()
    {
        var text = "We write about JavaScript. " + new string('x', 500);

        Assert.Equal([ReasonCode.LinkRemoved], JudgeCase.Judge($"<main><p>{text}</main>").Codes());
    }

    [Theory]
    [InlineData("https://blog.example.net/", ReasonCode.PageRedirected)]
    [InlineData("https://parked.example/posts/one", ReasonCode.PageRedirected)]
    [InlineData("https://www.blog.example.net/posts/one", ReasonCode.LinkRemoved)]
    [InlineData("https://blog.example.net/posts/two", ReasonCode.LinkRemoved)]
    [InlineData("https://blog.example.net/?p=2", ReasonCode.LinkRemoved)]
    public void A_redirect_to_a_home_page_or_another_host_is_told(string final, ReasonCode expected)
    {
        var verdict = JudgeCase.Judge(PageAnswer.Html($"{Article} {JudgeCase.Target} {Other}").RedirectedTo(final));
        var removed = JudgeCase.Judge(PageAnswer.Html($"{Article} {Other}").RedirectedTo(final));

        Assert.Equal(VerdictState.Lost, removed.State);
        Assert.Equal([expected], removed.Codes());
        Assert.Contains(final, removed.Reasons[0].Message, StringComparison.Ordinal);
        Assert.Equal(expected is ReasonCode.PageRedirected ? expected : ReasonCode.MentionOnly, Assert.Single(verdict.Codes()));
    }

    [Fact]
    public void A_home_page_that_moves_to_https_is_not_redirected_away()
    {
        var page = PageAnswer.Html($"{Article} {Other}").RedirectedTo(
            "https://blog.example.net/") with
        {
            Url = PageAnswer.Url("http://blog.example.net/"),
        };

        Assert.Equal([ReasonCode.LinkRemoved], JudgeCase.Judge(page).Codes());
    }

    [Fact]
    public void A_link_found_behind_a_redirect_is_live()
    {
        Assert.Equal(VerdictState.Live, JudgeCase.Judge(PageAnswer.Html(JudgeCase.Link()).RedirectedTo("https://parked.example/")).State);
    }

    [Fact]
    public void A_page_that_is_gone_takes_its_links_with_it()
    {
        var verdict = JudgeCase.Judge(PageAnswer.Html(JudgeCase.Link()) with { Status = 404 });

        Assert.Equal((VerdictState.Lost, ReasonCode.PageGone), (verdict.State, Assert.Single(verdict.Reasons).Code));
    }

    [Theory]
    [InlineData(ObservationKind.Blocked, ReasonCode.Blocked)]
    [InlineData(ObservationKind.ServerError, ReasonCode.ServerError)]
    [InlineData(ObservationKind.Unreachable, ReasonCode.Unreachable)]
    [InlineData(ObservationKind.NotHtml, ReasonCode.NotHtml)]
    [InlineData(ObservationKind.TooLarge, ReasonCode.TooLarge)]
    [InlineData(ObservationKind.RobotsDisallowed, ReasonCode.RobotsDisallowed)]
    [InlineData(ObservationKind.Refused, ReasonCode.Refused)]
    [InlineData(ObservationKind.OurFault, ReasonCode.OurFault)]
    public void A_page_that_was_not_seen_leaves_its_links_unknown(ObservationKind kind, ReasonCode code)
    {
        var observation = JudgeCase.Observe(PageAnswer.Failed(FetchFailure.TimedOut)) with { Kind = kind };

        var verdict = LinkJudge.Judge(observation, JudgeCase.Expectation, JudgeCase.Baseline);

        Assert.Equal(
            (VerdictState.Unknown, code, observation.Detail), (verdict.State, verdict.Reasons[0].Code, verdict.Reasons[0].Message));
        Assert.Null(verdict.Suspected);
    }

    [Fact]
    public void A_name_that_does_not_exist_is_the_first_sign_of_a_vanished_domain()
    {
        var verdict = JudgeCase.Judge(PageAnswer.Failed(FetchFailure.NameNotFound));

        Assert.Equal((VerdictState.Unknown, ReasonCode.Unreachable), (verdict.State, verdict.Reasons[0].Code));
        Assert.Equal(ReasonCode.DomainGone, verdict.Suspected?.Code);
        Assert.Contains("blog.example.net", verdict.Suspected?.Message, StringComparison.Ordinal);
    }
}
