using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Links;

/// <summary>Counts the links of a project, read once.</summary>
internal static class LinkCounting
{
    private const int ReadAtOnce = 1_000;

    public static async Task<LinkCounts> CountAsync(ILinkStore links, ProjectId project, LinkFilter filter, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<(LinkState State, LookKind? Look), int>();
        string? cursor = null;
        do
        {
            var slice = await links.ListAsync(project, filter, ReadAtOnce, cursor, cancellationToken);
            foreach (var status in slice.Items.Select(link => link.Status))
                counts[(status.State, status.LastLook)] = counts.GetValueOrDefault((status.State, status.LastLook)) + 1;
            cursor = slice.Cursor;
        }
        while (cursor is not null);
        return new LinkCounts(
            counts.Values.Sum(),
            NotSeen(counts),
            [.. counts.GroupBy(count => count.Key.State).Select(state => new StateCount(state.Key, state.Sum(count => count.Value), NotSeen(state)))],
            [
                .. counts.Where(count => count.Key.Look is not null)
                    .GroupBy(count => count.Key.Look!.Value)
                    .OrderBy(look => look.Key)
                    .Select(look => new ObservationCount(look.Key, look.Sum(count => count.Value))),
            ]);
    }

    private static int NotSeen(IEnumerable<KeyValuePair<(LinkState State, LookKind? Look), int>> counts) =>
        counts.Where(count => count.Key.Look is { } look && !look.IsSeen()).Sum(count => count.Value);
}
