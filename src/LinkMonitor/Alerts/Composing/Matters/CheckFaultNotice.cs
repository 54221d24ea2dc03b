using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A check failed by a fault of LinkMonitor itself, or over a stored row that cannot be read.</summary>
public sealed record CheckFaultNotice : NoticeMatter
{
    public override Project? About => null;

    /// <summary>The first page that it was seen on.</summary>
    public required string Page { get; init; }

    /// <summary>The kind of fault, as the program names it.</summary>
    public required string Fault { get; init; }

    public required DateTimeOffset At { get; init; }
}
