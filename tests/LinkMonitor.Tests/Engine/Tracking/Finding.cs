using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>What a check finds, without its time.</summary>
internal sealed record Finding(VerdictState State, ObservationKind Kind, int? Status, IReadOnlyList<Reason> Reasons)
{
    private static readonly WebUrl Page = Url("https://blog.example/post");

    public static readonly Reason Nofollow = Because(ReasonCode.RelChanged, "nofollow");
    public static readonly Reason Sponsored = Because(ReasonCode.RelChanged, "sponsored");
    public static readonly Reason Anchor = Because(ReasonCode.AnchorChanged, "click here");
    public static readonly Reason Footer = Because(ReasonCode.PlacementChanged, "footer");
    public static readonly Reason OtherTarget = Because(ReasonCode.TargetChanged, "https://shop.example/other");

    public static readonly Finding Live = new(VerdictState.Live, ObservationKind.Observed, 200, []);
    public static readonly Finding Removed = Lost(ReasonCode.LinkRemoved);
    public static readonly Finding Mention = Lost(ReasonCode.MentionOnly);
    public static readonly Finding PageGone = Lost(ReasonCode.PageGone) with { Kind = ObservationKind.Gone, Status = 404 };
    public static readonly Finding Blocked = Unknown(ObservationKind.Blocked, ReasonCode.Blocked, 403);
    public static readonly Finding Timeout = Unknown(ObservationKind.Unreachable, ReasonCode.Unreachable, null);
    public static readonly Finding OurFault = Unknown(ObservationKind.OurFault, ReasonCode.OurFault, null);
    public static readonly Finding NoName = Timeout with { Suspected = Because(ReasonCode.DomainGone, null) };

    public Reason? Suspected { get; init; }

    public Reason? SilentTarget { get; init; }

    public bool IsTargetUnanswered { get; init; }

    public bool IsOutOfTime { get; init; }

    /// <summary>Whether the page holds a link; by default when the verdict says so.</summary>
    public bool HasLink { get; init; } = State is VerdictState.Live or VerdictState.Changed;

    public string AnchorText { get; init; } = "Shop";

    /// <summary>The rel tokens of the link; by default those that the reasons name.</summary>
    public IReadOnlyList<string>? LinkRel { get; init; }

    public RobotsDirectives Robots { get; init; } = RobotsDirectives.None;

    public static Finding Changed(params Reason[] reasons) => new(VerdictState.Changed, ObservationKind.Observed, 200, reasons);

    public static Finding Lost(ReasonCode code, string? found = null) =>
        new(VerdictState.Lost, ObservationKind.Observed, 200, [Because(code, found)]);

    public static Finding Unknown(ObservationKind kind, ReasonCode code, int? status) =>
        new(VerdictState.Unknown, kind, status, [Because(code, null)]);

    public static Reason Because(ReasonCode code, string? found) =>
        new() { Code = code, Message = $"{code}: {found}", Found = found };

    public static WebUrl Url(string text) =>
        WebUrl.TryParse(text, out var url) ? url : throw new ArgumentException("No URL: " + text, nameof(text));

    public Verdict At(DateTimeOffset now)
    {
        var link = HasLink ? Link() : null;
        return new Verdict
        {
            State = State,
            Reasons = Reasons,
            Best = link,
            Occurrences = link is null ? [] : [link],
            Suspected = Suspected,
            SilentTarget = SilentTarget,
            TargetGap = SilentTarget is not null || IsTargetUnanswered ? TargetGap.NoAnswer : IsOutOfTime ? TargetGap.OutOfTime : null,
            Observation = new Observation
            {
                Kind = Kind,
                CheckedAt = now,
                Page = Page,
                FinalUrl = Page,
                Status = Status,
                Detail = $"{State} by {Kind}",
                NameNotFound = Suspected is not null,
                Reading = Kind == ObservationKind.Observed ? Reading(link) : null,
            },
        };
    }

    public override string ToString() => $"{State}[{string.Join(", ", Reasons.Select(reason => reason.Message))}]{Suspected?.Code}";

    private PageLink Link() => new()
    {
        Href = "https://shop.example/",
        Url = Url("https://shop.example/"),
        Rel = LinkRel ?? Reasons.Where(reason => reason.Code == ReasonCode.RelChanged).Select(reason => reason.Found!).ToList(),
        Follow = LinkRel is null && !Reasons.Any(reason => reason.Code == ReasonCode.RelChanged),
        Anchor = AnchorText,
        Kind = LinkKind.Text,
        Placement = Placement.Main,
        Hidden = false,
        Ordinal = 1,
        Snippet = $"<a href=\"https://shop.example/\">{AnchorText}</a>",
    };

    private PageReading Reading(PageLink? link) => new()
    {
        Url = Page,
        Title = "A post",
        Base = null,
        Canonical = null,
        Robots = Robots,
        Links = link is null ? [] : [link],
        Text = "A post about shops",
        Charset = "utf-8",
    };
}
