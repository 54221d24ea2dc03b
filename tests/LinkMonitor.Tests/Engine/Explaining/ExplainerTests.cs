using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Engine.Judging;
using LinkMonitor.Tests.Engine.Tracking;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Explaining;

public sealed class ExplainerTests
{
    [Fact]
    public void A_link_as_expected_is_decided_by_its_element()
    {
        var explanation = Explainer.Explain(JudgeCase.Judge($"<p>Some words on {JudgeCase.Link()} and more."));

        Assert.Equal(
            [
                StepName.Request, StepName.Status, StepName.RobotsTxt, StepName.Headers, StepName.Meta, StepName.Canonical,
                StepName.Content, StepName.Identity, StepName.Element, StepName.Rel, StepName.Anchor, StepName.Placement,
                StepName.Visibility,
            ],
            explanation.Steps.Select(step => step.Name));
        Assert.Equal(StepName.Element, Deciding(explanation).Name);
        Assert.All(explanation.Steps, step => Assert.True(step.State is StepState.Ok or StepState.Decides));
        Assert.Equal("The link is there as expected; there is nothing to do.", explanation.Sentence);
        Assert.Null(explanation.Source);
    }

    [Theory]
    [InlineData("<title>Sign in</title><h1>Sign in</h1><form><input type=password></form>")]
    [InlineData("<title>Access Denied</title><h1>Access Denied</h1><p>You don't have permission.")]
    [InlineData("<title>Internal Server Error</title><h1>Internal Server Error</h1>")]
    public void What_stands_in_the_pages_place_is_decided_by_what_it_is_not_by_a_status_of_success(string html)
    {
        var verdict = JudgeCase.Judge(html, baseline: JudgeCase.Baseline);
        var explanation = Explainer.Explain(verdict);

        Assert.Equal(VerdictState.Unknown, verdict.State);
        Assert.Equal(StepName.Identity, Deciding(explanation).Name);
        Assert.Equal(StepState.Ok, Step(explanation, StepName.Status).State);
        Assert.Null(explanation.Source);
        Assert.DoesNotContain("sends us", explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_surely_the_page_has_no_green_step_for_it()
    {
        var explanation = Explainer.Explain(
            JudgeCase.Judge("<div id=root></div><script src=app.js></script>", baseline: JudgeCase.Baseline));

        Assert.NotEqual(StepState.Ok, Step(explanation, StepName.Identity).State);
    }

    [Theory]
    [InlineData(401, "", "http-status-codes")]
    [InlineData(403, "cf-mitigated: challenge", "cloudflare-challenges")]
    public void A_status_that_keeps_us_out_has_the_source_of_statuses_and_a_challenge_that_of_challenges(
        int status, string header, string source)
    {
        var answer = PageAnswer.Html("<p>No.", header.Length > 0 ? [header] : []) with { Status = status };

        var explanation = Explainer.Explain(JudgeCase.Judge(answer, baseline: JudgeCase.Baseline));

        Assert.Contains(source, explanation.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_reason_decides_and_the_others_are_noticed()
    {
        var html = $"<meta name=robots content=noindex>{JudgeCase.Link("rel=nofollow", "buy now")}";

        var explanation = Explainer.Explain(JudgeCase.Judge(html, baseline: JudgeCase.Baseline));

        Assert.Equal(StepName.Rel, Deciding(explanation).Name);
        Assert.Equal("rel=\"nofollow\": not followed", Deciding(explanation).Seen);
        Assert.Equal(
            [StepName.Meta, StepName.Anchor], explanation.Steps.Where(step => step.State == StepState.Notice).Select(step => step.Name));
        Assert.Equal("meta robots: noindex", Step(explanation, StepName.Meta).Seen);
        Assert.Contains("qualify-outbound-links", explanation.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<meta name=robots content=noindex>", null, StepName.Meta, StepName.Headers)]
    [InlineData("", "X-Robots-Tag: noindex", StepName.Headers, StepName.Meta)]
    public void Noindex_is_shown_where_it_stands(string html, string? header, StepName decides, StepName other)
    {
        var answer = PageAnswer.Html(html + JudgeCase.Link(), header is null ? [] : [header]);

        var explanation = Explainer.Explain(JudgeCase.Judge(answer, baseline: JudgeCase.Baseline));

        Assert.Equal(decides, Deciding(explanation).Name);
        Assert.Equal(StepState.Ok, Step(explanation, other).State);
    }

    [Fact]
    public void A_redirect_and_a_canonical_elsewhere_are_noticed()
    {
        var answer = PageAnswer.Html($"<link rel=canonical href=/other>{JudgeCase.Link()}").RedirectedTo(
            "https://blog.example.net/posts/two");

        var explanation = Explainer.Explain(JudgeCase.Judge(answer));

        Assert.Equal(
            (StepState.Notice, "names another page, which search engines may show instead of this one: https://blog.example.net/other"),
            (Step(explanation, StepName.Canonical).State, Step(explanation, StepName.Canonical).Seen));
        Assert.Equal(StepState.Notice, Step(explanation, StepName.Redirects).State);
        Assert.EndsWith("→ https://blog.example.net/posts/two", Step(explanation, StepName.Redirects).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_canonical_that_names_the_page_is_in_order()
    {
        var explanation = Explainer.Explain(JudgeCase.Judge($"<link rel=canonical href='{PageAnswer.DefaultUrl}'>{JudgeCase.Link()}"));

        Assert.Equal("names this page", Step(explanation, StepName.Canonical).Seen);
        Assert.Equal(StepState.Ok, Step(explanation, StepName.Canonical).State);
    }

    [Fact]
    public void A_page_that_is_gone_ends_at_its_status()
    {
        var explanation = Explainer.Explain(JudgeCase.Judge(PageAnswer.Html("gone") with { Status = 404 }));

        Assert.Equal([StepName.Request, StepName.Status], explanation.Steps.Select(step => step.Name));
        Assert.StartsWith("404: ", Deciding(explanation).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_robots_txt_that_keeps_Googlebot_out_is_noticed_even_when_nobody_minds()
    {
        var verdict = JudgeCase.Judge(JudgeCase.Link());
        var disallowed = new DisallowedUrl(verdict.Observation.Page, new RobotsRuling(false, "Disallow: /", 2));

        var explanation = Explainer.Explain(verdict with { Observation = verdict.Observation with { DisallowedForGoogle = disallowed } });

        Assert.Equal(
            new ExplanationStep(
                StepName.RobotsTxt, $"line 2, \"Disallow: /\" keeps Googlebot out of {PageAnswer.DefaultUrl}", StepState.Notice),
            Step(explanation, StepName.RobotsTxt));
    }

    [Fact]
    public void A_mention_is_shown_in_place_of_the_element()
    {
        var explanation = Explainer.Explain(JudgeCase.Judge($"<p>See {JudgeCase.Target} for lamps."));

        Assert.Equal(
            (StepName.Element, "no link to the target, only its URL in the page's text"),
            (Deciding(explanation).Name, Deciding(explanation).Seen));
    }

    [Fact]
    public void A_page_without_content_says_nothing_of_the_element()
    {
        var explanation = Explainer.Explain(JudgeCase.Judge("<div id=root></div>"));

        Assert.Equal(StepName.Content, Deciding(explanation).Name);
        Assert.DoesNotContain(explanation.Steps, step => step.Name == StepName.Element);
    }

    [Fact]
    public void A_vanished_domain_ends_at_the_request()
    {
        var explanation = Explainer.Explain(JudgeCase.Judge(PageAnswer.Failed(FetchFailure.NameNotFound)));

        var step = Assert.Single(explanation.Steps);
        Assert.Equal((StepName.Request, StepState.Decides), (step.Name, step.State));
    }

    [Fact]
    public void Every_reason_has_exactly_one_deciding_step()
    {
        foreach (var code in Enum.GetValues<ReasonCode>())
        {
            var isSeen = code < ReasonCode.Blocked && code != ReasonCode.PageGone;
            var reason = new Reason { Code = code, Message = "It is so: do this." };
            var verdict = (isSeen ? Finding.Live : Finding.PageGone).At(
                TrackingDriver.Start) with
            {
                State = VerdictState.Changed,
                Reasons = [reason],
            };

            var explanation = Explainer.Explain(verdict);

            Assert.Equal(1, explanation.Steps.Count(step => step.State == StepState.Decides));
            Assert.Equal("It is so: do this.", explanation.Sentence);
        }
    }

    [Fact]
    public void Texts_of_hostile_length_are_cut()
    {
        var page = PageAnswer.Html(
            JudgeCase.Link($"rel='{new string('r', 9_000)}'", new string('a', 9_000))
                + $"<link rel=canonical href='/{new string('c', 9_000)}'>");

        var explanation = Explainer.Explain(
            JudgeCase.Judge(page, new Expectation { Target = JudgeCase.Expectation.Target, Anchor = Expected<string>.Exactly("x") }));

        Assert.All(explanation.Steps, step => Assert.InRange(step.Seen.Length, 1, StepText.Longest));
        Assert.InRange(explanation.Sentence.Length, 1, Explainer.LongestSentence);
    }

    private static ExplanationStep Deciding(Explanation explanation) =>
        Assert.Single(explanation.Steps, step => step.State == StepState.Decides);

    private static ExplanationStep Step(Explanation explanation, StepName name) =>
        Assert.Single(explanation.Steps, step => step.Name == name);
}
