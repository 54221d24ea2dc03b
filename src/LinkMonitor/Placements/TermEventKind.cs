using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Placements;

/// <summary>What there is to say of a term.</summary>
[JsonConverter(typeof(WireNameJsonConverter<TermEventKind>))]
public enum TermEventKind
{
    /// <summary>It will end in some days.</summary>
    EndsSoon,

    /// <summary>It has ended, and the link is still live.</summary>
    EndedStillLive,
}
