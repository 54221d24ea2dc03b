using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Tracking;

/// <summary>What we hold true about a watched link (axis B).</summary>
[JsonConverter(typeof(WireNameJsonConverter<LinkState>))]
public enum LinkState
{
    /// <summary>Never observed.</summary>
    Pending,

    /// <summary>There, as expected.</summary>
    Live,

    /// <summary>There, not as expected.</summary>
    Changed,

    /// <summary>Was there, and is confirmed gone.</summary>
    Lost,

    /// <summary>Was not there at the first observation, and has not been since.</summary>
    NotFound,

    /// <summary>Could not be observed for seven days (a setting).</summary>
    Unreachable,
}
