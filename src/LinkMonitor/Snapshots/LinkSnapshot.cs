using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Snapshots;

/// <summary>The links of a project as they were known at one moment. Never changes, so many may read it at once.</summary>
public sealed class LinkSnapshot
{
    private readonly LinkFacts[] _links;
    private readonly long _linkBytes;

    private LinkSnapshot(string version, LinkFacts[] links, IReadOnlySet<LinkId> unreadable, long bytes, LinkSelections? selections)
    {
        (Version, _links, Unreadable, _linkBytes) = (version, links, unreadable, bytes);
        Selections = selections ?? new LinkSelections(links);
    }

    /// <summary>Another one whenever any link was written; never the same in two processes. Letters, digits and a hyphen.</summary>
    public string Version { get; }

    /// <summary>In order of identity.</summary>
    public IReadOnlyList<LinkFacts> Links => _links;

    /// <summary>
    /// Links whose rows are there and cannot be read: in no list, and not gone either. Each is noted among what is set aside.
    /// </summary>
    public IReadOnlySet<LinkId> Unreadable { get; }

    /// <summary>The memory that it takes, with the selections that are kept of it.</summary>
    public long Bytes => _linkBytes + Selections.Bytes;

    /// <summary>What lines wanted of it.</summary>
    internal LinkSelections Selections { get; }

    /// <summary>All links of a project.</summary>
    /// <param name="reads">In order of identity.</param>
    internal static LinkSnapshot Of(IEnumerable<FactsRead> reads)
    {
        var all = reads.ToList();
        LinkFacts[] links = [.. all.Select(read => read.Facts).OfType<LinkFacts>()];
        return new LinkSnapshot(
            $"{Guid.NewGuid():N}-0", links, all.Where(read => read.Facts is null).Select(read => read.Id).ToHashSet(),
            links.Sum(link => (long)link.OwnBytes), null);
    }

    /// <summary>The same with some links as they are now.</summary>
    /// <returns>This one when all of them are as they were.</returns>
    internal LinkSnapshot With(IReadOnlyDictionary<LinkId, FoundLink> changed)
    {
        var news = changed.Where(one => !IsKnown(one.Key, one.Value)).ToDictionary();
        if (news.Count == 0)
            return this;
        var changes = news.Select(one => new LinkChangeover(Find(one.Key), one.Value.Facts)).ToList();
        var links = SortedLinks.Change(_links, changes, static (one, other) => one.CompareId(other));
        var bytes = _linkBytes + changes.Sum(one => (long)(one.Now?.OwnBytes ?? 0) - (one.Before?.OwnBytes ?? 0));
        var unreadable = Unreadable.Where(id => !news.ContainsKey(id))
            .Concat(news.Where(one => one.Value is { IsThere: true, Facts: null }).Select(one => one.Key)).ToHashSet();
        return new LinkSnapshot(NextVersion(), links, unreadable, bytes, Selections.Next(links, changes));
    }

    /// <summary>The link; null when there is none that can be read.</summary>
    internal LinkFacts? Find(LinkId id)
    {
        var place = PlaceOf(id.Value);
        return place < _links.Length && _links[place].CompareId(id.Value) == 0 ? _links[place] : null;
    }

    /// <summary>Whether no more than as many others are between some links.</summary>
    internal bool AreNeighbours(IReadOnlyList<LinkFacts> some) => some.Count > 0
        && PlaceOf(some[^1].Id.Value) - PlaceOf(some[0].Id.Value) is var span and >= 0 && span <= 2 * some.Count;

    private int PlaceOf(string id)
    {
        var (low, high) = (0, _links.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_links[middle].CompareId(id) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private bool IsKnown(LinkId id, FoundLink now) => now.Facts is { } facts
        ? Find(id)?.WrittenAt == facts.WrittenAt
        : Find(id) is null && Unreadable.Contains(id) == now.IsThere;

    private string NextVersion()
    {
        var parts = Version.Split('-');
        return $"{parts[0]}-{long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) + 1}";
    }
}

/// <summary>What was found of a link.</summary>
/// <param name="Facts">Null when it is gone, or cannot be read.</param>
internal readonly record struct FoundLink(LinkFacts? Facts, bool IsThere);

/// <summary>A link as it was and as it is.</summary>
/// <param name="Before">Null when it was not there.</param>
/// <param name="Now">Null when it is gone, or cannot be read.</param>
internal readonly record struct LinkChangeover(LinkFacts? Before, LinkFacts? Now);
