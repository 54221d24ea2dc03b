using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Placements.Refunds;

/// <summary>
/// A refund pack as CSV. The column <c>record</c> says what a row is: the <c>claim</c> (one for each currency), a <c>link</c> with its
/// terms and sum, a row of <c>days</c> of which the checks saw the same, a <c>change</c> with its evidence to the letter, a <c>total</c> of
/// a currency, or how much there is besides that is <c>unreadable</c>.
/// </summary>
internal sealed class RefundCsv : IRefundWriter
{
    private static readonly string[] Columns =
    [
        "record", "linkId", "page", "target", "vendor", "invoice", "contact", "cost", "currency", "costPeriod", "start", "end", "state",
        "from", "to", "seen", "days", "daysCounted", "daysAsAgreed", "daysNotAsAgreed", "daysNotObservable", "sum", "formula",
        "changeId", "since", "confirmed", "stateBefore", "stateAfter", "reasons", "htmlBefore", "htmlAfter",
        "evidenceBeforeSha256", "evidenceAfterSha256", "evidenceBefore", "evidenceAfter", "links", "changes",
    ];

    // A row for each currency with the days of its links, and one without a sum for those that have none.
    public string Start(RefundHeading heading, RefundClaim claim) => CsvText.ByteOrderMark + CsvText.Header(Columns) + CsvText.Records(
        claim.Parts
            .DefaultIfEmpty(new ClaimPart())
            .Select(part => (Part: part, Sum: part.Totals.Sums.SingleOrDefault()))
            .Select(one => Cells(new()
            {
                ["record"] = "claim",
                ["vendor"] = RefundClaimHtml.Names(claim.Vendors) ?? heading.Subject,
                ["invoice"] = RefundClaimHtml.Names(claim.Invoices),
                ["contact"] = RefundClaimHtml.Names(claim.Contacts),
                ["currency"] = one.Sum?.Currency,
                ["from"] = Day(one.Part.From),
                ["to"] = Day(one.Part.To),
                ["daysCounted"] = Number(one.Part.Totals.DaysCounted),
                ["daysAsAgreed"] = Number(one.Part.Totals.DaysAsAgreed),
                ["daysNotAsAgreed"] = Number(one.Part.Totals.DaysNotAsAgreed),
                ["daysNotObservable"] = Number(one.Part.Totals.DaysNotObservable),
                ["sum"] = one.Sum is null ? null : Amount(one.Sum),
                ["links"] = Number(one.Part.Totals.Links),
            })));

    public string Link(WatchedLink link, DayAccount account) => CsvText.Records(
    [
        Row("link", link, Account(link, account)),
        .. account.Runs.Select(run => Row("days", link, new()
        {
            ["from"] = Day(run.From),
            ["to"] = Day(run.To),
            ["seen"] = DayMarkWords.Of(run.Mark),
            ["days"] = Number(run.Days),
        })),
    ]);

    public string Change(WatchedLink link, ChangeProof proof)
    {
        var transition = proof.Change.Transition;
        return CsvText.Records([Row("change", link, new()
        {
            ["changeId"] = proof.Change.Id,
            ["since"] = Time(transition.Since),
            ["confirmed"] = Time(transition.At),
            ["stateBefore"] = WireName.Of(transition.From),
            ["stateAfter"] = WireName.Of(transition.To),
            ["reasons"] = string.Join(' ', transition.ReasonsAfter.Select(reason => WireName.Of(reason.Code)).Distinct()),
            ["htmlBefore"] = transition.Before?.Snippet,
            ["htmlAfter"] = transition.After.Snippet,
            ["evidenceBeforeSha256"] = proof.BeforeHash,
            ["evidenceAfterSha256"] = proof.AfterHash,
            ["evidenceBefore"] = proof.Before,
            ["evidenceAfter"] = proof.After,
        })]);
    }

    public string End(RefundTotals totals) => CsvText.Records([
        .. totals.Sums.Select(sum => Cells(new()
        {
            ["record"] = "total",
            ["currency"] = sum.Currency,
            ["sum"] = Amount(sum),
        })),
        .. totals is { UnreadableLinks: 0, UnreadableChanges: 0 } ? [] : new[] { Unreadable(totals) },
    ]);

    private static string[] Unreadable(RefundTotals totals) => Cells(new()
    {
        ["record"] = "unreadable",
        ["links"] = Number(totals.UnreadableLinks),
        ["changes"] = Number(totals.UnreadableChanges),
    });

    private static Dictionary<string, string?> Account(WatchedLink link, DayAccount account) => new()
    {
        ["invoice"] = link.Terms?.Invoice,
        ["contact"] = link.Terms?.Contact,
        ["cost"] = link.Terms?.Cost?.ToString(CultureInfo.InvariantCulture),
        ["currency"] = link.Terms?.Currency,
        ["costPeriod"] = link.Terms?.Cost is null ? null : WireName.Of(link.Terms.CostPeriod),
        ["start"] = Day(link.Terms?.Start),
        ["end"] = Day(link.Terms?.End),
        ["state"] = WireName.Of(link.Status.State),
        ["from"] = Day(account.From),
        ["to"] = Day(account.To),
        ["daysCounted"] = Number(account.Counted),
        ["daysAsAgreed"] = Number(account.AsAgreed),
        ["daysNotAsAgreed"] = Number(account.NotAsAgreed),
        ["daysNotObservable"] = Number(account.NotObservable),
        ["sum"] = account.Sum is { } sum ? Amount(sum) : null,
        ["formula"] = account.Formula,
    };

    private static string[] Row(string record, WatchedLink link, Dictionary<string, string?> cells)
    {
        cells["record"] = record;
        cells["linkId"] = link.Id.Value;
        cells["page"] = link.Page.Href;
        cells["target"] = link.Expectation.Target.Href;
        cells["vendor"] = link.Terms?.Vendor;
        return Cells(cells);
    }

    // The evidence stays to the letter, or its hash would not be its own.
    private static string[] Cells(Dictionary<string, string?> cells) =>
        [.. Columns.Select(column => cells.GetValueOrDefault(column) switch
        {
            null => "",
            var cell when column is "evidenceBefore" or "evidenceAfter" => cell,
            var cell => WebText.Visible(cell),
        })];

    private static string Amount(Money money) => money.Rounded().Amount.ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The first thing a reader of a refund pack sees: who asks whom for how much, and for what.</summary>
internal static class RefundClaimHtml
{
    public static Markup Write(RefundHeading heading, RefundClaim claim) => Markup.Of($"""
        <section class="claim">
        <h2>The claim</h2>
        <dl>
        {ReportPage.Term("From", WebText.Cut(heading.ProjectName, 200))}{ReportPage.Term("To", Names(claim.Vendors) ?? heading.Subject)}
        {ReportPage.Term("Contact", Names(claim.Contacts))}
        {ReportPage.Term("Invoice", Names(claim.Invoices) ?? "none is named in the terms")}{ReportPage.Term("Period", Period(claim))}
        {ReportPage.Term("Links", Links(claim))}{ReportPage.Term("Days", Days(claim.Totals))}
        {ReportPage.Term("Sum", Sum(claim.Totals))}</dl>
        </section>

        """);

    /// <summary>For example <c>RE-17, RE-18 and 3 more</c>; null for none.</summary>
    public static string? Names(IReadOnlyCollection<string> names) => names.Count == 0 ? null
        : string.Join(", ", names.Take(RefundClaim.MaxNames))
            + (names.Count > RefundClaim.MaxNames
                ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - RefundClaim.MaxNames:N0} more") : "");

    private static string Period(RefundClaim claim) => claim is { From: { } from, To: { } to }
        ? $"{Day(from)} to {Day(to)}, both included"
        : "no day that is paid for is over yet";

    private static string Links(RefundClaim claim) => string.Create(
        CultureInfo.InvariantCulture, $"{claim.LinksNotAsAgreed:N0} of {claim.Totals.Links:N0} not as agreed");

    private static string Days(RefundTotals totals) => string.Create(
        CultureInfo.InvariantCulture,
        $"{totals.DaysNotAsAgreed:N0} of {totals.DaysCounted:N0} not as agreed; {totals.DaysNotObservable:N0} without any information "
            + $"are not claimed");

    private static string Sum(RefundTotals totals) => totals.Sums.Count == 0
        ? "none, for the reason given with each link"
        : string.Join(" and ", totals.Sums.Select(sum => sum.ToString()))
            + (totals.WithoutSum > 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"; {totals.WithoutSum:N0} of the links have no sum, for the reason given with each") : "");

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
