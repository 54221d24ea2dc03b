using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Judging;

/// <summary>
/// The links that one project watches on one page, matched to the links of the page as a set: what is one watched link is not the successor of another, and of several that are gone each
/// new link is the successor of one at most.
/// </summary>
public sealed class WatchedSet
{
    private readonly IReadOnlyList<HashSet<int>> _owned;

    private WatchedSet(IReadOnlyList<HashSet<int>> owned) => _owned = owned;

    /// <param name="observation">An observation with a reading.</param>
    /// <param name="watched">Each link with what is known of it; in any order.</param>
    public static WatchedSet Of(Observation observation, IReadOnlyList<(Expectation Expectation, LinkMemory Memory)> watched)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(watched);
        HashSet<int>[] owned = [.. watched.Select(link => Matching(observation, link.Expectation))];
        var taken = owned.SelectMany(ordinals => ordinals).ToHashSet();
        var claims = watched.Index()
            .Where(link => owned[link.Index].Count == 0)
            .SelectMany(link => Successors.Of(observation, link.Item.Expectation, link.Item.Memory)
                .Select(candidate => (link.Index, candidate.Link.Ordinal, candidate.Weight)))
            .OrderByDescending(claim => claim.Weight).ThenBy(claim => claim.Ordinal).ThenBy(claim => claim.Index);
        foreach (var (index, ordinal, _) in claims)
        {
            if (owned[index].Count == 0 && taken.Add(ordinal))
                owned[index].Add(ordinal);
        }

        return new WatchedSet(owned);
    }

    /// <summary>The links of the page that belong to the others, by their place among the page's links.</summary>
    /// <param name="index">The watched link, as it was given.</param>
    public IReadOnlySet<int> TakenFrom(int index)
    {
        var taken = _owned.Index().Where(owned => owned.Index != index).SelectMany(owned => owned.Item).ToHashSet();
        taken.ExceptWith(_owned[index]);
        return taken;
    }

    private static HashSet<int> Matching(Observation observation, Expectation expectation) =>
    [
        .. observation.Reading!.Links
            .Where(link => link.Url is not null && TargetMatcher.Matches(expectation.Target, expectation.Match, link.Url))
            .Select(link => link.Ordinal),
    ];
}
