using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Links;

/// <summary>How close a link must come to the watched target to count as an occurrence.</summary>
[JsonConverter(typeof(WireNameJsonConverter<TargetMatch>))]
public enum TargetMatch
{
    Page,
    Exact,
    Prefix,
    Host,
}
