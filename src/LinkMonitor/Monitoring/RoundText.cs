using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Monitoring;

/// <summary>A round of a page in a few words, for its one line in the log.</summary>
internal static class RoundText
{
    private const int MaxGroups = 5;
    private const int MaxProjects = 3;

    /// <summary>What was decided of one link, for example <c>live, suspected: link-removed</c>.</summary>
    public static string Decision(LinkStatus status, LinkTransition? change)
    {
        var reasons = status.Reasons.Count == 0 ? string.Empty : $" ({string.Join(", ", status.Reasons.Select(reason => WireName.Of(reason.Code)))})";
        var suspected = status.Suspicions.Count == 0
            ? string.Empty
            : $", suspected: {string.Join(", ", status.Suspicions.Select(one => WireName.Of(one.Reason.Code)))}";
        return $"{WireName.Of(status.State)}{reasons}{(change is null ? string.Empty : $", was {WireName.Of(change.From)}")}{suspected}";
    }

    /// <summary>The decisions of a page's links, the most frequent first: <c>2 live; 1 lost (link-removed), was live</c>.</summary>
    public static string Decisions(IEnumerable<LinkOutcome?> outcomes)
    {
        var groups = outcomes.GroupBy(outcome => outcome is { } link ? link.Decision ?? "gone" : "left for the next round", StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}").ToList();
        return List(groups, MaxGroups, "; ");
    }

    /// <summary>The projects that watch a page, by name and id.</summary>
    public static string Projects(IEnumerable<Project> projects) =>
        List([.. projects.DistinctBy(project => project.Id).Select(project => $"{Name(project.Name)} ({project.Id})")], MaxProjects, ", ");

    private static string List(List<string> items, int most, string between) =>
        string.Join(between, items.Take(most)) + (items.Count > most ? $" and {items.Count - most} more" : string.Empty);

    // A line of the log is one line, whatever people call their projects.
    private static string Name(string name) => string.Concat(name.Where(letter => !char.IsControl(letter)));
}
