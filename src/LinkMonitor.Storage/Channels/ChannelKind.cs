using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Channels;

/// <summary>How a channel's alerts travel.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ChannelKind>))]
public enum ChannelKind
{
    /// <summary>To one e-mail address, over the mail transport of the installation.</summary>
    Email,

    /// <summary>To an HTTPS endpoint of the user, signed as https://www.standardwebhooks.com/ has it.</summary>
    Webhook,

    /// <summary>To a Slack incoming webhook.</summary>
    Slack,

    /// <summary>To a Microsoft Teams incoming webhook.</summary>
    Teams,
}
