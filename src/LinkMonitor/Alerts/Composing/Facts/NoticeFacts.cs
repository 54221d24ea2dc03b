using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Facts;

/// <summary>Something that whoever runs the installation must know.</summary>
public abstract record NoticeFacts : AlertFacts
{
    private protected NoticeFacts()
    {
    }

    public sealed override AlertKind Kind => AlertKind.Notice;

    /// <summary>IANA name of the zone that times are written in; UTC by default.</summary>
    public string TimeZone { get; init; } = "UTC";
}

/// <summary>A channel was disabled: nothing is sent to it any more. Or it takes nothing and is still tried.</summary>
public sealed record ChannelNotice : NoticeFacts
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

/// <summary>A check failed because of a fault in LinkMonitor itself, or over a stored row that cannot be read.</summary>
public sealed record CheckFaultNotice : NoticeFacts
{
    public override Project? About => null;

    /// <summary>The first page that it was seen on.</summary>
    public required string Page { get; init; }

    /// <summary>The kind of fault, as the program names it.</summary>
    public required string Fault { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Our own network failed, so that nothing was judged.</summary>
public sealed record NetworkNotice : NoticeFacts
{
    /// <summary>So long after the last check that was not judged the network counts as back.</summary>
    public static readonly TimeSpan BackAfter = TimeSpan.FromMinutes(20);

    public override Project? About => null;

    public required DateTimeOffset Since { get; init; }

    /// <summary>When it worked again; null while it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many checks were not judged so far.</summary>
    public required int NotJudged { get; init; }

    /// <summary>The control addresses that failed; empty when most checks of a round failed instead.</summary>
    public IReadOnlyList<string> FailedControls { get; init; } = [];
}

/// <summary>Pages are due, and nothing is checked.</summary>
public sealed record ScheduleNotice : NoticeFacts
{
    public override Project? About => null;

    /// <summary>Since when what waits longest has waited.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the schedule had caught up; null while it has not.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A message that a user asked for, to see whether a channel works.</summary>
public sealed record TestFacts : ProjectFacts
{
    public override AlertKind Kind => AlertKind.Test;

    /// <summary>The user's name for the channel, or what may be shown of its address; never a URL that is a secret.</summary>
    public required string ChannelName { get; init; }

    public required DateTimeOffset At { get; init; }
}
