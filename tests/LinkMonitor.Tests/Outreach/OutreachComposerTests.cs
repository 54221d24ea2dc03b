using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Outreach;
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Composing;
using LinkMonitor.Tests.Placements;

namespace LinkMonitor.Tests.Outreach;

public sealed class OutreachComposerTests
{
    private static readonly Evidence Before = Sample.Alive(Sample.Noon.AddDays(-1));

    // What only says that a page could not be seen is never a reason of a lost or changed link.
    private static readonly ReasonCode[] Unseen =
    [
        ReasonCode.Blocked, ReasonCode.ServerError, ReasonCode.Unreachable, ReasonCode.NotHtml, ReasonCode.TooLarge,
        ReasonCode.RobotsDisallowed, ReasonCode.Refused, ReasonCode.OurFault, ReasonCode.NoContent, ReasonCode.ScriptOnly,
        ReasonCode.PageShrunk, ReasonCode.Parked,
    ];

    public static TheoryData<ReasonCode> Mendable => [.. Enum.GetValues<ReasonCode>().Except(Unseen).Where(code => !OwnSide.Is(code))];

    public static TheoryData<string> Templates => [.. BuiltInTemplates.All.Select(template => template.Name)];

    [Theory]
    [MemberData(nameof(Mendable))]
    public void Every_reason_that_somebody_at_the_page_can_mend_has_a_draft(ReasonCode code)
    {
        var draft = OutreachComposer.Compose(
            Case(LinkState.Changed, Sample.Reason(code, "Watch that page instead.", Agreed(code), "nofollow")), null);

        Assert.True(draft.IsNeeded);
        Assert.Contains("blog.example.net", draft.Subject, StringComparison.Ordinal);
        Assert.Contains(Sample.Page, draft.Body, StringComparison.Ordinal);
        Assert.Contains($"What we ask for: {Sample.Snippet}", draft.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Watch that page instead", draft.Body, StringComparison.Ordinal);
        Assert.DoesNotContain('{', draft.Body!);
        Assert.StartsWith("mailto:anna@example.net?subject=", draft.Mailto, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReasonCode.Hidden, "The link is hidden from readers.")]
    [InlineData(ReasonCode.CanonicalElsewhere, "The page names another one as its canonical, and the link is not there.")]
    public void Nobody_is_asked_for_the_html_that_is_there(ReasonCode code, string finding)
    {
        var one = Case(LinkState.Changed, Sample.Reason(code, "m"));
        var same = one with
        {
            Link = one.Link with
            {
                Status = one.Link.Status with { LastSeenEvidence = one.Before! with { CheckedAt = Sample.Noon } },
            },
        };

        var body = OutreachComposer.Compose(same, null).Body;

        Assert.Contains(finding, body, StringComparison.Ordinal);
        Assert.Contains($"What we see now: {Sample.Snippet}", body, StringComparison.Ordinal);
        Assert.DoesNotContain("What we ask for", body, StringComparison.Ordinal);
        Assert.DoesNotContain("The link as it was", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_template_of_ours_uses_known_placeholders_only(string name)
    {
        var template = BuiltInTemplates.Find(name)!;

        Assert.Contains(name, OutreachNames.All);
        Assert.Empty(PlaceholderText.Check(template.Subject, [.. OutreachValues.Known.Keys]));
        Assert.Empty(PlaceholderText.Check(template.Body, [.. OutreachValues.Known.Keys]));
    }

    [Fact]
    public void Every_known_placeholder_has_a_value_and_every_value_is_known() =>
        Assert.Equal(
            OutreachValues.Known.Keys.Order(StringComparer.Ordinal),
            OutreachValues.Of(Case(LinkState.Lost)).Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void There_is_a_template_for_every_name() =>
        Assert.Equal(
            OutreachNames.All.Order(StringComparer.Ordinal), BuiltInTemplates.All.Select(one => one.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_removed_link_reads_like_this() =>
        Approved.Check("link-removed.approved.txt", Letter(Case(LinkState.Lost, Sample.Reason(ReasonCode.LinkRemoved, "…"))));

    [Fact]
    public void Several_reasons_are_told_in_one_letter_of_the_gravest()
    {
        var one = Case(
            LinkState.Changed,
            Sample.Reason(ReasonCode.AnchorChanged, "…", "the best widgets", "widgets"),
            Sample.Reason(ReasonCode.TargetBroken, "…"),
            Sample.Reason(ReasonCode.RelChanged, "…", "follow", "nofollow"));

        Approved.Check("rel-changed.approved.txt", Letter(one));
    }

    [Theory]
    [InlineData(LinkState.Live, "nothing to ask for")]
    [InlineData(LinkState.Pending, "not been checked yet")]
    [InlineData(LinkState.Unreachable, "could not be read")]
    public void Where_nothing_is_wrong_or_known_there_is_nothing_to_write(LinkState state, string why)
    {
        var draft = OutreachComposer.Compose(Case(state), null);

        Assert.False(draft.IsNeeded);
        Assert.Contains(why, draft.Note, StringComparison.Ordinal);
        Assert.Equal((null, null, null), (draft.Subject, draft.Body, draft.Mailto));
    }

    [Theory]
    [InlineData(ReasonCode.TargetBroken)]
    [InlineData(ReasonCode.TargetRedirects)]
    public void For_a_fault_of_our_own_target_there_is_nobody_to_write_to(ReasonCode code)
    {
        var draft = OutreachComposer.Compose(Case(LinkState.Changed, Sample.Reason(code, "…")), null);

        Assert.False(draft.IsNeeded);
        Assert.Contains("nobody to write to", draft.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Anna, by the form on the site")]
    [InlineData("Anna <anna@example.net>")]
    [InlineData("anna@example.net?bcc=evil@example.org ")]
    [InlineData("anna\u202E@example.net")]
    [InlineData(null)]
    public void Only_a_plain_address_is_written_to(string? contact)
    {
        var one = Case(LinkState.Lost, Sample.Reason(ReasonCode.LinkRemoved, "…"));

        var draft = OutreachComposer.Compose(
            one with { Link = one.Link with { Terms = one.Link.Terms! with { Contact = contact } } }, null);

        Assert.Null(draft.To);
        Assert.StartsWith("mailto:?subject=", draft.Mailto, StringComparison.Ordinal);
        Assert.Contains("no e-mail address", draft.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_of_the_page_stays_on_its_line_and_is_shown()
    {
        var hostile =
            Before with
            {
                Anchor = "a\r\nBcc: evil@example.org\u202E{page}",
                Snippet = "<a href=\"https://example.org/\">a\r\n\u202Eb {target}</a>",
            };
        var one = Case(
            LinkState.Changed,
            Sample.Reason(ReasonCode.AnchorChanged, "…", hostile.Anchor, "y\r\n\r\nBcc: evil@example.org")) with
        {
            Before = hostile,
        };

        var draft = OutreachComposer.Compose(one, new OutreachTemplate("anchor-changed", "About {anchor}", "{htmlBefore}\n{findings}"));

        Assert.Equal("About a Bcc: evil@example.org[U+202E]{page}", draft.Subject);
        Assert.Equal(2, draft.Body!.Split('\n').Length);
        Assert.Contains("a [U+202E]b {target}</a>", draft.Body, StringComparison.Ordinal);
        Assert.Equal(2, draft.Mailto!.Split('?', 2)[1].Split('&').Length);
    }

    [Theory]
    [InlineData(RelQualifiers.None, "<a href=\"https://example.org/a?b=1&amp;c=2\">Grün &lt;b&gt;</a>")]
    [InlineData(RelQualifiers.Sponsored, "<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"sponsored\">Grün &lt;b&gt;</a>")]
    public void Without_an_earlier_sight_the_wanted_HTML_is_written_from_the_expectation(RelQualifiers rel, string html)
    {
        var link = PlacementSamples.Link(null, LinkState.NotFound) with
        {
            Expectation = new Expectation
            {
                Target = Sample.Url("https://example.org/a?b=1&c=2"),
                Rel = Expected<RelQualifiers>.Exactly(rel),
                Anchor = Expected<string>.Exactly("Grün <b>"),
            },
        };

        Assert.Equal(html, WantedHtml.Write(link, null));
        Assert.Contains(html, OutreachComposer.Compose(new OutreachCase(Sample.Project, link, null), null).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void HTML_that_was_cut_when_it_was_kept_is_not_asked_for() =>
        Assert.DoesNotContain(
            "…",
            WantedHtml.Write(PlacementSamples.Link(null), Before with { Snippet = "<a href=\"https://exa…" }),
            StringComparison.Ordinal);

    [Fact]
    public void A_change_as_it_is_told_makes_a_case()
    {
        var link = Case(LinkState.Lost).Link;

        Assert.Equal(Before.CheckedAt, OutreachCase.Of(Sample.Project, link, Sample.Change(Sample.Lost)).Before!.CheckedAt);
        Assert.Null(OutreachCase.Of(Sample.Project, link, Sample.Change(Sample.Lost with { From = LinkState.Changed })).Before);
    }

    public static TheoryData<ReasonCode, string?, bool> FirstLooks => new()
    {
        { ReasonCode.RelChanged, "follow", true },
        { ReasonCode.AnchorChanged, "the best widgets", true },
        { ReasonCode.TargetChanged, Sample.Target, false },
        { ReasonCode.PlacementChanged, "main", true },
        { ReasonCode.Hidden, null, true },
        { ReasonCode.PageNofollow, "follow", true },
        { ReasonCode.Noindex, "index", true },
        { ReasonCode.CanonicalElsewhere, Sample.Page, true },
        { ReasonCode.GoogleDisallowed, "Googlebot allowed", true },
    };

    [Theory]
    [MemberData(nameof(FirstLooks))]
    public void Nothing_is_said_to_have_changed_that_was_never_seen_otherwise(ReasonCode code, string? expected, bool hasBaseline)
    {
        var one = Case(LinkState.Changed, Sample.Reason(code, "…", expected, "nofollow"));
        var never = one with
        {
            Before = null,
            Link = one.Link with { Status = one.Link.Status with { Baseline = hasBaseline ? Amiss : null } },
        };

        var draft = OutreachComposer.Compose(never, null);

        Assert.Equal("not-as-agreed", draft.Template);
        Assert.All(
            ["now ", "no longer", "restore", "again", "back", "has changed", "moved", "as it was", "otherwise"],
            claim => Assert.DoesNotContain(claim, $"{draft.Subject} {draft.Body}", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Noticed on: 1 March 2026", draft.Body, StringComparison.Ordinal);
    }

    /// <summary>See <see cref="EarlierLook"/>.</summary>
    [Theory]
    [MemberData(nameof(FirstLooks))]
    public void What_the_first_check_saw_as_agreed_has_changed(ReasonCode code, string? expected, bool hasBaseline)
    {
        Assert.True(hasBaseline || code == ReasonCode.TargetChanged);
        var one = Case(LinkState.Changed, Sample.Reason(code, "…", expected, "nofollow"));
        var first = one with { Before = null, Link = one.Link with { Status = one.Link.Status with { Baseline = AsAgreed } } };

        Assert.Equal(WireName.Of(code), OutreachComposer.Compose(first, null).Template);
    }

    [Fact]
    public void What_was_so_before_it_was_agreed_otherwise_has_not_changed()
    {
        var one = Case(LinkState.Changed, Sample.Reason(ReasonCode.RelChanged, "…", "follow", "nofollow"));
        one = one with
        {
            Before = Before with { Rel = ["nofollow"], Snippet = "<a href=\"/\" rel=\"nofollow\">was</a>" },
            Link = one.Link with { Status = one.Link.Status with { Baseline = Amiss } },
        };

        var draft = OutreachComposer.Compose(one, null);

        Assert.Null(one.Agreed);
        Assert.Equal("not-as-agreed", draft.Template);
        Assert.DoesNotContain("was</a>", draft.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_link_of_which_only_one_to_another_address_was_ever_seen_was_never_there()
    {
        var one = Case(LinkState.Lost, Sample.Reason(ReasonCode.LinkRemoved, "…"));
        var status = one.Link.Status;

        Assert.Equal(OutreachNames.NotFound, OutreachComposer.TemplateFor(one with
        {
            Before = null,
            Link = one.Link with { Status = status with { Baseline = null } },
        }));
        Assert.Equal("link-removed", OutreachComposer.TemplateFor(one with
        {
            Before = null,
            Link = one.Link with { Status = status with { Baseline = Amiss } },
        }));
    }

    [Theory]
    [InlineData(ReasonCode.DomainGone)]
    [InlineData(ReasonCode.PageGone)]
    [InlineData(ReasonCode.Soft404)]
    public void Where_there_is_no_page_nobody_is_asked_when_the_link_will_be_on_it(ReasonCode code)
    {
        var one = Case(LinkState.NotFound, Sample.Reason(code, "…"));

        var draft = OutreachComposer.Compose(one with { Before = null }, null);

        Assert.Equal("no-such-page", draft.Template);
        Assert.DoesNotContain("when it will be placed", draft.Body, StringComparison.Ordinal);
        Assert.Contains("at which address", draft.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "when the link will be placed", LinkMonitor.Wording.ReasonWords.NotFound(code, LinkMonitor.Wording.Language.English).Todo,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "shows a page of its provider or of a domain dealer")]
    [InlineData(null, "shows nothing of the site any more")]
    public void Of_a_name_that_answers_nobody_says_that_it_does_not_exist(int? status, string said)
    {
        var one = Case(LinkState.Lost, Sample.Reason(ReasonCode.DomainGone, "The domain blog.example.net is parked."));
        var now = one.Link.Status.LastEvidence! with { Status = status };
        one = one with { Link = one.Link with { Status = one.Link.Status with { LastEvidence = now, LastAgreedEvidence = now } } };

        var body = OutreachComposer.Compose(one, null).Body!;

        Assert.Contains(said, body, StringComparison.Ordinal);
        Assert.DoesNotContain("does not exist", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_was_replaced_under_its_own_title_is_not_told_by_two_titles_that_are_one()
    {
        var one = Case(LinkState.Lost, Sample.Reason(ReasonCode.PageReplaced, "…", "Ten lamps", "Ten lamps"));

        Assert.Contains("Another page is at its address.", OutreachComposer.Compose(one, null).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_is_not_watched_no_change_is_asked_for()
    {
        var one = Case(LinkState.Changed, Sample.Reason(ReasonCode.Noindex, "…", "index", "meta robots noindex"));
        var link = one.Link with
        {
            Expectation = one.Link.Expectation with { Rel = Expected<RelQualifiers>.Any },
            Status = one.Link.Status with { LastSeenEvidence = Before with { Rel = ["sponsored"] } },
        };

        Assert.Contains("rel=\"sponsored\"", WantedHtml.Write(link, null), StringComparison.Ordinal);
    }

    private static Baseline AsAgreed { get; } = new()
    {
        Rel = RelQualifiers.None,
        Anchor = "the best widgets",
        Placement = Placement.Main,
        Hidden = false,
        Indexable = true,
        PageNofollow = false,
        GoogleDisallowed = false,
        IsMissingOnCanonical = false,
        SeenAt = Sample.Noon.AddDays(-9),
    };

    private static Baseline Amiss { get; } = new()
    {
        Rel = RelQualifiers.Nofollow,
        Anchor = "widgets",
        Placement = Placement.Footer,
        Hidden = true,
        Indexable = false,
        PageNofollow = true,
        GoogleDisallowed = true,
        IsMissingOnCanonical = true,
        SeenAt = Sample.Noon.AddDays(-9),
    };

    private static string? Agreed(ReasonCode code) => code switch
    {
        ReasonCode.AnchorChanged => Before.Anchor,
        ReasonCode.PlacementChanged => WireName.Of(Before.Placement!.Value),
        _ => "follow",
    };

    private static OutreachCase Case(LinkState state, params Reason[] reasons)
    {
        var now = state == LinkState.Changed ? Sample.Nofollow.After : Sample.WithoutLink(Sample.Noon);
        var link = PlacementSamples.Link(PlacementSamples.Year, state, page: Sample.Page);
        link = link with
        {
            Expectation = link.Expectation with { Target = Sample.Url(Sample.Target) },
            Status = link.Status with
            {
                Since = Sample.Noon.AddMinutes(-65),
                Reasons = reasons,
                LastEvidence = now,
                LastAgreedEvidence = now,
                LastSeenEvidence = state == LinkState.Changed ? now : Before,
            },
        };
        return new OutreachCase(Sample.Project, link, Before);
    }

    private static string Letter(OutreachCase one)
    {
        var draft = OutreachComposer.Compose(one, null);
        return $"Template: {draft.Template}\nNote: {draft.Note}\nTo: {draft.To}\nSubject: "
            + $"{draft.Subject}\n\n{draft.Body}\n\n{draft.Mailto}\n";
    }
}
