using System.Globalization;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Placements.Vendors;

/// <summary>Counts a vendor's links one by one; none of them is kept.</summary>
internal sealed class VendorTally
{
    public static readonly IReadOnlyList<int> Horizons = [30, 90, 180, 365];

    private readonly Dictionary<SurvivalOutcome, int>[] _outcomes = [.. Horizons.Select(_ => new Dictionary<SurvivalOutcome, int>())];
    private readonly SortedDictionary<string, VendorMoney> _money = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _spellings = new(StringComparer.Ordinal);
    private int _links;

    /// <param name="today">In UTC, for the day log.</param>
    /// <param name="here">In the project's time zone, for the terms.</param>
    public void Add(WatchedLink link, DateOnly today, DateOnly here)
    {
        _links++;
        var spelling = link.Terms?.Vendor ?? "";
        _spellings[spelling] = _spellings.GetValueOrDefault(spelling) + 1;
        foreach (var (counts, days) in _outcomes.Zip(Horizons))
        {
            var outcome = Survival.At(link, days, today);
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        }

        if (MoneyAtStake.IsPaidOn(link, here) && link.Terms is { } terms && PlacementCost.Whole(terms) is { } cost)
            _money[cost.Currency] = Paid(_money.GetValueOrDefault(cost.Currency), cost.Currency, terms, MoneyAtStake.IsAtStake(link, here));
    }

    public VendorRecord ToRecord() => new()
    {
        Vendor = VendorName.Best(_spellings),
        Links = _links,
        Survival = [.. _outcomes.Zip(Horizons, (counts, days) => SurvivalRow.Of(days, counts))],
        Money = [.. _money.Values.Select(Round)],
    };

    private static VendorMoney Paid(VendorMoney? before, string currency, Terms terms, bool isAtStake)
    {
        var perMonth = PlacementCost.PerMonth(terms)?.Amount ?? 0;
        var oneOff = PlacementCost.OneOff(terms)?.Amount ?? 0;
        return new VendorMoney
        {
            Currency = currency,
            Links = (before?.Links ?? 0) + 1,
            PerMonth = (before?.PerMonth ?? 0) + perMonth,
            OneOff = (before?.OneOff ?? 0) + oneOff,
            PerMonthAtStake = (before?.PerMonthAtStake ?? 0) + (isAtStake ? perMonth : 0),
            OneOffAtStake = (before?.OneOffAtStake ?? 0) + (isAtStake ? oneOff : 0),
        };
    }

    private static VendorMoney Round(VendorMoney money)
    {
        decimal Rounded(decimal amount) => new Money(money.Currency, amount).Rounded().Amount;
        return money with
        {
            PerMonth = Rounded(money.PerMonth),
            OneOff = Rounded(money.OneOff),
            PerMonthAtStake = Rounded(money.PerMonthAtStake),
            OneOffAtStake = Rounded(money.OneOffAtStake),
        };
    }
}

/// <summary>The vendor report as CSV: a <c>survival</c> row per vendor and horizon, a <c>money</c> row per vendor and currency,
/// and how many links with a vendor and cases are <c>unreadable</c>, if any.</summary>
internal static class VendorCsv
{
    private static readonly string[] Columns =
    [
        "record", "vendor", "links", "days", "n", "asAgreed", "share", "low", "high", "tooYoung", "termOver", "notObservable", "noStart",
        "currency", "paidLinks", "perMonth", "oneOff", "perMonthAtStake", "oneOffAtStake",
    ];

    public static IEnumerable<string> Write(VendorReport report)
    {
        yield return CsvText.ByteOrderMark + CsvText.Header(Columns);
        foreach (var vendor in report.Vendors)
            yield return CsvText.Records(
                [.. vendor.Survival.Select(row => Survival(vendor, row)), .. vendor.Money.Select(money => Money(vendor, money))]);
        if (report.Unreadable > 0)
            yield return CsvText.Records([["unreadable", "", Text(report.Unreadable), .. Columns.Skip(3).Select(_ => "")]]);
    }

    private static string[] Survival(VendorRecord vendor, SurvivalRow row) =>
    [
        .. Head("survival", vendor), Text(row.Days), Text(row.N), Text(row.AsAgreed), Text(row.Share), Text(row.Low), Text(row.High),
        Text(row.TooYoung), Text(row.TermOver), Text(row.NotObservable), Text(row.NoStart), "", "", "", "", "", "",
    ];

    private static string[] Money(VendorRecord vendor, VendorMoney money) =>
    [
        .. Head("money", vendor), "", "", "", "", "", "", "", "", "", "",
        money.Currency, Text(money.Links), Text(money.PerMonth), Text(money.OneOff), Text(money.PerMonthAtStake), Text(money.OneOffAtStake),
    ];

    private static string[] Head(string record, VendorRecord vendor) => [record, WebText.Visible(vendor.Vendor), Text(vendor.Links)];

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}

/// <summary>What a vendor is paid in one currency for links whose term covers today.</summary>
public sealed record VendorMoney
{
    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Links with a cost in this currency.</summary>
    public required int Links { get; init; }

    /// <summary>For 30.4375 days, of those with a rate.</summary>
    public required decimal PerMonth { get; init; }

    /// <summary>Of those that were paid once and for all.</summary>
    public required decimal OneOff { get; init; }

    /// <summary>The part of <see cref="PerMonth"/> for links that are lost, changed or were never there.</summary>
    public required decimal PerMonthAtStake { get; init; }

    /// <summary>The part of <see cref="OneOff"/> for such links.</summary>
    public required decimal OneOffAtStake { get; init; }
}

/// <summary>One vendor of a project.</summary>
public sealed record VendorRecord
{
    /// <summary>In its most frequent spelling; others that differ in case and spaces only are the same vendor.</summary>
    public required string Vendor { get; init; }

    /// <summary>Links whose terms name the vendor and that are still watched.</summary>
    public required int Links { get; init; }

    public required IReadOnlyList<SurvivalRow> Survival { get; init; }

    /// <summary>By currency; currencies are never added.</summary>
    public required IReadOnlyList<VendorMoney> Money { get; init; }
}
