using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Judging;

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

    /// <summary>Could not tell: the page is <see cref="ObservationKind.Blocked"/>.</summary>
    Blocked,

    /// <summary>Could not tell: <see cref="ObservationKind.ServerError"/>.</summary>
    ServerError,

    /// <summary>Could not tell: <see cref="ObservationKind.Unreachable"/>.</summary>
    Unreachable,

    /// <summary>Could not tell: <see cref="ObservationKind.NotHtml"/>.</summary>
    NotHtml,

    /// <summary>Could not tell: <see cref="ObservationKind.TooLarge"/>.</summary>
    TooLarge,

    /// <summary>Could not tell: <see cref="ObservationKind.RobotsDisallowed"/>.</summary>
    RobotsDisallowed,

    /// <summary>Could not tell: <see cref="ObservationKind.Refused"/>.</summary>
    Refused,

    /// <summary>Could not tell: <see cref="ObservationKind.OurFault"/>.</summary>
    OurFault,

    /// <summary>Could not tell: the page answered, but with too little content to say that a link was removed.</summary>
    NoContent,

    /// <summary>Could not tell: a script writes what the page shows.</summary>
    ScriptOnly,

    /// <summary>Could not tell: the page came far smaller than when the link was last seen.</summary>
    PageShrunk,

    /// <summary>Could not tell yet: the domain is for sale or only shows advertisements, which counts towards <see cref="DomainGone"/>.</summary>
    Parked,
}
