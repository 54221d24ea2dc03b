using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// What the checks of one day (UTC) saw of a link. The order is that of <see cref="DayLog.With"/>: of several marks of a day the later
/// one here stays.
/// </summary>
[JsonConverter(typeof(WireNameJsonConverter<DayMark>))]
public enum DayMark
{
    /// <summary>No check, or only such as failed by our own fault.</summary>
    NotChecked,

    /// <summary>A check could not tell: the page could not be seen, or a worse finding was not confirmed yet.</summary>
    CouldNotTell,

    /// <summary>The page was seen without the link, which no check ever found before.</summary>
    NotFound,

    /// <summary>Gone, confirmed.</summary>
    Lost,

    /// <summary>There, but not as agreed, confirmed, for a reason on the side of the page.</summary>
    Changed,

    /// <summary>There, as agreed; also when only our own target is at fault.</summary>
    AsAgreed,
}
