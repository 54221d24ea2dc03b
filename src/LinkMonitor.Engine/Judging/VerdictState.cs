using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Judging;

/// <summary>What one observation says of one link, before any confirmation.</summary>
[JsonConverter(typeof(WireNameJsonConverter<VerdictState>))]
public enum VerdictState
{
    /// <summary>There, as expected.</summary>
    Live,

    /// <summary>There, not as expected.</summary>
    Changed,

    /// <summary>Not there, and the page was really seen.</summary>
    Lost,

    /// <summary>Could not tell.</summary>
    Unknown,
}
