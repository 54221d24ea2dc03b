using System.Globalization;
using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;

namespace LinkMonitor.Placements.Vendors;

/// <summary>The vendor report as a page to print.</summary>
internal static class VendorHtml
{
    public static IEnumerable<string> Write(VendorReport report, string projectName)
    {
        yield return Markup.Of($"""
            {ReportPage.Start("Which vendors keep what was agreed")}<p>{WebText.Cut(projectName, 200)}. As of
            {report.AsOf.ToString("d MMM yyyy", CultureInfo.InvariantCulture)} (UTC).</p>
            {(report.Vendors.Count == 0 ? Markup.Of($"<p>No link of this project names a vendor in its terms.</p>") : Markup.Empty)}
            """).Html;
        foreach (var vendor in report.Vendors)
            yield return Vendor(vendor).Html;
        yield return Markup.Of($"""
            {Cases(report)}<h2>What the figures say, and what they do not</h2>
            <ul>
            {Markup.Join(report.Notes.Select(note => Markup.Of($"<li>{note}</li>\n")))}</ul>
            {ReportPage.End}
            """).Html;
    }

    private static Markup Cases(VendorReport report) => report.OpenCases == 0 ? Markup.Empty : Markup.Of($"""
        <h2>Open cases: {Count(report.OpenCases)}</h2>
        <table class="cards"><thead><tr><th>Page</th><th>Link to</th><th>Status</th><th>Promised for</th><th>Open
        since</th></tr></thead><tbody>
        {Markup.Join(report.Cases.Select(Case))}</tbody></table>
        {(report.Cases.Count < report.OpenCases
            ? Markup.Of($"<p>And {Count(report.OpenCases - report.Cases.Count)} more.</p>") : Markup.Empty)}

        """);

    private static Markup Case(ReportedCase one) => Markup.Of($"""
        <tr><td data-of="Page">{WebText.Cut(one.Page, 300)}</td><td data-of="Link to">{WebText.Cut(one.Target, 300)}</td><td
        data-of="Status">{WireName.Of(one.Status)}</td><td data-of="Promised for">{Day(one.Promised)}</td><td
        data-of="Open since">{Day(DateOnly.FromDateTime(one.OpenedAt.UtcDateTime))}</td></tr>

        """);

    private static string Day(DateOnly? day) => day?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "–";

    private static Markup Vendor(VendorRecord vendor) => Markup.Of($"""
        <h2>{WebText.Cut(vendor.Vendor, 200)}</h2>
        <p>{Count(vendor.Links)} watched {(vendor.Links == 1 ? "link" : "links")}</p>
        <table class="cards"><thead><tr><th class="number">After</th><th>Still as agreed</th><th class="number">Counted</th><th>95&nbsp;%
        interval</th><th class="number">Too young</th><th class="number">Term over</th><th class="number">Could not be read</th><th
        class="number">No start date</th></tr></thead><tbody>
        {Markup.Join(vendor.Survival.Select(Survival))}</tbody></table>
        {Money(vendor.Money)}
        """);

    private static Markup Survival(SurvivalRow row)
    {
        var share = row.Share is { } known ? $"{Percent(known)} ({Count(row.AsAgreed)} of {Count(row.N)})" : "none to count";
        var interval = row is { Low: { } low, High: { } high } ? $"{Percent(low)} to {Percent(high)}" : "–";
        return Markup.Of($"""
            <tr><td class="number" data-of="After">{Count(row.Days)} days</td><td data-of="Still as agreed">{share}</td><td class="number"
            data-of="Counted">{Count(row.N)}</td><td data-of="95 % interval">{interval}</td><td class="number"
            data-of="Too young">{Count(row.TooYoung)}</td><td class="number" data-of="Term over">{Count(row.TermOver)}</td><td
            class="number" data-of="Could not be read">{Count(row.NotObservable)}</td><td class="number"
            data-of="No start date">{Count(row.NoStart)}</td></tr>

            """);
    }

    private static Markup Money(IReadOnlyList<VendorMoney> money) => money.Count == 0 ? Markup.Empty : Markup.Of($"""
        <table class="cards"><thead><tr><th>Paid today</th><th class="number">Links</th><th class="number">A month</th><th
        class="number">One-off</th><th class="number">At stake per month</th><th class="number">At stake
        once</th></tr></thead><tbody>
        {Markup.Join(money.Select(Money))}</tbody></table>

        """);

    private static Markup Money(VendorMoney money)
    {
        string Amount(decimal amount) => new Money(money.Currency, amount).ToString();
        return Markup.Of($"""
            <tr><td data-of="Paid today in">{money.Currency}</td><td class="number" data-of="Links">{Count(money.Links)}</td><td
            class="number" data-of="A month">{Amount(money.PerMonth)}</td><td class="number"
            data-of="One-off">{Amount(money.OneOff)}</td><td class="number"
            data-of="At stake per month">{Amount(money.PerMonthAtStake)}</td><td class="number"
            data-of="At stake once">{Amount(money.OneOffAtStake)}</td></tr>

            """);
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}\u00A0%");
}

/// <summary>How well each vendor keeps what was agreed on.</summary>
public sealed record VendorReport
{
    /// <summary>The day (UTC) of the report; days before it count.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>What the figures leave out and how far they reach.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<VendorRecord> Vendors { get; init; }

    /// <summary>How many links with a vendor, and cases, have stored rows that cannot be read: they are in no figure.</summary>
    public int Unreadable { get; init; }

    /// <summary>How many cases of the project are open: losses and changes about which somebody still has to do something.</summary>
    public int OpenCases { get; init; }

    /// <summary>The newest of them, at most 200. Who works on them and what was noted is not told: the report may go to others.</summary>
    public IReadOnlyList<ReportedCase> Cases { get; init; } = [];

    /// <summary>What is true of every such report.</summary>
    internal static IReadOnlyList<string> Caveats { get; } =
    [
        "A link counts at 30, 90, 180 or 365 days after its agreed start, or after it was first seen where no start was agreed on.",
        "Links that are not that old yet are left out, because their outcome is not known yet; so are links whose term had ended by "
            + "then, and links of which no check within 7 days of that day could tell.",
        "A share shows the state around that day: a link that was lost and is back counts as agreed.",
        "Links that are no longer watched are not in the report. If you delete links when they are lost, the shares come out too high.",
        "The interval is the 95 % Wilson score interval. Where few links are counted it is wide: do not rank vendors whose intervals "
            + "overlap.",
        "A problem of your own target is not held against the vendor.",
    ];
}

/// <summary>An open case as a report shows it.</summary>
/// <param name="Promised">The day by which the owner of the page promised to put it right; null for none.</param>
public sealed record ReportedCase(
    string Id, string LinkId, string Page, string Target, CaseStatus Status, DateOnly? Promised, DateTimeOffset OpenedAt);

/// <summary>Reads a project's paid links once and counts them by vendor; and its open cases.</summary>
internal sealed class VendorReportBuilder(ILinkStore links, ICaseStore cases, TimeProvider time)
{
    private const int MaxCases = 200;

    public async Task<VendorReport> MakeAsync(Project project, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (unread, unreadCases) = (0, 0);
        var report = await CountAsync(
            PaidAsync(project, slice => unread += slice.SetAside, cancellationToken),
            DayLogEntry.Day(now),
            LocalTimes.Day(now, project.TimeZone),
            cancellationToken);
        var (open, newest) = (0, new List<ReportedCase>());
        await foreach (var slice in cases.ReadSlicesAsync(project.Id, new CaseFilter { IsOpen = true }, cancellationToken))
        {
            open += slice.Items.Count;
            unreadCases += slice.SetAside;
            newest.AddRange(slice.Items.Take(MaxCases - newest.Count).Select(one => new ReportedCase(
                one.Id, one.LinkId.Value, one.Page.Href, one.Target.Href, one.Status, one.Promised, one.OpenedAt)));
        }

        return report with
        {
            OpenCases = open,
            Cases = newest,
            Unreadable = unread + unreadCases,
            Notes =
            [
                .. Unread(unread, "link with a vendor", "links with a vendor"), .. Unread(unreadCases, "case", "cases"), .. report.Notes,
            ],
        };
    }

    private async IAsyncEnumerable<WatchedLink> PaidAsync(
        Project project, Action<Slice<WatchedLink>> tell, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var slice in links.ReadSlicesAsync(project.Id, new LinkFilter { HasVendor = true }, cancellationToken))
        {
            tell(slice);
            foreach (var link in slice.Items)
                yield return link;
        }
    }

    private static IEnumerable<string> Unread(int count, string one, string many)
    {
        if (count > 0)
            yield return CountText.Of(
                count, $"{one} could not be read where it is stored and is in no figure.",
                $"{many} could not be read where they are stored and are in no figure.");
    }

    public static async Task<VendorReport> CountAsync(
        IAsyncEnumerable<WatchedLink> paid, DateOnly today, DateOnly here, CancellationToken cancellationToken)
    {
        var tallies = new SortedDictionary<string, VendorTally>(StringComparer.Ordinal);
        await foreach (var link in paid.WithCancellation(cancellationToken))
        {
            var key = VendorName.Key(link.Terms?.Vendor);
            if (!tallies.TryGetValue(key, out var tally))
                tallies[key] = tally = new VendorTally();
            tally.Add(link, today, here);
        }

        return new VendorReport
        {
            AsOf = today,
            Notes = VendorReport.Caveats,
            Vendors = [.. tallies.Values.Select(tally => tally.ToRecord())],
        };
    }
}
