using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Alerts;

/// <summary>What an alert is about.</summary>
[JsonConverter(typeof(WireNameJsonConverter<AlertKind>))]
public enum AlertKind
{
    /// <summary>Changes with one cause.</summary>
    Incident,

    /// <summary>A link that changes back and forth: its changes are held from now on.</summary>
    Unstable,

    /// <summary>A link that was unstable and has kept its state for long enough.</summary>
    Settled,

    /// <summary>What happened in a period, for the channels that want it summed up.</summary>
    Digest,

    /// <summary>Terms that end soon, and links that outlived theirs.</summary>
    Terms,

    /// <summary>Something the operator of the installation must know: our network failed, or a channel was disabled.</summary>
    Notice,

    /// <summary>A message that a user asked for, to see whether the channel works.</summary>
    Test,
}
