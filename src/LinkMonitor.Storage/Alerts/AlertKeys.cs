using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>
/// The keys of the <c>Alerts</c> table: a partition per project and one for the notes; see docs/tables/alerts.md.
/// </summary>
internal static class AlertKeys
{
    public const string PendingPartition = "pending";
    public const string Open = "open";

    private const string ClosedPrefix = "closed:";

    public static string Pending(ProjectId projectId) => projectId.Value;

    /// <summary>
    /// By creation, not by closing: a project's alerts are opened one after the other, and the key must not hang on the attempt to close.
    /// </summary>
    public static string Closed(Alert alert) => $"{ClosedPrefix}{KeyTime.Descending(alert.CreatedAt)}:{alert.Id}";

    public static KeyRange AllPending => KeyRange.Whole(PendingPartition);

    public static KeyRange AllClosed(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, ClosedPrefix);
}
