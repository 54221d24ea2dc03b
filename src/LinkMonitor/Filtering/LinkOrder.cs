using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Filtering;

/// <summary>The order of a list; links that have no such value come last, and equal ones in order of identity.</summary>
public sealed record LinkOrder(LinkSort By, bool IsDescending)
{
    /// <summary>As it is written after <c>sort:</c>.</summary>
    public string Text => (IsDescending ? "-" : "") + WireName.Of(By);

    /// <summary>Negative when the one comes before the other; 0 only for one and the same link.</summary>
    public int Compare(LinkFacts one, LinkFacts other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (has, too) = (Has(one), Has(other));
        var order = has != too ? (has ? -1 : 1) : !has ? 0 : IsDescending ? -CompareValues(one, other) : CompareValues(one, other);
        return order != 0 ? order : one.CompareId(other);
    }

    private bool Has(LinkFacts link) => By switch
    {
        LinkSort.Checked => link.LastCheckedAt != 0,
        LinkSort.Seen => link.LastSeenAt != 0,
        LinkSort.Anchor => !string.IsNullOrEmpty(link.Anchor),
        LinkSort.Vendor => link.Terms is { VendorKey.Length: > 0 },
        LinkSort.Cost => link.Terms?.Cost is not null,
        LinkSort.Ends => link.Terms is { Ends: not 0 },
        LinkSort.Starts => link.Terms is { Starts: not 0 },
        _ => true,
    };

    private int CompareValues(LinkFacts one, LinkFacts other) => By switch
    {
        LinkSort.State => one.State.CompareTo(other.State),
        LinkSort.Since => one.Since.CompareTo(other.Since),
        LinkSort.Added => one.CreatedAt.CompareTo(other.CreatedAt),
        LinkSort.Checked => one.LastCheckedAt.CompareTo(other.LastCheckedAt),
        LinkSort.Seen => one.LastSeenAt.CompareTo(other.LastSeenAt),
        LinkSort.Host => string.CompareOrdinal(one.Host, other.Host),
        LinkSort.Target => string.CompareOrdinal(one.Target, other.Target),
        LinkSort.Anchor => string.Compare(one.Anchor, other.Anchor, StringComparison.OrdinalIgnoreCase),
        LinkSort.Vendor => string.CompareOrdinal(one.Terms!.VendorKey, other.Terms!.VendorKey),
        LinkSort.Cost => Nullable.Compare(one.Terms!.Cost, other.Terms!.Cost),
        LinkSort.Ends => one.Terms!.Ends.CompareTo(other.Terms!.Ends),
        LinkSort.Starts => one.Terms!.Starts.CompareTo(other.Terms!.Starts),
        _ => one.ComparePage(other),
    };
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
