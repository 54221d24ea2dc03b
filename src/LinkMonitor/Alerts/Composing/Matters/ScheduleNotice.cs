using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>Pages are due, and nothing is checked.</summary>
public sealed record ScheduleNotice : NoticeMatter
{
    public override Project? About => null;

    /// <summary>Since when what waits longest has waited.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the schedule had caught up; null while it has not.</summary>
    public DateTimeOffset? Until { get; init; }
}
