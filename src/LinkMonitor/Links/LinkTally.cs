using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>Counts links one after the other, by state and by what the last check saw of their pages.</summary>
internal sealed class LinkTally
{
    private readonly SortedDictionary<(LinkState State, LookKind? Look), int> _counts = [];

    public void Add(WatchedLink link)
    {
        var kind = (link.Status.State, link.Status.LastLook);
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
    }

    public LinkCounts ToCounts() => new(
        _counts.Values.Sum(),
        NotSeen(_counts),
        [.. _counts.GroupBy(count => count.Key.State).Select(state => new StateCount(state.Key, state.Sum(count => count.Value), NotSeen(state)))],
        [
            .. _counts.Where(count => count.Key.Look is not null)
                .GroupBy(count => count.Key.Look!.Value)
                .OrderBy(look => look.Key)
                .Select(look => new ObservationCount(look.Key, look.Sum(count => count.Value))),
        ]);

    private static int NotSeen(IEnumerable<KeyValuePair<(LinkState State, LookKind? Look), int>> counts) =>
        counts.Where(count => count.Key.Look is { } look && !look.IsSeen()).Sum(count => count.Value);
}
