using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A message that a user asked for, to see whether a channel works.</summary>
public sealed record TestMatter : ProjectMatter
{
    public override AlertKind Kind => AlertKind.Test;

    /// <summary>The user's name for the channel, or what may be shown of its address; never a URL that is a secret.</summary>
    public required string ChannelName { get; init; }

    public required DateTimeOffset At { get; init; }
}
