using System.Globalization;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Tests.Alerts.Composing;

/// <summary>Changes as the tracker stores them. The owner is example.org, the referrers are blog.example.net and others.</summary>
internal static class Sample
{
    public const string Page = "https://blog.example.net/reviews/best-widgets";
    public const string Target = "https://example.org/widgets";
    public const string Snippet = """<a href="https://example.org/widgets" title="Widgets">the best widgets</a>""";

    public static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z", CultureInfo.InvariantCulture);

    public static Project Project { get; } = new()
    {
        Id = new ProjectId("prj_abcdefghij234567"),
        Name = "Example Widgets",
        TimeZone = "Europe/Berlin",
        CreatedAt = Noon.AddDays(-90),
    };

    public const string AlertId = "alr_abcdefghijklmnopqrstuvwxyz";

    /// <summary>Of an installation at links.example.org; what a token opens can be read in it.</summary>
    public static PublicLinks Links { get; } = new(
        new Uri("https://links.example.org/"), thing => $"{thing.Purpose}-{thing.Id}-signed".ToLowerInvariant());

    public static AlertMail Compose(Project project, IReadOnlyList<LinkChange> changes, PublicLinks links) => AlertComposer.Compose(
        new IncidentFacts { AlertId = AlertId, Project = project, Incident = new Incident(new Cause(CauseKind.Link, null), changes) },
        links);

    public static WebUrl Url(string text) => WebUrl.TryParse(text, out var url) ? url : throw new FormatException(text);

    public static Evidence Alive(DateTimeOffset at) => new()
    {
        CheckedAt = at,
        Observation = ObservationKind.Observed,
        Detail = "The page answered 200 and was read.",
        Status = 200,
        FinalUrl = Page,
        Title = "The best widgets of the year",
        Robots = RobotsDirectives.None,
        LinkCount = 58,
        ExternalLinks = 12,
        Occurrences = 1,
        MostOccurrences = 1,
        Ordinal = 23,
        TextShare = 0.417,
        ContextBefore = "After a week of testing,",
        ContextAfter = "came out first by far.",
        LinkUrl = Target,
        Rel = [],
        Follow = true,
        Anchor = "the best widgets",
        Kind = LinkKind.Text,
        Placement = Placement.Main,
        Hidden = false,
        Snippet = Snippet,
    };

    public static Evidence WithoutLink(DateTimeOffset at) => new()
    {
        CheckedAt = at,
        Observation = ObservationKind.Observed,
        Detail = "The page answered 200 and was read.",
        Status = 200,
        FinalUrl = Page,
        Title = "The best widgets of the year",
        Robots = RobotsDirectives.None,
        LinkCount = 57,
        ExternalLinks = 11,
        MostOccurrences = 1,
        Scope = new ScopeFinding(ChangeScope.OnlyThis, 11, 0),
        WhereItWas = "After a week of testing, some widgets came out first by far.",
    };

    public static Reason Reason(ReasonCode code, string message, string? expected = null, string? found = null) =>
        new() { Code = code, Message = message, Expected = expected, Found = found };

    public static LinkChange Change(LinkTransition transition, string page = Page, string target = Target, int number = 1) => new()
    {
        Id = $"chg_{number.ToString("d26", CultureInfo.InvariantCulture)}",
        ProjectId = Project.Id,
        LinkId = new LinkId($"lnk_{number.ToString("d26", CultureInfo.InvariantCulture)}"),
        Page = Url(page),
        Target = Url(target),
        Transition = transition,
    };

    public static LinkTransition Lost { get; } = new()
    {
        From = LinkState.Live,
        To = LinkState.Lost,
        ReasonsBefore = [],
        ReasonsAfter =
            [
                Reason(
                    ReasonCode.LinkRemoved,
                    "The page was read and has no link to https://example.org/widgets: ask the site's owner to put it back. None of the 11 "
                        + "other outbound links was removed."),
            ],
        At = Noon,
        Since = Noon.AddMinutes(-65),
        Before = Alive(Noon.AddDays(-1)),
        After = WithoutLink(Noon),
        Alerts = true,
    };

    public static LinkTransition Nofollow { get; } = Lost with
    {
        To = LinkState.Changed,
        ReasonsAfter =
        [
            Reason(
                ReasonCode.RelChanged,
                "The link's rel has gained nofollow: ask the site's owner to remove it. All 11 other outbound links were given another "
                    + "rel too: a policy of the whole page or site.",
                "follow",
                "nofollow"),
            Reason(
                ReasonCode.AnchorChanged,
                "The link's anchor text is “widgets” instead of “the best widgets”: ask the site's owner if that was intended.",
                "the best widgets",
                "widgets"),
        ],
        After = Alive(Noon) with
        {
            Rel = ["nofollow", "noopener"],
            Follow = false,
            Scope = new ScopeFinding(ChangeScope.All, 11, 11),
            Anchor = "widgets",
            Snippet = """<a href="https://example.org/widgets" title="Widgets" rel="nofollow noopener">widgets</a>""",
        },
    };

    public static LinkTransition PageGone { get; } = Lost with
    {
        ReasonsAfter =
            [
                Reason(
                    ReasonCode.PageGone,
                    "The server says that there is no such page (404); ask the site's owner to bring it back or to redirect it. The link "
                        + "is on https://blog.example.net/reviews/widgets-of-the-year (found through the site's feed): watch that page "
                        + "instead."),
            ],
        Since = Noon.AddHours(-7),
        After = new Evidence
        {
            CheckedAt = Noon,
            Observation = ObservationKind.Gone,
            Detail = "The page answers 404.",
            Status = 404,
            FinalUrl = "https://blog.example.net/404",
            Redirects = [new Redirect(Url(Page), 301)],
            MovedTo = new MovedLink(Url("https://blog.example.net/reviews/widgets-of-the-year"), MoveTrail.Feed),
        },
    };

    public static LinkTransition PageReplaced { get; } = Lost with
    {
        ReasonsAfter =
        [
            Reason(
                ReasonCode.PageReplaced,
                "The page was replaced: its address shows “Win at roulette tonight” instead of “The best widgets of the year”. Ask the "
                    + "site's owner to bring the page back.",
                "The best widgets of the year",
                "Win at roulette tonight"),
        ],
        Since = Noon.AddDays(-3),
        After =
            WithoutLink(Noon) with
            {
                Outcome = CheckOutcome.PageReplaced,
                Title = "Win at roulette tonight",
                Scope = null,
                WhereItWas = null,
            },
    };

    public static LinkTransition Unreachable { get; } = Lost with
    {
        To = LinkState.Unreachable,
        ReasonsAfter =
            [
                Reason(
                    ReasonCode.Blocked,
                    "The server refused to send us the page (403); this often affects only bots: open it in a browser, or ask the "
                        + "site's owner to let LinkMonitor in."),
            ],
        Since = Noon.AddDays(-7).AddMinutes(-10),
        Before = Alive(Noon.AddDays(-8)),
        After = new Evidence
        {
            CheckedAt = Noon,
            Observation = ObservationKind.Blocked,
            Detail = "The site answered 403.",
            Status = 403,
            FinalUrl = Page,
        },
    };

    public static LinkTransition Recovered { get; } = new()
    {
        From = LinkState.Changed,
        To = LinkState.Live,
        ReasonsBefore = [Nofollow.ReasonsAfter[0]],
        ReasonsAfter = [],
        At = Noon,
        Since = Noon,
        Before = Nofollow.After with { CheckedAt = Noon.AddDays(-1) },
        After = Alive(Noon),
        Alerts = true,
    };

    public static LinkTransition NotFound { get; } =
        Lost with { From = LinkState.Pending, To = LinkState.NotFound, Before = null, Since = Noon };

    /// <summary>Twelve changes of all kinds on four hosts, in no order.</summary>
    public static IReadOnlyList<LinkChange> Twelve { get; } =
    [
        Change(Recovered, "https://news.example.com/a", number: 1),
        Change(Nofollow, number: 2),
        Change(Lost, "https://blog.example.net/one", number: 3),
        Change(Unreachable, "https://forum.example.edu/thread/9", number: 4),
        Change(PageGone, "https://wiki.example.com/widgets", number: 5),
        Change(Nofollow, "https://news.example.com/b", number: 6),
        Change(Lost, "https://blog.example.net/two", number: 7),
        Change(Recovered, "https://blog.example.net/three", number: 8),
        Change(Lost, "https://blog.example.net/one", "https://example.org/other", number: 9),
        Change(Unreachable, "https://forum.example.edu/thread/10", number: 10),
        Change(Nofollow, "https://wiki.example.com/nofollow", number: 11),
        Change(NotFound, "https://wiki.example.com/new", number: 12),
    ];
}
