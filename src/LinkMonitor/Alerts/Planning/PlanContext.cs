using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Planning;

/// <summary>What one planning starts from.</summary>
/// <param name="Channels">The active ones.</param>
internal sealed record PlanContext(Project Project, AlertPlan Plan, IReadOnlyList<Channel> Channels, DateTimeOffset Now)
{
    /// <summary>When the oldest change was made that waits to be reported; null for none.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Channels whose rows cannot be read: what is reported is kept for them until they can.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];
}
