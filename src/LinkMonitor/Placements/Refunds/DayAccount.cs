using System.Globalization;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Refunds;

/// <summary>
/// The days that were paid for against what the checks of these days saw. Only whole days (UTC) that are over are counted.
/// </summary>
public sealed record DayAccount
{
    /// <summary>The first counted day; null when none is.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last counted day; null when none is.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What the checks saw, day after day without a gap; empty when nothing is counted.</summary>
    public IReadOnlyList<DayRun> Runs { get; init; } = [];

    /// <summary>The pro-rata sum for the days that are proven not to be as agreed; null where the terms give none.</summary>
    public Money? Sum { get; init; }

    /// <summary>How <see cref="Sum"/> comes about, or why there is none.</summary>
    public required string Formula { get; init; }

    /// <summary>All counted days.</summary>
    public int Counted => Runs.Sum(run => run.Days);

    public int AsAgreed => Count(DayMark.AsAgreed);

    /// <summary>Days that are proven: changed, lost, or not there yet.</summary>
    public int NotAsAgreed => Count(DayMark.Changed) + Count(DayMark.Lost) + Count(DayMark.NotFound);

    /// <summary>Days of which nothing is known. Never held against the vendor.</summary>
    public int NotObservable => Count(DayMark.CouldNotTell) + Count(DayMark.NotChecked);

    public int Count(DayMark mark) => Runs.Where(run => run.Mark == mark).Sum(run => run.Days);

    /// <param name="today">The day in UTC; it is not over and not counted.</param>
    public static DayAccount Of(Terms? terms, DayLog log, DateOnly today)
    {
        var yesterday = today.AddDays(-1);
        if (terms?.Start is not { } start)
            return WithoutStart(log, yesterday);
        var to = terms.End is { } end && end < yesterday ? end : yesterday;
        if (to < start)
            return new DayAccount { Formula = "No sum yet: the first day that is paid for is not over." };

        var account = new DayAccount { From = start, To = to, Runs = DayRun.Of(log, start, to), Formula = "" };
        return PlacementCost.PerDay(terms) is { } perDay
            ? WithSum(account, terms, perDay)
            : account with { Formula = Whyless(terms) };
    }

    private static DayAccount WithSum(DayAccount account, Terms terms, Money perDay)
    {
        var sum = new Money(perDay.Currency, perDay.Amount * account.NotAsAgreed).Rounded();
        var share = PlacementCost.Days(terms) is { } days && terms.CostPeriod == CostPeriod.Term
            ? string.Create(CultureInfo.InvariantCulture, $"{days:N0} days")
            : string.Create(CultureInfo.InvariantCulture, $"{PlacementCost.DaysPerMonth} days of a month");
        var formula = string.Create(
            CultureInfo.InvariantCulture, $"{PlacementCost.Whole(terms)} / {share} × {account.NotAsAgreed:N0} days not as agreed = {sum}");
        return account with { Sum = sum, Formula = formula };
    }

    private static DayAccount WithoutStart(DayLog log, DateOnly yesterday)
    {
        const string formula = "No sum: no start was agreed on, so it is not known which days are paid for. All days of the log are shown.";
        if (log.IsEmpty || log.First > yesterday)
            return new DayAccount { Formula = formula };
        var to = log.Last < yesterday ? log.Last.Value : yesterday;
        return new DayAccount { From = log.First, To = to, Runs = DayRun.Of(log, log.First, to), Formula = formula };
    }

    private static string Whyless(Terms terms) => PlacementCost.OneOff(terms) is { } oneOff
        ? $"No sum: {oneOff} paid as a one-off, without an end date, so a day has no price."
        : "No sum: no cost was agreed on.";
}

/// <summary>Days in a row of which the checks saw the same.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">The last of them.</param>
public sealed record DayRun(DateOnly From, DateOnly To, DayMark Mark)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>All days from one to another, both included; outside the log they are not checked.</summary>
    public static IReadOnlyList<DayRun> Of(DayLog log, DateOnly from, DateOnly to)
    {
        List<DayRun> runs = [];
        for (var day = from; day <= to;)
        {
            var mark = log[day];
            var last = End(log, day, to, mark);
            runs.Add(new DayRun(day, last, mark));
            day = last.AddDays(1);
        }

        return runs;
    }

    private static DateOnly End(DayLog log, DateOnly day, DateOnly to, DayMark mark)
    {
        while (day < to && log[day.AddDays(1)] == mark)
            day = day.AddDays(1);
        return day;
    }
}

/// <summary>What a refund pack claims, added up before anything of it is written: its first page says who asks whom for what.</summary>
internal sealed class RefundClaim
{
    /// <summary>So many names of vendors, invoices and contacts are written out; the rest is counted.</summary>
    public const int MaxNames = 10;

    private readonly Dictionary<string, int> _vendors = new(StringComparer.Ordinal);
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

    /// <summary>Each in its most frequent spelling, as everywhere.</summary>
    public IReadOnlyCollection<string> Vendors =>
        [.. _vendors.GroupBy(one => VendorName.Key(one.Key)).Select(VendorName.Best).Order(StringComparer.OrdinalIgnoreCase)];

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
        if (link.Terms?.Vendor is { } vendor)
            _vendors[vendor] = _vendors.GetValueOrDefault(vendor) + 1;
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
