using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Links;

/// <summary>What can be done with many links at once.</summary>
[JsonConverter(typeof(WireNameJsonConverter<BulkAction>))]
public enum BulkAction
{
    Check,
    Mute,
    Unmute,
    Delete,
}
