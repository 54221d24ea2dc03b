using System.Text.Json.Serialization;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// What one check saw of a page, with the reason where it could not tell: finer than <see cref="ObservationKind"/>, for an answer may come and still not be the page. The wire names are
/// those of <see cref="ObservationKind"/> and <see cref="ReasonCode"/>.
/// </summary>
[JsonConverter(typeof(WireNameJsonConverter<LookKind>))]
public enum LookKind
{
    /// <summary>The page was seen.</summary>
    Observed,

    /// <summary>The server says that it is gone.</summary>
    Gone,
    Blocked,
    ServerError,
    Unreachable,
    NotHtml,
    TooLarge,
    RobotsDisallowed,
    Refused,
    OurFault,
    NoContent,
    ScriptOnly,
    PageShrunk,
    PageReplaced,
    Parked,
}
