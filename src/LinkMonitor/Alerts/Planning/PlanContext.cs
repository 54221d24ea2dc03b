using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Planning;

/// <summary>What one planning starts from.</summary>
/// <param name="Channels">The active ones.</param>
internal sealed record PlanContext(Project Project, AlertPlan Plan, IReadOnlyList<Channel> Channels, DateTimeOffset Now);
