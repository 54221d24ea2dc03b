using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Channels;

/// <summary>Whether a channel is sent to.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ChannelState>))]
public enum ChannelState
{
    /// <summary>It gets what it chose.</summary>
    Active,

    /// <summary>Its owner paused it.</summary>
    Paused,

    /// <summary>The reader unsubscribed; only the reader or an explicit change of the state brings it back.</summary>
    Unsubscribed,

    /// <summary>It failed for good (the address is gone, or nothing was accepted until we gave up).</summary>
    Disabled,
}
