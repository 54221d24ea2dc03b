using System.Globalization;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.Alerts.Composing;

/// <summary>What alerts are typically about, by the name of the approved files.</summary>
internal static class SampleMatters
{
    private const string Host = "https://blog.example.net";

    /// <summary>One of each kind of mail; the others differ from these in parts.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["lost", "unstable", "settled", "digest", "terms", "cases", "network", "channel", "test"];

    public static IReadOnlyDictionary<string, AlertFacts> All { get; } = new Dictionary<string, AlertFacts>
    {
        ["lost"] = Incident(CauseKind.Link, null, [Sample.Change(Sample.Lost)], Paid(1)),
        ["redesign"] =
            Incident(
                CauseKind.Page,
                Sample.Page,
                [.. Numbers(3).Select(n => Sample.Change(Redesign, target: $"https://example.org/{n}", number: n))]),
        ["nofollow"] = Incident(CauseKind.Link, null, [Sample.Change(Sample.Nofollow)]),
        ["nofollow-site"] = Incident(CauseKind.Host, "blog.example.net", Site(200, SiteNofollow), Paid(3, 70, 150)),
        ["page-gone"] = Incident(CauseKind.Link, null, [Sample.Change(Sample.PageGone)], draft: true),
        ["page-replaced"] = Incident(CauseKind.Link, null, [Sample.Change(Sample.PageReplaced)]),
        ["target-broken"] =
            Incident(
                CauseKind.Target,
                Sample.Target,
                [.. Numbers(12).Select(n => Sample.Change(TargetBroken, $"https://site{n}.example.com/post", number: n))]),
        ["vendor"] =
            Incident(
                CauseKind.Vendor,
                "Example Media Ltd",
                [.. Numbers(5).Select(n => Sample.Change(Sample.Lost, $"https://paper{n}.example.com/guest-post", number: n))],
                Paid(1, 2, 3, 4, 5)),
        ["site-down"] = Incident(CauseKind.Host, "blog.example.net", Site(6, SiteDown)),
        ["blocked"] = Incident(CauseKind.Link, null, [Sample.Change(Sample.Unreachable)]),
        ["noindex"] = Incident(CauseKind.Host, "blog.example.net", Site(4, Noindex)),
        ["recovered"] = Incident(CauseKind.Link, null, [Sample.Change(Sample.Recovered)]),
        ["not-found"] = Incident(CauseKind.Link, null, [Sample.Change(Sample.NotFound)]),
        ["mixed-page"] =
            Incident(
                CauseKind.Page,
                Sample.Page,
                [Sample.Change(Sample.Lost), Sample.Change(Sample.Nofollow, target: "https://example.org/other", number: 2)]),
        ["twelve"] = Incident(CauseKind.Link, null, Sample.Twelve),
        ["unstable"] = Unstable,
        ["settled"] = new SettledFacts
        {
            AlertId = Sample.AlertId,
            Project = Sample.Project,
            Change = Sample.Change(Sample.Lost),
            For = TimeSpan.FromDays(1),
            HeldBack = 4,
            Stake = Stake(1),
        },
        ["digest"] = Digest,
        ["digest-quiet"] = new DigestFacts
        {
            AlertId = Sample.AlertId,
            Project = Sample.Project,
            From = Sample.Noon.AddDays(-1),
            To = Sample.Noon,
            Totals = new Dictionary<LinkState, int> { [LinkState.Live] = 412 },
            Next = Sample.Noon.AddDays(1),
        },
        ["digest-not-seen"] = new DigestFacts
        {
            AlertId = Sample.AlertId,
            Project = Sample.Project,
            From = Sample.Noon.AddDays(-1),
            To = Sample.Noon,
            Totals = new Dictionary<LinkState, int> { [LinkState.Live] = 36, [LinkState.NotFound] = 2 },
            LiveNotSeen = 18,
            Next = Sample.Noon.AddDays(1),
        },
        ["terms"] = new TermsFacts { AlertId = Sample.AlertId, Project = Sample.Project, Events = Terms },
        ["cases"] = new CasesFacts
        {
            AlertId = Sample.AlertId,
            Project = Sample.Project,
            Events =
            [
                Case(1, new DateOnly(2026, 11, 21), 0, isPromise: true, "Anna"),
                Case(2, new DateOnly(2026, 11, 20), -1, isPromise: false, null),
                Case(3, new DateOnly(2026, 11, 17), -4, isPromise: true, "Otto"),
            ],
        },
        ["network"] = new NetworkNotice
        {
            AlertId = Sample.AlertId,
            Since = Sample.Noon,
            NotJudged = 1_204,
            FailedControls = ["https://control-one.example/", "https://control-two.example/"],
        },
        ["network-over"] =
            new NetworkNotice { AlertId = Sample.AlertId, Since = Sample.Noon, Until = Sample.Noon.AddMinutes(95), NotJudged = 1_980 },
        ["channel"] = new ChannelNotice
        {
            AlertId = Sample.AlertId,
            Project = Sample.Project,
            Channel = ChannelKind.Slack,
            Name = "#backlinks",
            At = Sample.Noon,
            Reason = "The address answered 410: it does not exist any more.",
        },
        ["test"] =
            new TestFacts { AlertId = Sample.AlertId, Project = Sample.Project, ChannelName = "owner@example.org", At = Sample.Noon },
    };

    /// <summary>The same in another language, where it is of a project.</summary>
    public static AlertFacts In(string code, AlertFacts matter) => matter switch
    {
        ProjectFacts of => of with { Project = of.Project with { Language = code } },
        ChannelNotice of => of with { Project = of.Project with { Language = code } },
        _ => matter,
    };

    private static LinkTransition Redesign => Sample.Lost with
    {
        ReasonsAfter =
            [
                Sample.Reason(
                    ReasonCode.LinkRemoved,
                    "The page was read and has no such link: ask the site's owner to put it back. All 11 other outbound links were removed "
                        + "too: a redesign or a clean-up of the whole page."),
            ],
        After =
            Sample.WithoutLink(Sample.Noon) with { Scope = new ScopeFinding(ChangeScope.All, 11, 11), ExternalLinks = 0, LinkCount = 21 },
    };

    private static LinkTransition SiteNofollow => Sample.Nofollow with
    {
        ReasonsAfter = [Sample.Nofollow.ReasonsAfter[0]],
        After =
            Sample.Nofollow.After with
            {
                Anchor = "the best widgets",
                Snippet = Sample.Snippet.Replace(">the", " rel=\"nofollow\">the", StringComparison.Ordinal),
                Rel = ["nofollow"],
            },
    };

    private static LinkTransition TargetBroken => Sample.Nofollow with
    {
        ReasonsAfter =
            [
                Sample.Reason(
                    ReasonCode.TargetBroken,
                    $"The link is there, but its target {Sample.Target} answers 404: repair that page, or redirect it to the one that took "
                        + $"its place.",
                    "200",
                    "404"),
            ],
        After = Sample.Alive(Sample.Noon),
    };

    private static LinkTransition SiteDown => Sample.Unreachable with
    {
        ReasonsAfter = [Sample.Reason(ReasonCode.ServerError, "The server failed (503), which mostly passes; we try again.")],
        After =
            Sample.Unreachable.After with
            {
                Observation = ObservationKind.ServerError,
                Status = 503,
                Detail = "The server failed (503), which mostly passes; we try again.",
            },
    };

    private static LinkTransition Noindex => Sample.Nofollow with
    {
        ReasonsAfter =
            [
                Sample.Reason(
                    ReasonCode.Noindex,
                    "The page asks search engines to leave it out of their index, so its links count for little: ask the site's owner to "
                        + "remove the rule.",
                    "index",
                    "meta robots: noindex"),
            ],
        After = Sample.Alive(Sample.Noon) with { Robots = new RobotsDirectives { Index = false, Reasons = ["meta robots: noindex"] } },
    };

    private static UnstableFacts Unstable => new()
    {
        AlertId = Sample.AlertId,
        Project = Sample.Project,
        Link = LinkName.Of(Sample.Change(Sample.Lost)),
        Changes =
        [
            Sample.Change(Sample.Lost with { At = Sample.Noon.AddHours(-30) }),
            Sample.Change(Sample.Recovered with { At = Sample.Noon.AddHours(-20) }, number: 2),
            Sample.Change(Sample.Lost with { At = Sample.Noon.AddHours(-9) }, number: 3), Sample.Change(Sample.Recovered, number: 4),
        ],
        Count = 4,
        Window = TimeSpan.FromDays(2),
        SettlesAfter = TimeSpan.FromDays(1),
        Stake = Stake(1),
    };

    private static IReadOnlyList<DueTerm> Terms =>
    [
        Term(1, 7, LinkState.Live), Term(2, 2, LinkState.Live), Term(3, 2, LinkState.Lost), Term(4, -1, LinkState.Live),
        Term(5, -30, LinkState.Live), Term(6, -1, LinkState.Lost),
    ];

    private static DigestFacts Digest => new()
    {
        AlertId = Sample.AlertId,
        Project = Sample.Project,
        From = Sample.Noon.AddDays(-7),
        To = Sample.Noon,
        Totals = new Dictionary<LinkState, int>
        {
            [LinkState.Live] = 2_412,
            [LinkState.Changed] = 14,
            [LinkState.Lost] = 9,
            [LinkState.Unreachable] = 3,
            [LinkState.Pending] = 1,
        },
        Changes = Sample.Twelve,
        ChangeCount = 12,
        Open =
        [
            new DeviatingLink(Name(21), LinkState.Lost, Sample.Lost.ReasonsAfter, Sample.Noon.AddDays(-40)),
            new DeviatingLink(Name(22), LinkState.Changed, [Sample.Nofollow.ReasonsAfter[0]], Sample.Noon.AddDays(-3)),
        ],
        OpenCount = 23,
        Unverifiable =
            [
                new UnverifiableLink(Name(31), ReasonCode.Blocked, Sample.Noon.AddDays(-12)),
                new UnverifiableLink(Name(32), ReasonCode.ScriptOnly, null),
            ],
        UnverifiableCount = 2,
        Terms = [Term(1, 7, LinkState.Live), Term(4, -1, LinkState.Live)],
        TermsCount = 2,
        Muted = 4,
        Stakes = Paid(21, 22),
        OpenStakes = CostSum.Of(Paid(21, 22).Values),
        Next = Sample.Noon.AddDays(7),
    };

    public static IncidentFacts Incident(
        CauseKind kind, string? subject, IReadOnlyList<LinkChange> changes, IReadOnlyDictionary<LinkId, LinkCost>? stakes = null,
        bool draft = false) => new()
        {
            AlertId = Sample.AlertId,
            Project = Sample.Project,
            Incident = new Incident(new Cause(kind, subject), changes),
            Stakes = stakes ?? new Dictionary<LinkId, LinkCost>(),
            AtStake = CostSum.Of((stakes ?? new Dictionary<LinkId, LinkCost>()).Values),
            Drafts =
                draft
                    ? changes.ToDictionary(
                        change => change.LinkId, change => new Uri($"https://links.example.org/s/drafts/{change.LinkId}-signed")) : [],
        };

    public static IReadOnlyList<LinkChange> Site(int count, LinkTransition transition) =>
        [
            .. Numbers(count)
            .Select(n => Sample.Change(transition, $"{Host}/2025/reviews/the-best-widgets-for-your-home-part-{n}", number: n)),
        ];

    public static IReadOnlyDictionary<LinkId, LinkCost> Paid(params int[] numbers) =>
        numbers.ToDictionary(n => Sample.Change(Sample.Lost, number: n).LinkId, Stake);

    private static LinkCost Stake(int number) =>
        number % 2 == 0
            ? new LinkCost(49.5m, "USD", "Example Media Ltd")
            : new LinkCost(120.08m, "EUR", "Example Media Ltd") { Whole = 1_440, Days = 365 };

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(1, count);

    private static LinkName Name(int number) =>
        LinkName.Of(Sample.Change(Sample.Lost, $"{Host}/post-{number.ToString(CultureInfo.InvariantCulture)}", number: number));

    private static DueCase Case(int number, DateOnly day, int daysLeft, bool isPromise, string? owner) => new()
    {
        Link = Name(number),
        Status = isPromise ? CaseStatus.Promised : CaseStatus.Contacted,
        State = number == 2 ? LinkState.Changed : LinkState.Lost,
        Day = day,
        IsPromise = isPromise,
        DaysLeft = daysLeft,
        Owner = owner,
    };

    private static DueTerm Term(int number, int daysLeft, LinkState state) => new()
    {
        Link = Name(number),
        State = state,
        End = DateOnly.FromDateTime(Sample.Noon.UtcDateTime).AddDays(daysLeft),
        DaysLeft = daysLeft,
        Vendor = "Example Media Ltd",
        Contact = number % 2 == 0 ? "sales@media.example" : null,
        Stake = Stake(number),
    };
}
