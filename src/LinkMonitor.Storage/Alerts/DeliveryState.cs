using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Alerts;

/// <summary>How far one recipient's copy of an alert has come.</summary>
[JsonConverter(typeof(WireNameJsonConverter<DeliveryState>))]
public enum DeliveryState
{
    /// <summary>Not accepted yet; it will be tried again.</summary>
    Waiting,

    /// <summary>The mail service accepted it.</summary>
    Sent,

    /// <summary>Refused for good, or given up.</summary>
    Failed,

    /// <summary>Not wanted any more when its time came: the channel was removed, paused, disabled, or its reader unsubscribed.</summary>
    Dropped,
}
