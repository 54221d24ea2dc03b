using System.Globalization;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Placements.Reporting;

namespace LinkMonitor.Placements.Vendors;

/// <summary>The vendor report as CSV: a <c>survival</c> row per vendor and horizon, a <c>money</c> row per vendor and currency.</summary>
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
            yield return CsvText.Records([.. vendor.Survival.Select(row => Survival(vendor, row)), .. vendor.Money.Select(money => Money(vendor, money))]);
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
