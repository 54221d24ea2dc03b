using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Refunds;

/// <summary>What a refund pack claims, added up before anything of it is written: its first page says who asks whom for what.</summary>
internal sealed class RefundClaim
{
    /// <summary>So many names of vendors, invoices and contacts are written out; the rest is counted.</summary>
    public const int MaxNames = 10;

    private readonly SortedSet<string> _vendors = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _contacts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _invoices = new(StringComparer.Ordinal);

    public RefundTotals Totals { get; } = new();

    /// <summary>Links with days that are proven not to be as agreed.</summary>
    public int LinksNotAsAgreed { get; private set; }

    /// <summary>The first counted day of any link; null when none is counted.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>The last counted day of any link.</summary>
    public DateOnly? To { get; private set; }

    public IReadOnlyCollection<string> Vendors => _vendors;

    public IReadOnlyCollection<string> Contacts => _contacts;

    public IReadOnlyCollection<string> Invoices => _invoices;

    public void Add(WatchedLink link, DayAccount account)
    {
        Totals.Add(account);
        LinksNotAsAgreed += account.NotAsAgreed > 0 ? 1 : 0;
        From = account.From is { } from && !(from >= From) ? from : From;
        To = account.To is { } to && !(to <= To) ? to : To;
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
