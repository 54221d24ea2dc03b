using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A channel was disabled: nothing is sent to it any more. Or it takes nothing and is still tried.</summary>
public sealed record ChannelNotice : NoticeMatter
{
    public required Project Project { get; init; }

    public override Project About => Project;

    public required ChannelKind Channel { get; init; }

    /// <summary>The user's name for it, or what may be shown of its address; never a URL that is a secret.</summary>
    public required string Name { get; init; }

    /// <summary>Why, for people; as <see cref="Storage.Channels.Channel.StateReason"/> has it.</summary>
    public required string Reason { get; init; }

    /// <summary>Nothing was given up yet.</summary>
    public bool IsStillTried { get; init; }

    public required DateTimeOffset At { get; init; }
}
