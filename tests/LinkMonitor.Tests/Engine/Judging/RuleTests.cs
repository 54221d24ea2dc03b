using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging;

public sealed class RuleTests
{
    [Theory]
    [InlineData(RelQualifiers.None, "", null)]
    [InlineData(RelQualifiers.None, "noopener", null)]
    [InlineData(RelQualifiers.Nofollow, "nofollow", null)]
    [InlineData(RelQualifiers.None, "nofollow", "has gained nofollow and search engines no longer follow it")]
    [InlineData(RelQualifiers.None, "ugc sponsored", "has gained sponsored ugc and search engines no longer follow it")]
    [InlineData(RelQualifiers.Sponsored, "", "has lost sponsored and search engines now follow it")]
    [InlineData(RelQualifiers.Sponsored, "nofollow", "has gained nofollow and lost sponsored and search engines still do not")]
    [InlineData(RelQualifiers.Sponsored, "sponsored nofollow", "has gained nofollow and search engines still do not")]
    [InlineData(RelQualifiers.Sponsored | RelQualifiers.Nofollow, "nofollow", "has lost sponsored and search engines still do not")]
    public void Rel_is_compared_token_by_token_with_what_is_expected_and_with_the_first_sight(
        RelQualifiers expected, string rel, string? message)
    {
        var html = JudgeCase.Link($"rel='{rel}'");

        var exactly = JudgeCase.Judge(html, JudgeCase.Expectation with { Rel = Expected<RelQualifiers>.Exactly(expected) });
        var asFirstSeen = JudgeCase.Judge(html, baseline: JudgeCase.Baseline with { Rel = expected });

        var changed = JudgeCase.Judge(
            html, JudgeCase.Expectation with { Rel = Expected<RelQualifiers>.Exactly(expected) },
            baseline: JudgeCase.Baseline with { Rel = expected });

        foreach (var verdict in new[] { exactly, asFirstSeen, changed })
        {
            var reason = message is null ? null : Assert.Single(verdict.Reasons);
            Assert.Equal(message is null ? VerdictState.Live : VerdictState.Changed, verdict.State);
            Assert.Equal(message is null ? null : ReasonCode.RelChanged, reason?.Code);
            if (verdict != exactly)
                Assert.Contains(message ?? "", reason?.Message ?? "", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(RelQualifiers.None, "nofollow", "The link's rel is nofollow instead of follow, and search engines do not follow it")]
    [InlineData(RelQualifiers.Sponsored, "", "The link's rel is follow instead of sponsored, and search engines follow it")]
    [InlineData(RelQualifiers.Sponsored, "ugc", "The link's rel is ugc instead of sponsored, and search engines do not follow it")]
    public void A_link_that_was_never_otherwise_has_gained_and_lost_nothing(RelQualifiers expected, string rel, string message)
    {
        var html = JudgeCase.Link($"rel='{rel}'");
        var expectation = JudgeCase.Expectation with { Rel = Expected<RelQualifiers>.Exactly(expected) };

        var atFirst = Assert.Single(JudgeCase.Judge(html, expectation).Reasons);
        var since = Assert.Single(
            JudgeCase.Judge(
                html, expectation, baseline: JudgeCase.Baseline with { Rel = RelText.Qualifiers(RelText.Tokens(rel)) }).Reasons);

        Assert.All([atFirst, since], reason => Assert.StartsWith(message, reason.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_that_was_never_elsewhere_is_not_asked_back()
    {
        var html = $"<footer>{JudgeCase.Link("")}</footer>";
        var expectation = JudgeCase.Expectation with { Placement = Expected<Placement>.Exactly(Placement.Main) };

        var atFirst = JudgeCase.Judge(html, expectation).Reasons;
        var moved = JudgeCase.Judge(html, expectation, baseline: JudgeCase.Baseline with { Placement = Placement.Main }).Reasons;

        Assert.EndsWith("to move it there.", Assert.Single(atFirst).Message, StringComparison.Ordinal);
        Assert.EndsWith("to move it back.", Assert.Single(moved).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rel_reason_names_both_sides()
    {
        var reason = Assert.Single(JudgeCase.Judge(JudgeCase.Link("rel='ugc x'"), baseline: JudgeCase.Baseline).Reasons);

        Assert.Equal(("follow", "ugc"), (reason.Expected, reason.Found));
    }

    [Fact]
    public void Nothing_differs_from_a_first_sight_that_has_not_been()
    {
        var html = $"<meta name=robots content=none><footer>{JudgeCase.Link("rel=nofollow")}</footer>";

        Assert.Equal(VerdictState.Live, JudgeCase.Judge(html).State);
    }

    [Fact]
    public void What_is_not_watched_may_change()
    {
        var html = $"<meta name=robots content=none><footer>{JudgeCase.Link("rel=nofollow", "other")}</footer>";
        var expectation = JudgeCase.Expectation with
        {
            Rel = Expected<RelQualifiers>.Any,
            Anchor = Expected<string>.Any,
            Placement = Expected<Placement>.Any,
            Indexable = Expected<bool>.Any,
        };

        Assert.Equal(VerdictState.Live, JudgeCase.Judge(html, expectation, JudgeCase.Baseline).State);
    }

    public static TheoryData<Expected<RelQualifiers>, Baseline?, bool> FollowExpectations => new()
    {
        { Expected<RelQualifiers>.Exactly(RelQualifiers.None), null, true },
        { Expected<RelQualifiers>.AsFirstSeen, JudgeCase.Baseline, true },
        { Expected<RelQualifiers>.AsFirstSeen, JudgeCase.Baseline with { PageNofollow = true }, false },
        { Expected<RelQualifiers>.AsFirstSeen, null, false },
        { Expected<RelQualifiers>.Any, JudgeCase.Baseline, false },
    };

    [Theory]
    [MemberData(nameof(FollowExpectations), DisableDiscoveryEnumeration = true)]
    public void A_page_wide_nofollow_counts_where_a_followed_link_is_expected(
        Expected<RelQualifiers> rel, Baseline? baseline, bool isReason)
    {
        var html = "<meta name=robots content='noarchive,nofollow'>" + JudgeCase.Link();

        var verdict = JudgeCase.Judge(html, JudgeCase.Expectation with { Rel = rel }, baseline);

        Assert.Equal(isReason ? [ReasonCode.PageNofollow] : [], verdict.Codes());
        Assert.Equal(isReason ? "meta robots: nofollow" : null, verdict.FirstFinding());
    }

    [Theory]
    [InlineData(RelQualifiers.Nofollow, true)]
    [InlineData(RelQualifiers.Nofollow, false)]
    public void A_page_wide_nofollow_is_nothing_where_none_is_followed_anyway(RelQualifiers rel, bool exactly)
    {
        var html = "<meta name=robots content=nofollow>" + JudgeCase.Link("rel=nofollow");
        var expectation = exactly ? JudgeCase.Expectation with { Rel = Expected<RelQualifiers>.Exactly(rel) } : JudgeCase.Expectation;

        Assert.Empty(JudgeCase.Judge(html, expectation, JudgeCase.Baseline with { Rel = rel }).Reasons);
    }

    [Fact]
    public void A_page_that_lets_follow_is_no_reason()
    {
        var html = "<meta name=robots content=follow>" + JudgeCase.Link();

        Assert.Empty(
            JudgeCase.Judge(html, JudgeCase.Expectation with { Rel = Expected<RelQualifiers>.Exactly(RelQualifiers.None) }).Reasons);
    }

    public static TheoryData<string, Expected<bool>, Baseline?, bool> IndexExpectations => new()
    {
        { "noindex", Expected<bool>.Exactly(true), null, true },
        { "none", Expected<bool>.Exactly(true), null, true },
        { "index", Expected<bool>.Exactly(true), null, false },
        { "noindex", Expected<bool>.Exactly(false), null, false },
        { "noindex", Expected<bool>.AsFirstSeen, JudgeCase.Baseline, true },
        { "noindex", Expected<bool>.AsFirstSeen, JudgeCase.Baseline with { Indexable = false }, false },
        { "noindex", Expected<bool>.AsFirstSeen, null, false },
        { "noindex", Expected<bool>.Any, JudgeCase.Baseline, false },
    };

    [Theory]
    [MemberData(nameof(IndexExpectations), DisableDiscoveryEnumeration = true)]
    public void A_noindex_counts_where_an_indexable_page_is_expected(
        string rule, Expected<bool> indexable, Baseline? baseline, bool isReason)
    {
        var expectation = JudgeCase.Expectation with { Indexable = indexable, Rel = Expected<RelQualifiers>.Any };

        var verdict = JudgeCase.Judge($"<meta name=robots content={rule}>{JudgeCase.Link()}", expectation, baseline);

        Assert.Equal(isReason ? [ReasonCode.Noindex] : [], verdict.Codes());
        Assert.Equal(isReason ? $"meta robots: {rule}" : null, verdict.FirstFinding());
    }

    [Theory]
    [InlineData("lamps", "lamps", true)]
    [InlineData("Lamps  and\u00A0more", " lamps and\n MORE ", true)]
    [InlineData("Ka\u0308se", "K\u00E4se", true)]
    [InlineData("Schreibtischlampen", "Schreib\u00ADtisch\u200Blampen", true)]
    [InlineData("Lamp\u2060 shop\uFEFF", "\u200ELamp shop\u200F", true)]
    [InlineData("\u202BLamp shop\u202C", "\u2067Lamp shop\u2069", true)]
    [InlineData("caf\u00E9", "cafe\u034F\u0301", true)]
    [InlineData("lamps \u2764", "lamps \u2764\uFE0F", true)]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0645\u06CC\u062E\u0648\u0627\u0647\u0645", false)]
    [InlineData("lampshop", "lamp-shop", false)]
    [InlineData("lamps", "lamp", false)]
    [InlineData("lamps", "", false)]
    public void Anchors_are_compared_without_white_space_case_and_unicode_form(string expected, string found, bool isSame)
    {
        var html = JudgeCase.Link(anchor: found);

        var exactly = JudgeCase.Judge(html, JudgeCase.Expectation with { Anchor = Expected<string>.Exactly(expected) });
        var asFirstSeen = JudgeCase.Judge(html, baseline: JudgeCase.Baseline with { Anchor = expected });

        Assert.Equal(isSame ? [] : [ReasonCode.AnchorChanged], exactly.Codes());
        Assert.Equal(isSame ? [] : [ReasonCode.AnchorChanged], asFirstSeen.Codes());
    }

    [Fact]
    public void An_expected_anchor_that_is_no_valid_text_can_still_be_compared()
    {
        var expectation = JudgeCase.Expectation with { Anchor = Expected<string>.Exactly("lamps \uD800") };

        Assert.Empty(JudgeCase.Judge(JudgeCase.Link(anchor: "lamps \uFFFD"), expectation).Reasons);
    }

    [Theory]
    [InlineData("other", "The link's anchor text is \u201cother\u201d instead of \u201clamps\u201d")]
    [InlineData("", "The link's anchor text is empty instead of \u201clamps\u201d")]
    [InlineData("<img alt=logo>", "The link's alternative text is \u201clogo\u201d instead of \u201clamps\u201d")]
    public void An_anchor_reason_says_what_was_found(string anchor, string message)
    {
        var reason = Assert.Single(JudgeCase.Judge(JudgeCase.Link(anchor: anchor), baseline: JudgeCase.Baseline).Reasons);

        Assert.StartsWith(message, reason.Message, StringComparison.Ordinal);
        Assert.Equal("lamps", reason.Expected);
    }

    public static TheoryData<string, Expected<Placement>, Placement?, bool> Placements => new()
    {
        { "footer", Expected<Placement>.AsFirstSeen, Placement.Main, true },
        { "footer", Expected<Placement>.AsFirstSeen, Placement.Footer, false },
        { "footer", Expected<Placement>.AsFirstSeen, null, false },
        { "main", Expected<Placement>.AsFirstSeen, Placement.Footer, false },
        { "main", Expected<Placement>.Exactly(Placement.Footer), null, true },
        { "aside", Expected<Placement>.Exactly(Placement.Main), Placement.Aside, true },
        { "aside", Expected<Placement>.Any, Placement.Main, false },
    };

    [Theory]
    [MemberData(nameof(Placements), DisableDiscoveryEnumeration = true)]
    public void A_move_is_a_reason_unless_it_is_into_the_main_content_unasked(
        string tag, Expected<Placement> placement, Placement? first, bool isReason)
    {
        var baseline = first is { } seen ? JudgeCase.Baseline with { Placement = seen } : null;

        var verdict = JudgeCase.Judge($"<{tag}>{JudgeCase.Link()}</{tag}>", JudgeCase.Expectation with { Placement = placement }, baseline);

        Assert.Equal(isReason ? [ReasonCode.PlacementChanged] : [], verdict.Codes());
        Assert.Equal(isReason ? tag : null, verdict.FirstFinding());
    }

    [Theory]
    [InlineData("<div class=site-footer>", true)]
    [InlineData("<footer>", false)]
    public void A_part_that_is_only_called_otherwise_has_not_moved(string start, bool isByName)
    {
        const string Before = "Words that stood before the link on this page. ";
        const string After = " Words that stood behind it on this page.";
        var first = JudgeCase.Observe(PageAnswer.Html($"<div class=bottom>{Before}{JudgeCase.Link()}{After}")).Reading!;
        var link = first.Links[0];
        var place = new PlaceOnPage(
            LinkSurroundings.Before(first, link), LinkSurroundings.After(first, link), LinkSurroundings.Share(first, link));
        var there = JudgeCase.Observe(PageAnswer.Html($"{start}{Before}{JudgeCase.Link()}{After}"));
        var moved = JudgeCase.Observe(PageAnswer.Html($"<p>{Before}{After}</p>{start}Partners: {JudgeCase.Link()}"));
        var memory = LinkMemory.None with { Baseline = JudgeCase.Baseline, AgreedPlace = place };
        var elsewhere = memory with { AgreedPlace = place with { TextShare = 0.1 } };

        ReasonCode[] Codes(Observation seen, LinkMemory known) => LinkJudge.Judge(seen, JudgeCase.Expectation, known).Codes();

        Assert.Equal(isByName ? [] : [ReasonCode.PlacementChanged], Codes(there, memory));
        Assert.Equal([ReasonCode.PlacementChanged], Codes(there, elsewhere));
        Assert.Equal([ReasonCode.PlacementChanged], Codes(there, memory with { AgreedPlace = null }));
        Assert.Equal([ReasonCode.PlacementChanged], Codes(moved, memory));
    }

    [Theory]
    [InlineData("hidden", null, true)]
    [InlineData("hidden", false, true)]
    [InlineData("hidden", true, false)]
    [InlineData("", false, false)]
    public void A_hidden_link_is_a_reason_unless_it_always_was(string attribute, bool? wasHidden, bool isReason)
    {
        var baseline = wasHidden is { } hidden ? JudgeCase.Baseline with { Hidden = hidden } : null;

        Assert.Equal(isReason ? [ReasonCode.Hidden] : [], JudgeCase.Judge(JudgeCase.Link(attribute), baseline: baseline).Codes());
    }
}
