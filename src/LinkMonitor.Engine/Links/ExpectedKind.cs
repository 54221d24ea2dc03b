using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Links;

/// <summary>The three ways to expect something of a property.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ExpectedKind>))]
public enum ExpectedKind
{
    /// <summary>As the first observation that found the link.</summary>
    AsFirstSeen,

    /// <summary>Not watched.</summary>
    Any,

    /// <summary>One given value.</summary>
    Exactly,
}
