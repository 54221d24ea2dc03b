using System.Globalization;
using LinkMonitor.Filtering;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Snapshots;

/// <summary>
/// The links that lines wanted of a snapshot, in their orders: who turns the page, or asks for counts of the same line, looks at no link
/// again. They go on with the next snapshot: a change of few links is brought in when a line is asked for again. Those that were used
/// longest ago go first. Lines that depend on time hold for a minute.
/// </summary>
internal sealed class LinkSelections(LinkFacts[] links)
{
    /// <summary>The most selections, and the most facets, that are kept.</summary>
    public const int MaxKept = 40;

    /// <summary>The memory that all of them may take, for each link of the project: eight lines that want every link.</summary>
    public const int MaxBytesALink = 8 * SlotBytes;

    // With more changes than that a line is looked for anew.
    private const int MaxChanges = 1_000;
    private const int SlotBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkFacet> _facets = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>The memory that they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>How often all links were looked at.</summary>
    internal int Runs { get; private set; }

    /// <summary>The links that a line wants, in its order.</summary>
    public LinkFacts[] Of(FilterLine line, FilterMoment moment)
    {
        if (line.Text.Length == 0)
            return links;
        var key = KeyOf(line, moment);
        lock (_gate)
            if (_kept.TryGetValue(key, out var kept))
            {
                var known = kept.Brought();
                _kept[key] = kept with { Links = known, Changes = [], Use = ++_uses };
                Bytes += SlotBytes * (known.Length - kept.Links.Length);
                return known;
            }

        // Beside the lock: two who come at once both look, and find the same.
        var found = line.Order is { } order ? SortedLinks.Sort(Of(line.OrderedBy(null), moment), order) : Look(line, moment);
        lock (_gate)
            Keep(key, new Kept(line, moment, found, [], ++_uses));
        return found;
    }

    /// <summary>What was counted of a line, or is now.</summary>
    public LinkFacet Facet(string name, FilterLine line, FilterMoment moment, Func<LinkFacet> count)
    {
        var key = $"{name}|{KeyOf(line, moment)}";
        lock (_gate)
            if (_facets.TryGetValue(key, out var known))
                return known;
        var facet = count();
        lock (_gate)
        {
            if (_facets.Count >= MaxKept)
                _facets.Clear();
            _facets[key] = facet;
        }

        return facet;
    }

    /// <summary>Those of the next snapshot.</summary>
    /// <param name="next">Its links.</param>
    public LinkSelections Next(LinkFacts[] next, IReadOnlyList<LinkChangeover> changes)
    {
        var selections = new LinkSelections(next);
        lock (_gate)
        {
            selections._uses = _uses;
            foreach (var (key, kept) in _kept)
                if (kept.Changes.Count + changes.Count <= MaxChanges)
                    selections.Keep(key, kept with { Changes = [.. kept.Changes, .. changes] });
        }

        return selections;
    }

    private LinkFacts[] Look(FilterLine line, FilterMoment moment)
    {
        lock (_gate)
            Runs++;
        return Array.FindAll(links, new Predicate<LinkFacts>(line.ToPredicate(moment)));
    }

    private void Keep(string key, Kept kept)
    {
        if (_kept.Remove(key, out var other))
            Bytes -= SlotBytes * other.Links.Length;
        _kept[key] = kept;
        Bytes += SlotBytes * kept.Links.Length;
        while (_kept.Count > MaxKept || (Bytes > (long)MaxBytesALink * links.Length && _kept.Count > 1))
        {
            var oldest = _kept.MinBy(one => one.Value.Use);
            _kept.Remove(oldest.Key);
            Bytes -= SlotBytes * oldest.Value.Links.Length;
        }
    }

    private static string KeyOf(FilterLine line, FilterMoment moment) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(line.DependsOnTime ? moment.Now.UtcTicks / TimeSpan.TicksPerMinute : 0)}|{moment.Zone.Id}|{line.Text}");

    private sealed record Kept(FilterLine Line, FilterMoment Moment, LinkFacts[] Links, IReadOnlyList<LinkChangeover> Changes, long Use)
    {
        public LinkFacts[] Brought()
        {
            if (Changes.Count == 0)
                return Links;
            var isWanted = Line.ToPredicate(Moment);
            Comparison<LinkFacts> compare = Line.Order is { } order ? order.Compare : static (one, other) => one.CompareId(other);
            return SortedLinks.Change(
                Links,
                [
                    .. Changes.Select(one => new LinkChangeover(
                        one.Before is { } before && isWanted(before) ? before : null, one.Now is { } now && isWanted(now) ? now : null)),
                ],
                compare);
        }
    }
}

/// <summary>Arrays of links in an order.</summary>
internal static class SortedLinks
{
    /// <summary>The same links in an order.</summary>
    /// <param name="links">In order of identity.</param>
    public static LinkFacts[] Sort(LinkFacts[] links, LinkOrder order)
    {
        var keys = new (OrderKey Key, int Place)[links.Length];
        for (var i = 0; i < links.Length; i++)
            keys[i] = (order.KeyOf(links[i]), i);
        Array.Sort(keys, (one, other) => order.CompareKeys(one.Key, other.Key) is var by and not 0 ? by : one.Place.CompareTo(other.Place));
        return Array.ConvertAll(keys, one => links[one.Place]);
    }

    /// <summary>The same array with some links as they are now, and otherwise copied in runs.</summary>
    /// <param name="changes">In the order in which they happened.</param>
    public static LinkFacts[] Change(LinkFacts[] links, IReadOnlyList<LinkChangeover> changes, Comparison<LinkFacts> compare)
    {
        var comparer = Comparer<LinkFacts>.Create(compare);
        var gone = changes.Select(one => one.Before).OfType<LinkFacts>().ToHashSet(ReferenceEqualityComparer.Instance);

        // One that came and went between is not among them, though its place may be found.
        var places = gone.Select(one => (One: one, Place: Array.BinarySearch(links, one, comparer)))
            .Where(found => found.Place >= 0 && ReferenceEquals(links[found.Place], found.One))
            .Select(found => found.Place).Order().ToList();
        var news = changes.Select(one => one.Now).OfType<LinkFacts>().Where(one => !gone.Contains(one)).Order(comparer).ToList();
        var all = new LinkFacts[links.Length - places.Count + news.Count];
        var (from, to, without) = (0, 0, 0);
        foreach (var link in news)
        {
            var place = Array.BinarySearch(links, link, comparer);
            CopyUntil(place < 0 ? ~place : place);
            all[to++] = link;
        }

        CopyUntil(links.Length);
        return all;

        void CopyUntil(int end)
        {
            while (from < end)
            {
                var isGoneNext = without < places.Count && places[without] < end;
                var count = (isGoneNext ? places[without] : end) - from;
                Array.Copy(links, from, all, to, count);
                (from, to) = (from + count, to + count);
                if (!isGoneNext)
                    continue;
                from++;
                without++;
            }
        }
    }
}
