using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Placements.Refunds;

/// <summary>A refund pack as a page to print.</summary>
internal sealed class RefundHtml(string timeZone) : IRefundWriter
{
    private readonly ProjectTime _time = new(timeZone, Language.English);

    public string Start(RefundHeading heading, RefundClaim claim) => Markup.Of($"""
        {ReportPage.Start($"Refund pack: {WebText.Cut(heading.Subject, EvidenceTable.MaxUrl)}")}<p>{WebText.Cut(heading.ProjectName, 200)}.
        Made {_time.Write(heading.MadeAt)}. {_time.Note} Days are those of UTC, and only days that are over are counted.</p>
        {RefundClaimHtml.Write(heading, claim)}
        <h3>How to read it</h3>
        <table><tbody>
        {Markup.Join(Enum.GetValues<DayMark>().Reverse().Select(Legend))}</tbody></table>
        <p>A day counts as the best that any check of that day found. Only days that are proven not to be as agreed
        (changed, lost, not there yet) are in a sum. Days without any information
        are counted separately and not held against anyone; days still to come are not counted.</p>

        """).Html;

    public string Link(WatchedLink link, DayAccount account) => Markup.Of($"""
        <h2>{WebText.Cut(link.Page.Href, EvidenceTable.MaxUrl)}</h2>
        <dl>
        {ReportPage.Term("Target", link.Expectation.Target.Href)}{ReportPage.Term("State now", $"{WireName.Of(link.Status.State)}, since "
            + $"{_time.Write(link.Status.Since)}")}{Agreed(link.Terms)}</dl>
        {Days(account)}<p class="formula">{account.Formula}</p>

        """).Html;

    public string Change(WatchedLink link, ChangeProof proof) => RefundChangeHtml.Write(proof, _time).Html;

    public string End(RefundTotals totals) => Markup.Of($"""
        <h2>Total</h2>
        <dl>
        {ReportPage.Term("Links", Number(totals.Links))}{ReportPage.Term("Days counted", Number(totals.DaysCounted))}
        {ReportPage.Term("Of these as agreed", Number(totals.DaysAsAgreed))}
        {ReportPage.Term("Not as agreed", Number(totals.DaysNotAsAgreed))}
        {ReportPage.Term("No information", Number(totals.DaysNotObservable))}</dl>
        {Sums(totals)}{Unreadable(totals)}
        <p class="muted small">The SHA-256 of a check is that of its evidence as it is stored (JSON in UTF-8). The same pack as CSV (<code
        style="display:inline;padding:0 3px;margin:0">?format=csv</code>) holds exactly that text, so that both sides can compare.</p>
        {ReportPage.End}
        """).Html;

    private static Markup Legend(DayMark mark) => Markup.Of($"""
        <tr><td><span class="swatch {WireName.Of(mark)}"></span>{DayMarkWords.Of(mark)}</td><td>{DayMarkWords.Explain(mark)}</td></tr>

        """);

    private static Markup Agreed(Terms? terms)
    {
        if (terms is null)
            return ReportPage.Term("Terms", "none were agreed on");
        var cost = PlacementCost.Whole(terms) is not { } whole ? null
            : terms.CostPeriod == CostPeriod.Month ? $"{whole} per month"
            : terms.End is null ? $"{whole}, as a one-off"
            : $"{whole} for the term";
        return Markup.Join(
        [
            ReportPage.Term("Vendor", terms.Vendor),
            ReportPage.Term("Cost", cost),
            ReportPage.Term(
                "Term",
                $"{(terms.Start is { } start ? $"from {Day(start)}" : "no start agreed on")}, "
                    + $"{(terms.End is { } end ? $"to {Day(end)}, both included" : "no end agreed on")}"),
            ReportPage.Term("Invoice", terms.Invoice),
            ReportPage.Term("Contact", terms.Contact),
        ]);
    }

    private static Markup Days(DayAccount account)
    {
        if (account.Runs.Count == 0)
            return Markup.Empty;
        var bar = account.Runs
            .Select(run => (run.Mark, Width: run.Days.ToString(CultureInfo.InvariantCulture)))
            .Select(run => Markup.Of($"""<span class="{WireName.Of(run.Mark)}" style="flex-grow:{run.Width}"></span>"""));
        var rows = account.Runs.Select(run => Markup.Of($"""
            <tr><td>{Day(run.From)}</td><td>{Day(run.To)}</td><td class="number">{Number(run.Days)}</td><td><span
            class="swatch {WireName.Of(run.Mark)}"></span>{DayMarkWords.Of(run.Mark)}</td></tr>

            """));
        return Markup.Of($"""
            <h3>{Number(account.Counted)} days, {Number(account.AsAgreed)} as agreed, {Number(account.NotAsAgreed)} not as agreed,
            {Number(account.NotObservable)} without any information</h3>
            <div class="bar" aria-hidden="true">{Markup.Join(bar)}</div>
            <table><thead><tr><th>From</th><th>To</th><th class="number">Days</th><th>What the checks found</th></tr></thead><tbody>
            {Markup.Join(rows)}</tbody></table>

            """);
    }

    private static Markup Sums(RefundTotals totals)
    {
        var rows = totals.Sums.Select(
            sum => Markup.Of($"""<tr class="sum"><td>{sum.Currency}</td><td class="number">{sum.ToString()}</td></tr>"""));
        var table = totals.Sums.Count == 0 ? Markup.Empty : Markup.Of($"""
            <table><thead><tr><th>Currency</th><th class="number">Pro-rata sum for days not as agreed</th></tr></thead><tbody>
            {Markup.Join(rows)}</tbody></table>
            """);
        var without = totals.WithoutSum == 0
            ? Markup.Empty
            : Markup.Of($"<p>{Number(totals.WithoutSum)} of the links have no sum, for the reason given with each.</p>");
        return Markup.Of($"{table}{without}");
    }

    private static Markup Unreadable(RefundTotals totals)
    {
        string?[] says =
        [
            totals.UnreadableLinks == 0 ? null
                : CountText.Of(
                    totals.UnreadableLinks, "more link could not be read where it is stored and is in no sum",
                    "more links could not be read where they are stored and are in no sum") + ": the claim may be too low.",
            totals.UnreadableChanges == 0 ? null
                : CountText.Of(
                    totals.UnreadableChanges, "change could not be read where it is stored and is not shown",
                    "changes could not be read where they are stored and are not shown") + ": the days and sums stand without.",
        ];
        return Markup.Join(says.OfType<string>().Select(text => Markup.Of($"<p><strong>{text}</strong></p>\n")));
    }

    // As the claim at the top of the pack writes it: 1,040.
    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>The words for what the checks of a day saw.</summary>
internal static class DayMarkWords
{
    public static string Of(DayMark mark) => mark switch
    {
        DayMark.AsAgreed => "as agreed",
        DayMark.Changed => "changed",
        DayMark.Lost => "lost",
        DayMark.NotFound => "not there yet",
        DayMark.CouldNotTell => "could not tell",
        _ => "not checked",
    };

    public static string Explain(DayMark mark) => mark switch
    {
        DayMark.AsAgreed => "at least one check of the day saw the link as agreed",
        DayMark.Changed => "the link was there, but not as agreed, and that was confirmed",
        DayMark.Lost => "the link was gone, and that was confirmed",
        DayMark.NotFound => "the page was read without the link, which had never been seen there",
        DayMark.CouldNotTell => "the page could not be read, or a finding was not confirmed yet",
        _ => "no check was made on this day, or it failed through our own fault",
    };
}
