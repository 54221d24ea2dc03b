using System.Globalization;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Writes subjects: the count and the worst thing, on one line that no header can break on.</summary>
internal static class SubjectLine
{
    public const int MaxLength = 150;

    private const int MaxHost = 45;
    private const int MaxGist = 45;

    /// <param name="changes">At least one, the worst first.</param>
    public static string Write(string projectName, IReadOnlyList<LinkChange> changes)
    {
        var subject = changes.Count == 1 ? One(changes[0]) : Many(projectName, changes);
        return WebText.Short(subject, MaxLength);
    }

    /// <summary>For example <c>3 links lost, 1 changed, 2 recovered</c>.</summary>
    public static string Counts(IEnumerable<ChangeKind> kinds)
    {
        var counts = kinds.GroupBy(kind => kind).OrderBy(group => group.Key).Select(group => (group.Key, Count: group.Count())).ToList();
        return string.Join(", ", counts.Select((entry, position) => string.Create(CultureInfo.InvariantCulture,
            $"{entry.Count:N0} {(position > 0 ? "" : entry.Count == 1 ? "link " : "links ")}{ChangeKinds.Word(entry.Key).ToLowerInvariant()}")));
    }

    private static string One(LinkChange change)
    {
        var kind = ChangeKinds.Of(change.Transition);
        var what = $"{ChangeKinds.Word(kind)}: link from {Host(change.Page.Host)} to {Host(change.Target.Host)}";
        return kind == ChangeKind.Changed && Worst(change.Transition) is { } worst ? $"{what} ({worst})" : what;
    }

    private static string? Worst(LinkTransition transition) =>
        transition.ReasonsAfter.Count > 0 ? WebText.Short(StoryTelling.Brief(transition.ReasonsAfter[0], 20), MaxGist) : null;

    private static string Many(string projectName, IReadOnlyList<LinkChange> changes)
    {
        var counts = Counts(changes.Select(change => ChangeKinds.Of(change.Transition)));
        var hosts = changes.Select(change => change.Page.Host).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var where = hosts.Count == 1 ? $" on {Host(hosts[0])}" : "";
        return $"{counts}{where} - {projectName}";
    }

    private static string Host(string? host) => WebText.ShortHost(host ?? "(no host)", MaxHost);
}
