using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Filtering;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;

namespace LinkMonitor.Snapshots;

/// <summary>A project's links at one moment: what is asked of it once and again has one and the same answer.</summary>
public sealed class LinkListing(ProjectId projectId, LinkSnapshot snapshot, FilterMoment moment)
{
    private static readonly LinkOrder Identity = new(LinkSort.Page, false);

    public ProjectId ProjectId => projectId;

    public LinkSnapshot Snapshot => snapshot;

    public FilterMoment Moment => moment;

    /// <summary>
    /// A weak validator for what is shown of a line, without quotes: the same as long as no link of the project was written and, for a line
    /// that depends on time, within one minute, and as long as the project is in its time zone.
    /// </summary>
    public string ValidatorOf(FilterLine line)
    {
        ArgumentNullException.ThrowIfNull(line);

        // Days begin and end in the project's time zone.
        var known = $"{snapshot.Version}-{string.Concat(moment.Zone.Id.Where(char.IsAsciiLetterOrDigit))}";
        return line.DependsOnTime
            ? string.Create(CultureInfo.InvariantCulture, $"{known}-{moment.Now.UtcTicks / TimeSpan.TicksPerMinute}")
            : known;
    }

    /// <summary>The links that a line wants, in order of identity.</summary>
    public IReadOnlyList<LinkFacts> Matching(FilterLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return snapshot.Selections.Of(line.OrderedBy(null), moment);
    }

    /// <summary>The links that a line wants, in its order.</summary>
    internal LinkFacts[] InOrder(FilterLine line) => snapshot.Selections.Of(line, moment);

    /// <summary>How many links a line wants.</summary>
    public int Count(FilterLine line) => Matching(line).Count;

    /// <summary>
    /// The values of a key among the links that a line wants without its own terms of that key, the most frequent first: the numbers of
    /// chips, which stay as they are when one of them is chosen.
    /// </summary>
    /// <param name="key">State, reason, observation, host, rel, type, tag, vendor or currency.</param>
    /// <param name="max">The most values; how many links have none of them is told, too.</param>
    public LinkFacet Facet(FilterKey key, FilterLine line, int max)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(line);
        var wanted = line.Without(key).OrderedBy(null);
        return snapshot.Selections.Facet(
            $"{key.Name}|{max}", wanted, moment, () => Tally(key, snapshot.Selections.Of(wanted, moment), max));
    }

    internal (IReadOnlyList<LinkFacts> Links, int Total, LinkPlace? Next) Select(FilterLine line, int limit, LinkPlace? after)
    {
        var all = snapshot.Selections.Of(line, moment);
        var start = after is null ? 0 : FirstBeyond(all, line.Order, after);
        var links = all.AsSpan(start, Math.Min(limit, all.Length - start)).ToArray();
        return (links, all.Length, start + links.Length < all.Length ? (line.Order ?? Identity).PlaceOf(links[^1]) : null);
    }

    private static int FirstBeyond(LinkFacts[] all, LinkOrder? order, LinkPlace place)
    {
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if ((order?.Compare(all[middle], place) ?? all[middle].CompareId(place.Id)) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static LinkFacet Tally(FilterKey key, LinkFacts[] links, int max)
    {
        var counts = new Dictionary<string, (string Value, int Links)>(StringComparer.OrdinalIgnoreCase);
        var without = 0;
        if (key == FilterBy.State)
            foreach (var state in links.CountBy(link => link.State))
                counts[WireName.Of(state.Key)] = (WireName.Of(state.Key), state.Value);
        else
            foreach (var link in links)
                without += Add(key, link, counts) ? 0 : 1;
        var shown = counts.Values.OrderByDescending(value => value.Links).ThenBy(value => value.Value, StringComparer.Ordinal).Take(max);
        return new LinkFacet(key, [.. shown.Select(value => new FacetValue(value.Value, value.Links))], counts.Count, without);
    }

    private static bool Add(FilterKey key, LinkFacts link, Dictionary<string, (string Value, int Links)> counts)
    {
        var hasAny = false;
        foreach (var value in Values(key, link))
        {
            // Spellings of one vendor are one value, under the first that comes.
            var same = key == FilterBy.Vendor ? link.Terms!.VendorKey : value;
            counts[same] = counts.TryGetValue(same, out var known) ? (known.Value, known.Links + 1) : (value, 1);
            hasAny = true;
        }

        return hasAny;
    }

    private static IEnumerable<string> Values(FilterKey key, LinkFacts link) =>
        key == FilterBy.State ? [WireName.Of(link.State)]
        : key == FilterBy.Reason ? Enum.GetValues<ReasonCode>().Where(link.Has).Select(WireName.Of)
        : key == FilterBy.Observation ? link.Look is { } look ? [WireName.Of(look)] : []
        : key == FilterBy.Host ? [link.Host]
        : key == FilterBy.Rel ? link.FoundRel is { } rel ? RelText.Write(rel).Split(' ') : []
        : key == FilterBy.Type ? link.Type is { } type ? [type] : []
        : key == FilterBy.Tag ? link.Tags.Distinct(StringComparer.OrdinalIgnoreCase)
        : key == FilterBy.Vendor ? link.Terms?.Vendor is { } vendor ? [vendor] : []
        : key == FilterBy.Currency ? link.Terms is { Cost: not null, Currency: { } currency } ? [currency] : []
        : throw new ArgumentException($"'{key}' has no values to choose from.", nameof(key));
}

/// <summary>The values of a key and how many links have each.</summary>
/// <param name="Values">The most frequent first.</param>
/// <param name="Count">How many values there are in all.</param>
/// <param name="Without">How many links have none.</param>
public sealed record LinkFacet(FilterKey Key, IReadOnlyList<FacetValue> Values, int Count, int Without);

/// <summary>One value of a key.</summary>
/// <param name="Value">As <see cref="FilterTerm.Of"/> takes it.</param>
public sealed record FacetValue(string Value, int Links);

/// <summary>
/// Where a filtered list continues, as text of letters, digits, <c>-</c> and <c>_</c>: project, order and place, with a check value that
/// tells people that they mixed up cursors. Not a secret; a forged one leads nowhere but into the same list.
/// </summary>
public static class PlaceCursor
{
    private const int CheckLength = 8;
    private const int MaxLength = 2_000;
    private const int Parts = 5;

    public static string Write(ProjectId project, LinkOrder? order, LinkPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var number = place.Key.Number.ToString(CultureInfo.InvariantCulture);
        var kind = !place.Key.IsThere ? "" : place.Key.Text is null ? "n" : "t";
        var text = string.Join('\n', order?.Text, place.Id, kind, number, place.Key.Text);
        return Base64Url.EncodeToString([.. Check(project, text), .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>Whether a list of this project gave it out, whatever its order.</summary>
    public static bool IsOf(ProjectId project, string cursor) => Read(project, cursor) is not null;

    /// <summary>The place; null when it was not given out for this project and order.</summary>
    public static LinkPlace? Read(ProjectId project, LinkOrder? order, string cursor) =>
        Read(project, cursor) is { } read && read.Order == (order?.Text ?? "") ? read.Place : null;

    /// <summary>The place; null for none, which is the beginning.</summary>
    /// <exception cref="InvalidCursorException">It was not given out for this project and order.</exception>
    public static LinkPlace? Needed(ProjectId project, LinkOrder? order, string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null : Read(project, order, cursor) ?? throw new InvalidCursorException();

    private static (string Order, LinkPlace Place)? Read(ProjectId project, string cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= CheckLength)
            return null;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(CheckLength));
        var parts = text.Split('\n', Parts);
        if (!bytes.AsSpan(0, CheckLength).SequenceEqual(Check(project, text)) || parts.Length != Parts
            || !long.TryParse(parts[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return null;
        return (parts[0], new LinkPlace(parts[1], new OrderKey(parts[2].Length > 0, number, parts[2] == "t" ? parts[4] : null)));
    }

    private static byte[] Check(ProjectId project, string text) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"filtered links {project.Value}\n{text}"))[..CheckLength];
}
