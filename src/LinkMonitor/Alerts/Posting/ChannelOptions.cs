using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Alerts.Posting;

/// <summary>How messages are posted to webhooks and chats.</summary>
public sealed class ChannelOptions
{
    public const string Section = "LinkMonitor:Channels";

    /// <summary>For one message, name look-up and answer included. 1 second to 1 minute, 20 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many test messages may be sent for one project in a minute, per instance. 1 to 60, 5 by default.</summary>
    [Range(1, 60)]
    public int TestsPerMinute { get; set; } = 5;

    /// <summary>
    /// Lets messages go to addresses that are not public, over http and to any port. For tests and intranets; false by default.
    /// </summary>
    public bool AllowPrivateNetworks { get; set; }
}
