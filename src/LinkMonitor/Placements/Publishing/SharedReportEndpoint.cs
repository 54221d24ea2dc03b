using LinkMonitor.Api.Limits;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Sharing;
using LinkMonitor.Sharing.Pages;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Publishing;

/// <summary>The route <c>/s/reports/{token}</c>: a report for whoever was sent its address.</summary>
internal static class SharedReportEndpoint
{
    public static void MapSharedReports(this IEndpointRouteBuilder app) =>
        app.MapGroup("/s/reports").ExcludeFromDescription().WithBodyLimit(BodyLimits.Form).WithTokenLimit(PublicAddresses.IsOursAsync).MapGet("/{token}", ShowAsync);

    private static async Task<IResult> ShowAsync(
        string token,
        string? format,
        HttpContext context,
        PublicAddresses addresses,
        PlacementReports reports,
        ILinkStore links,
        CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.Report, cancellationToken) is not { } opened)
            return PublicPage.NotFound;
        // Of an unknown format the page is as good as any: whoever follows a link in a letter is no program.
        var wanted = format == "csv" ? ReportFormat.Csv : ReportFormat.Html;
        context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var (project, report) = (opened.Project, new SharedReport(opened.Id));
        if (report == SharedReport.Vendors)
            return await reports.VendorsAsync(context, project, wanted, cancellationToken);
        if (report.Link is { } id)
        {
            return await links.GetAsync(project.Id, id, cancellationToken) is { } link
                ? reports.Refund(context, project, link, wanted)
                : PublicPage.NotFound;
        }

        var vendor = await links.ReadAllAsync(project.Id, new LinkFilter { HasVendor = true }, cancellationToken)
            .Select(link => link.Terms?.Vendor)
            .FirstOrDefaultAsync(report.IsOf, cancellationToken);
        return vendor is null ? PublicPage.NotFound : await reports.RefundAsync(context, project, vendor, wanted, cancellationToken) ?? PublicPage.NotFound;
    }
}
