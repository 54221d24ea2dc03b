using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Filtering;

/// <summary>
/// The order of a list; links that have no such value come last, and equal ones in order of identity. Links that were never seen, or
/// never checked, are ordered among themselves by the time since which they are in their state. Of texts the first
/// <see cref="MaxCompared"/> characters count.
/// </summary>
public sealed record LinkOrder(LinkSort By, bool IsDescending)
{
    public const int MaxCompared = 200;

    /// <summary>As it is written after <c>sort:</c>.</summary>
    public string Text => (IsDescending ? "-" : "") + WireName.Of(By);

    /// <summary>Negative when the one comes before the other; 0 only for one and the same link.</summary>
    public int Compare(LinkFacts one, LinkFacts other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var order = By == LinkSort.Page
            ? Directed(one.ComparePage(other, MaxCompared))
            : CompareKeys(KeyOf(one), KeyOf(other));
        return order != 0 ? order : one.CompareId(other);
    }

    /// <summary>The same for the place of a link as it once was.</summary>
    public int Compare(LinkFacts one, LinkPlace place)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(place);
        var order = CompareKeys(KeyOf(one), place.Key);
        return order != 0 ? order : one.CompareId(place.Id);
    }

    /// <summary>Where a link stands in this order.</summary>
    public LinkPlace PlaceOf(LinkFacts link)
    {
        ArgumentNullException.ThrowIfNull(link);
        var key = KeyOf(link);
        return new LinkPlace(link.Id.Value, key with { Text = key.Text?.Length > MaxCompared ? key.Text[..MaxCompared] : key.Text });
    }

    internal int CompareKeys(OrderKey one, OrderKey other) =>
        one.IsThere != other.IsThere ? (one.IsThere ? -1 : 1)
        : one.Text is null ? Directed(one.Number.CompareTo(other.Number))
        : Directed(By == LinkSort.Anchor
            ? string.Compare(one.Text, 0, other.Text, 0, MaxCompared, StringComparison.OrdinalIgnoreCase)
            : string.CompareOrdinal(one.Text, 0, other.Text, 0, MaxCompared));

    private int Directed(int order) => IsDescending ? -order : order;

    /// <summary>What a link is sorted by; made once for many comparisons, as it may be a text.</summary>
    internal OrderKey KeyOf(LinkFacts link) => By switch
    {
        LinkSort.State => OrderKey.Of((int)link.State, true),
        LinkSort.Since => OrderKey.Of(link.Since, true),
        LinkSort.Added => OrderKey.Of(link.CreatedAt, true),
        LinkSort.Checked => OrderKey.OfTime(link.LastCheckedAt, link.Since),
        LinkSort.Seen => OrderKey.OfTime(link.LastSeenAt, link.Since),
        LinkSort.Host => OrderKey.Of(link.Host),
        LinkSort.Target => OrderKey.Of(link.Target),
        LinkSort.Anchor => OrderKey.Of(link.Anchor),
        LinkSort.Vendor => OrderKey.Of(link.Terms?.VendorKey),
        LinkSort.Cost => OrderKey.Of((long)((link.Terms?.Cost ?? 0) * OrderKey.CostParts), link.Terms?.Cost is not null),
        LinkSort.Ends => OrderKey.Of(link.Terms?.Ends ?? 0, link.Terms is { Ends: not 0 }),
        LinkSort.Starts => OrderKey.Of(link.Terms?.Starts ?? 0, link.Terms is { Starts: not 0 }),
        _ => OrderKey.Of(link.Page),
    };
}

/// <summary>The place of a link in an order, which it keeps when the link changes.</summary>
public sealed record LinkPlace(string Id, OrderKey Key);

/// <summary>What a link is sorted by.</summary>
/// <param name="IsThere">False for a link without such a value.</param>
/// <param name="Text">Null for numbers and for none.</param>
public readonly record struct OrderKey(bool IsThere, long Number, string? Text)
{
    /// <summary>A cost has at most three decimals.</summary>
    internal const int CostParts = 1_000;

    internal static OrderKey Of(long number, bool isThere) => new(isThere, number, null);

    // What has not happened yet has not happened since the link is as it is.
    internal static OrderKey OfTime(long at, long since) => at != 0 ? Of(at, true) : Of(since, false);

    internal static OrderKey Of(string? text) => string.IsNullOrEmpty(text) ? default : new OrderKey(true, 0, text);
}

/// <summary>What links can be sorted by.</summary>
[JsonConverter(typeof(WireNameJsonConverter<LinkSort>))]
public enum LinkSort
{
    Page,
    Host,
    Target,
    Anchor,

    /// <summary>Pending, live, changed, lost, not found, unreachable.</summary>
    State,
    Since,
    Seen,
    Checked,
    Added,
    Vendor,

    /// <summary>As a number, whatever the currency.</summary>
    Cost,
    Starts,
    Ends,
}
