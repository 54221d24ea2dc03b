using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Snapshots;

/// <summary>The links of a project as they were known at one moment. Never changes, so many may read it at once.</summary>
public sealed class LinkSnapshot
{
    private LinkSnapshot(string version, LinkFacts[] links, IReadOnlySet<LinkId> unreadable)
    {
        (Version, Links, Unreadable) = (version, links, unreadable);
        Bytes = links.Sum(link => (long)link.OwnBytes);
    }

    private LinkSnapshot(string version, LinkFacts[] links, IReadOnlySet<LinkId> unreadable, long bytes) =>
        (Version, Links, Unreadable, Bytes) = (version, links, unreadable, bytes);

    /// <summary>Another one whenever any link was written; never the same in two processes. Letters, digits and a hyphen.</summary>
    public string Version { get; }

    /// <summary>In order of identity.</summary>
    public IReadOnlyList<LinkFacts> Links { get; }

    /// <summary>
    /// Links whose rows are there and cannot be read: in no list, and not gone either. Each is noted among what is set aside.
    /// </summary>
    public IReadOnlySet<LinkId> Unreadable { get; }

    /// <summary>The memory that it takes, estimated.</summary>
    public long Bytes { get; }

    /// <summary>All links of a project.</summary>
    /// <param name="reads">In order of identity.</param>
    internal static LinkSnapshot Of(IEnumerable<FactsRead> reads)
    {
        var all = reads.ToList();
        return new LinkSnapshot(
            $"{Guid.NewGuid():N}-0",
            [.. all.Where(read => read.Facts is not null).Select(read => read.Facts!)],
            all.Where(read => read.Facts is null).Select(read => read.Id).ToHashSet());
    }

    /// <summary>The same with some links as they are now.</summary>
    /// <returns>This one when all of them are as they were.</returns>
    internal LinkSnapshot With(IReadOnlyDictionary<LinkId, FoundLink> changed)
    {
        var news = changed.Where(one => !IsKnown(one.Key, one.Value)).ToDictionary();
        if (news.Count == 0)
            return this;
        var links = new List<LinkFacts>(Links.Count + news.Count);
        var bytes = Bytes;
        var next = 0;
        foreach (var (id, now) in news.OrderBy(one => one.Key.Value, StringComparer.Ordinal))
        {
            for (; next < Links.Count && Links[next].CompareId(id.Value) < 0; next++)
                links.Add(Links[next]);
            if (next < Links.Count && Links[next].CompareId(id.Value) == 0)
                bytes -= Links[next++].OwnBytes;
            if (now.Facts is not { } facts)
                continue;
            bytes += facts.OwnBytes;
            links.Add(facts);
        }

        for (; next < Links.Count; next++)
            links.Add(Links[next]);
        var unreadable = Unreadable.Where(id => !news.ContainsKey(id))
            .Concat(news.Where(one => one.Value is { IsThere: true, Facts: null }).Select(one => one.Key)).ToHashSet();
        return new LinkSnapshot(NextVersion(), [.. links], unreadable, bytes);
    }

    /// <summary>The link; null when there is none that can be read.</summary>
    internal LinkFacts? Find(LinkId id)
    {
        var (low, high) = (0, Links.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Links[middle].CompareId(id.Value) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low < Links.Count && Links[low].CompareId(id.Value) == 0 ? Links[low] : null;
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
