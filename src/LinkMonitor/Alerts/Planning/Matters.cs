using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Planning;

/// <summary>What an alert has to say, from what is at hand.</summary>
internal static class Matters
{
    public static IncidentMatter OfIncident(string alertId, Project project, Incident incident) =>
        new() { AlertId = alertId, Project = project, Incident = incident };
}
