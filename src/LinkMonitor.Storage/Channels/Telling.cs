using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Channels;

/// <summary>When a channel hears of something.</summary>
[JsonConverter(typeof(WireNameJsonConverter<Telling>))]
public enum Telling
{
    /// <summary>As an alert, as soon as its group is complete and no quiet hours are in the way.</summary>
    AtOnce,

    /// <summary>In the next digest.</summary>
    Digest,

    /// <summary>Not at all.</summary>
    Never,
}
