using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Refunds;

/// <summary>What a refund pack claims, added up before anything of it is written: its first page says who asks whom for what.</summary>
internal sealed class RefundClaim
{
    /// <summary>So many names of vendors, invoices and contacts are written out; the rest is counted.</summary>
    public const int MaxNames = 10;

    // Case makes no other vendor; the first spelling stands for all.
    private readonly SortedSet<string> _vendors = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _contacts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _invoices = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ClaimPart> _parts = new(StringComparer.Ordinal);
    private readonly ClaimPart _all = new();

    public RefundTotals Totals => _all.Totals;

    /// <summary>By currency, in the order of their codes; first, without a sum, those of links whose terms give none.</summary>
    public IReadOnlyCollection<ClaimPart> Parts => _parts.Values;

    /// <summary>Links with days that are proven not to be as agreed.</summary>
    public int LinksNotAsAgreed { get; private set; }

    /// <summary>The first counted day of any link; null when none is counted.</summary>
    public DateOnly? From => _all.From;

    /// <summary>The last counted day of any link.</summary>
    public DateOnly? To => _all.To;

    public IReadOnlyCollection<string> Vendors => _vendors;

    public IReadOnlyCollection<string> Contacts => _contacts;

    public IReadOnlyCollection<string> Invoices => _invoices;

    public void Add(WatchedLink link, DayAccount account)
    {
        _all.Add(account);
        var currency = account.Sum?.Currency ?? string.Empty;
        if (!_parts.TryGetValue(currency, out var part))
            _parts[currency] = part = new ClaimPart();
        part.Add(account);
        LinksNotAsAgreed += account.NotAsAgreed > 0 ? 1 : 0;
        Name(_vendors, link.Terms?.Vendor);
        Name(_contacts, link.Terms?.Contact);
        Name(_invoices, link.Terms?.Invoice);
    }

    private static void Name(SortedSet<string> names, string? name)
    {
        if (name is not null)
            names.Add(name);
    }
}

/// <summary>What is claimed of the links of one currency, or of those whose terms give no sum.</summary>
internal sealed class ClaimPart
{
    public RefundTotals Totals { get; } = new();

    /// <summary>The first counted day of any of the links; null when none is counted.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>The last counted day of any of the links.</summary>
    public DateOnly? To { get; private set; }

    public void Add(DayAccount account)
    {
        Totals.Add(account);
        From = account.From is { } from && !(from >= From) ? from : From;
        To = account.To is { } to && !(to <= To) ? to : To;
    }
}
