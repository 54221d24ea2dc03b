using System.Globalization;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Placements.Reporting;

namespace LinkMonitor.Placements.Refunds;

/// <summary>The first thing a reader of a refund pack sees: who asks whom for how much, and for what.</summary>
internal static class RefundClaimHtml
{
    public static Markup Write(RefundHeading heading, RefundClaim claim) => Markup.Of($"""
        <section class="claim">
        <h2>The claim</h2>
        <dl>
        {ReportPage.Term("From", WebText.Cut(heading.ProjectName, 200))}{ReportPage.Term("To", Names(claim.Vendors) ?? heading.Subject)}{ReportPage.Term("Contact", Names(claim.Contacts))}{ReportPage.Term("Invoice", Names(claim.Invoices) ?? "none is named in the terms")}{ReportPage.Term("Period", Period(claim))}{ReportPage.Term("Links", Links(claim))}{ReportPage.Term("Days", Days(claim.Totals))}{ReportPage.Term("Sum", Sum(claim.Totals))}</dl>
        </section>

        """);

    /// <summary>For example <c>RE-17, RE-18 and 3 more</c>; null for none.</summary>
    public static string? Names(IReadOnlyCollection<string> names) => names.Count == 0 ? null
        : string.Join(", ", names.Take(RefundClaim.MaxNames))
            + (names.Count > RefundClaim.MaxNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - RefundClaim.MaxNames:N0} more") : "");

    private static string Period(RefundClaim claim) => claim is { From: { } from, To: { } to }
        ? $"{Day(from)} to {Day(to)}, both included"
        : "no day that is paid for is over yet";

    private static string Links(RefundClaim claim) => string.Create(
        CultureInfo.InvariantCulture, $"{claim.LinksNotAsAgreed:N0} of {claim.Totals.Links:N0} not as agreed");

    private static string Days(RefundTotals totals) => string.Create(
        CultureInfo.InvariantCulture,
        $"{totals.DaysNotAsAgreed:N0} of {totals.DaysCounted:N0} not as agreed; {totals.DaysNotObservable:N0} of which nothing is known are not claimed");

    private static string Sum(RefundTotals totals) => totals.Sums.Count == 0
        ? "none, for the reason told with each link"
        : string.Join(" and ", totals.Sums.Select(sum => sum.ToString()))
            + (totals.WithoutSum > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {totals.WithoutSum:N0} of the links have no sum, for the reason told with each") : "");

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
