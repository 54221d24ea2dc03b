using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>The row keys of the <c>Links</c> table, whose partition key is the project's identity; see docs/tables/links.md.</summary>
internal static class LinkKeys
{
    private const string LinkPrefix = "link:";
    private const string ChangePrefix = "change:";
    private const string HistoryPrefix = "history:";
    private const string OutboxPrefix = "outbox:";

    public static string Link(LinkId linkId) => LinkPrefix + linkId.Value;

    public static string Change(DateTimeOffset at, string changeId) => $"{ChangePrefix}{KeyTime.Descending(at)}:{changeId}";

    public static string History(LinkId linkId, DateTimeOffset at, string changeId) =>
        $"{HistoryPrefix}{linkId.Value}:{KeyTime.Descending(at)}:{changeId}";

    public static string Outbox(DateTimeOffset at, string changeId) => $"{OutboxPrefix}{KeyTime.Ascending(at)}:{changeId}";

    public static bool IsOutbox(string rowKey) => rowKey.StartsWith(OutboxPrefix, StringComparison.Ordinal);

    public static KeyRange Links(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, LinkPrefix);

    /// <summary>A project's changes, those made after a point in time only.</summary>
    /// <param name="since">Null for all.</param>
    public static KeyRange Changes(ProjectId projectId, DateTimeOffset? since)
    {
        var all = KeyRange.StartingWith(projectId.Value, ChangePrefix);
        return since is { } after ? all with { Below = ChangePrefix + KeyTime.Descending(after) } : all;
    }

    public static KeyRange History(ProjectId projectId, LinkId linkId) =>
        KeyRange.StartingWith(projectId.Value, $"{HistoryPrefix}{linkId.Value}:");

    public static KeyRange Outbox(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, OutboxPrefix);
}
