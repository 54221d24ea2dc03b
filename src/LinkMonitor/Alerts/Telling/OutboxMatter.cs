using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Changes of a project as what an alert has to say.</summary>
internal static class OutboxMatter
{
    public static IncidentMatter Of(string alertId, Project project, IReadOnlyList<LinkChange> changes) =>
        new() { AlertId = alertId, Project = project, Incident = new Incident(new Cause(CauseKind.Link, null), changes) };
}
