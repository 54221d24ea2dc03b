using LinkMonitor.Placements.Refunds;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Placements;

/// <summary>Answers with a report: to whoever has a key, and to whoever was sent its address.</summary>
internal sealed class PlacementReports(ILinkStore links, RefundPack pack, VendorReports vendors)
{
    public IResult Refund(HttpContext context, Project project, WatchedLink link, ReportFormat format) =>
        Send(context, project, link.Page.Href, () => new[] { link }.ToAsyncEnumerable(), format);

    /// <returns>Null when no link of the project names the vendor.</returns>
    public async Task<IResult?> RefundAsync(HttpContext context, Project project, string vendor, ReportFormat format, CancellationToken cancellationToken)
    {
        var filter = new LinkFilter { Vendor = vendor };
        var first = await links.ReadAllAsync(project.Id, filter, cancellationToken).FirstOrDefaultAsync(cancellationToken);
        return first is null
            ? null
            : Send(context, project, first.Terms!.Vendor!, () => links.ReadAllAsync(project.Id, filter, context.RequestAborted), format);
    }

    public async Task<IResult> VendorsAsync(HttpContext context, Project project, ReportFormat format, CancellationToken cancellationToken)
    {
        var report = await vendors.MakeAsync(project, cancellationToken);
        return format switch
        {
            ReportFormat.Csv => ReportResponse.Send(context, format, VendorCsv.Write(report).ToAsyncEnumerable()),
            ReportFormat.Html => ReportResponse.Send(context, format, VendorHtml.Write(report, project.Name).ToAsyncEnumerable()),
            _ => TypedResults.Ok(report),
        };
    }

    private PushStreamHttpResult Send(HttpContext context, Project project, string subject, Func<IAsyncEnumerable<WatchedLink>> claimed, ReportFormat format)
    {
        IRefundWriter writer = format == ReportFormat.Csv ? new RefundCsv() : new RefundHtml(project.TimeZone);
        return ReportResponse.Send(context, format, pack.WriteAsync(project, subject, claimed, writer, context.RequestAborted));
    }
}
