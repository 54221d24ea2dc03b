using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Planning;

/// <summary>What an alert has to say, from what is at hand: when it is planned, for its subject, and again when it is sent.</summary>
internal static class Matters
{
    // The newest are enough for a link that changed very often.
    private const int MaxUnstableChanges = 100;

    public static IncidentMatter OfIncident(string alertId, Project project, Incident incident) =>
        new() { AlertId = alertId, Project = project, Incident = incident };

    /// <param name="events">At least one.</param>
    public static TermsMatter OfTerms(string alertId, Project project, IReadOnlyList<TermsEvent> events) =>
        new() { AlertId = alertId, Project = project, Events = events };

    /// <param name="changes">At least one, the oldest first.</param>
    /// <param name="count">How often the link changed within the window.</param>
    public static UnstableMatter OfUnstable(string alertId, Project project, IReadOnlyList<LinkChange> changes, int count, TellingOptions options) => new()
    {
        AlertId = alertId,
        Project = project,
        Link = LinkName.Of(changes[^1]),
        Changes = [.. changes.TakeLast(MaxUnstableChanges)],
        Count = count,
        Window = options.FlappingWindow,
        SettlesAfter = options.FlappingWindow,
    };

    /// <param name="at">When the alert was made.</param>
    /// <param name="heldBack">How many changes were not told meanwhile.</param>
    public static SettledMatter OfSettled(string alertId, Project project, LinkChange change, DateTimeOffset at, int heldBack) =>
        new() { AlertId = alertId, Project = project, Change = change, For = at - change.Transition.At, HeldBack = heldBack };
}
