using System.Collections.Frozen;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Reasons;

/// <summary>Why a link is in its state. The wire names are kebab-case, for example <c>rel-changed</c>; see docs/checks.md.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ReasonCode>))]
public enum ReasonCode
{
    RelChanged,
    PageNofollow,
    AnchorChanged,
    TargetChanged,
    PlacementChanged,
    Hidden,
    Noindex,
    CanonicalElsewhere,
    GoogleDisallowed,
    TargetBroken,
    TargetRedirects,
    LinkRemoved,
    MentionOnly,
    PageGone,
    PageRedirected,

    [JsonStringEnumMemberName("soft-404")]
    Soft404,
    DomainGone,

    /// <summary>Another page has stood in its place for long. One check only suspects it, and says unknown.</summary>
    PageReplaced,

    /// <summary>Could not tell: the page is <c>ObservationKind.Blocked</c>.</summary>
    Blocked,

    /// <summary>Could not tell: <c>ObservationKind.ServerError</c>.</summary>
    ServerError,

    /// <summary>Could not tell: <c>ObservationKind.Unreachable</c>.</summary>
    Unreachable,

    /// <summary>Could not tell: <c>ObservationKind.NotHtml</c>.</summary>
    NotHtml,

    /// <summary>Could not tell: <c>ObservationKind.TooLarge</c>.</summary>
    TooLarge,

    /// <summary>Could not tell: <c>ObservationKind.RobotsDisallowed</c>.</summary>
    RobotsDisallowed,

    /// <summary>Could not tell: <c>ObservationKind.Refused</c>.</summary>
    Refused,

    /// <summary>Could not tell: <c>ObservationKind.OurFault</c>.</summary>
    OurFault,

    /// <summary>Could not tell: the page answered, but with too little content to say that a link was removed.</summary>
    NoContent,

    /// <summary>Could not tell: a script writes what the page shows.</summary>
    ScriptOnly,

    /// <summary>Could not tell: the page came far smaller than when the link was last seen.</summary>
    PageShrunk,

    /// <summary>
    /// Could not tell yet: the domain is for sale or only shows advertisements, which counts towards <see cref="DomainGone"/>.
    /// </summary>
    Parked,
}

/// <summary>The steps of a check, in the order in which they are taken and reported.</summary>
[JsonConverter(typeof(WireNameJsonConverter<StepName>))]
public enum StepName
{
    Request,
    Redirects,
    Status,

    /// <summary>The site's word (304) that the page is as it was when it was read.</summary>
    Unchanged,

    [JsonStringEnumMemberName("robots.txt")]
    RobotsTxt,

    /// <summary>X-Robots-Tag.</summary>
    Headers,

    /// <summary>Meta robots and googlebot.</summary>
    Meta,
    Canonical,

    /// <summary>Format, links and text of the page.</summary>
    Content,

    /// <summary>Whether it is the page at all, with what was compared.</summary>
    Identity,

    /// <summary>The link's own element.</summary>
    Element,
    Rel,
    Anchor,
    Placement,
    Visibility,

    /// <summary>The answer of the target itself.</summary>
    Target,
}

/// <summary>Who can mend what a reason names.</summary>
public static class OwnSide
{
    /// <summary>True for what only the owner of the target can fix: nobody at the page is to blame for it.</summary>
    public static bool Is(ReasonCode code) => ReasonCatalogue.Of(code).Family == ChangeFamily.Target;

    /// <summary>There are reasons, and nothing is wrong on the side of the page.</summary>
    public static bool AreAll(IEnumerable<ReasonCode> codes)
    {
        var any = false;
        foreach (var code in codes)
        {
            if (!Is(code))
                return false;
            any = true;
        }

        return any;
    }
}

/// <summary>Every reason, one entry each. To add one, add it to <see cref="ReasonCode"/> and to the file of its family here.</summary>
public static class ReasonCatalogue
{
    private static readonly FrozenDictionary<ReasonCode, ReasonEntry> Entries = Index();

    /// <summary>In the order of <see cref="ReasonCode"/>.</summary>
    public static IReadOnlyList<ReasonEntry> All { get; } = [.. Entries.Values.OrderBy(entry => entry.Code)];

    /// <exception cref="ArgumentOutOfRangeException">The code has no entry.</exception>
    public static ReasonEntry Of(ReasonCode code) =>
        Entries.GetValueOrDefault(code) ?? throw new ArgumentOutOfRangeException(nameof(code), code, "The catalogue has no such reason.");

    private static FrozenDictionary<ReasonCode, ReasonEntry> Index() => FollowingReasons.All
        .Concat(IndexingReasons.All).Concat(EditingReasons.All).Concat(TargetReasons.All).Concat(PageReasons.All).Concat(UnseenReasons.All)
        .ToFrozenDictionary(entry => entry.Code);
}
