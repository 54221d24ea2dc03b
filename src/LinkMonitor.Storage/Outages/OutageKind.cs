using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Outages;

/// <summary>How an outage of our own network showed.</summary>
[JsonConverter(typeof(WireNameJsonConverter<OutageKind>))]
public enum OutageKind
{
    /// <summary>This machine has no route, or no DNS server answers it.</summary>
    NoRoute,

    /// <summary>None of the control addresses answered.</summary>
    ControlsFail,

    /// <summary>Most of the hosts that could be reached before could not be reached.</summary>
    MostFail,
}
