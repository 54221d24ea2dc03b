using System.Text;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements.Refunds;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Placements.Vendors;

namespace LinkMonitor.Placements.Samples;

/// <summary>The reports with made-up data, open to everybody: they touch no storage.</summary>
internal static class SampleReportEndpoints
{
    public static void MapSamples(this IEndpointRouteBuilder app)
    {
        app.MapGet("/docs/samples/refund-pack", (HttpContext context, TimeProvider time) =>
            ReportResponse.Send(context, ReportFormat.Html, new[] { RefundPack(time.GetUtcNow()) }.ToAsyncEnumerable())).ExcludeFromDescription();
        app.MapGet("/docs/samples/vendor-report", async (HttpContext context, TimeProvider time, CancellationToken cancellationToken) =>
        {
            var today = DayMarks.Day(time.GetUtcNow());
            var sample = new SamplePlacements(today);
            var report = await VendorReports.CountAsync(sample.Links.ToAsyncEnumerable(), today, today, cancellationToken);
            return ReportResponse.Send(context, ReportFormat.Html, VendorHtml.Write(report, sample.Project.Name).ToAsyncEnumerable());
        }).ExcludeFromDescription();
    }

    private static string RefundPack(DateTimeOffset now)
    {
        var today = DayMarks.Day(now);
        var sample = new SamplePlacements(today);
        var claimed = sample.Links.Where(link => link.Terms!.Vendor == "Fine Links").Select(link => (Link: link, Account: DayAccount.Of(link.Terms, link.Status.Days, today))).ToList();
        var (claim, totals, writer) = (new RefundClaim(), new RefundTotals(), new RefundHtml(sample.Project.TimeZone));
        foreach (var (link, account) in claimed)
            claim.Add(link, account);
        var page = new StringBuilder(writer.Start(new RefundHeading("Fine Links", sample.Project.Name, now), claim));
        foreach (var (link, account) in claimed)
        {
            totals.Add(account);
            page.Append(writer.Link(link, account));
            foreach (var proof in SampleProofs.Of(link))
                page.Append(writer.Change(link, proof));
        }

        return page.Append(writer.End(totals)).ToString();
    }
}
