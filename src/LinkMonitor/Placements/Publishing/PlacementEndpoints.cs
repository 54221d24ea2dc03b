using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Keys;
using LinkMonitor.Placements.Refunds;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Placements.Publishing;

/// <summary>The reports on paid placements under <c>/api/v1/projects/{id}/reports</c>.</summary>
internal static class PlacementEndpoints
{
    public static IServiceCollection AddPlacements(this IServiceCollection services) =>
        services.AddSettings<PlacementOptions>(PlacementOptions.Section).AddSingleton<RefundPack>().AddSingleton<VendorReportBuilder>()
            .AddSingleton<PlacementReports>();

    public static void MapPlacements(this IEndpointRouteBuilder api)
    {
        var reports = api.MapProject().MapGroup("/reports").WithTags("Placements");
        reports.MapGet("/refund", RefundAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("The refund pack of a vendor or of one link")
            .WithDescription("Give exactly one of vendor and link. format is html (default) or csv; without it the Accept header decides.")
            .Produces(StatusCodes.Status200OK, contentType: "text/html", additionalContentTypes: "text/csv")
            .ProducesValidationProblem();
        reports.MapGet("/vendors", VendorsAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("How many links of each vendor are still as agreed after 30, 90, 180 and 365 days")
            .WithDescription("format is json (default), csv or html; without it the Accept header decides.")
            .Produces<VendorReport>(StatusCodes.Status200OK, "application/json", "text/csv", "text/html")
            .ProducesValidationProblem();
    }

    private static async Task<IResult> RefundAsync(
        string projectId,
        string? vendor,
        string? link,
        [FormatOf(ReportFormat.Html, ReportFormat.Csv)] string? format,
        QueryErrors query,
        HttpContext context,
        ILinkStore links,
        PlacementReports reports,
        CancellationToken cancellationToken)
    {
        var errors = query.Errors;
        if (string.IsNullOrWhiteSpace(vendor) == string.IsNullOrWhiteSpace(link))
            errors.Add(vendor is null ? "link" : "vendor", "Give exactly one of the two: vendor=NAME, or link=lnk_….");
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var wanted = ReportFormatChoice.Read(context.Request, format, [ReportFormat.Html, ReportFormat.Csv]);
        var project = context.CurrentProject();
        if (!string.IsNullOrWhiteSpace(link))
        {
            return await links.FindAsync(context, link, cancellationToken) is { } one
                ? reports.Refund(context, project, one, wanted)
                : RouteLink.NotFound(link);
        }

        return await reports.RefundAsync(context, project, vendor!, wanted, cancellationToken)
            ?? Problems.NotFound($"No link of the project names '{vendor}' as the vendor in its terms.");
    }

    private static async Task<IResult> VendorsAsync(
        string projectId,
        [FormatOf(ReportFormat.Json, ReportFormat.Csv, ReportFormat.Html)] string? format,
        HttpContext context,
        PlacementReports reports,
        CancellationToken cancellationToken)
    {
        var wanted = ReportFormatChoice.Read(context.Request, format, [ReportFormat.Json, ReportFormat.Csv, ReportFormat.Html]);
        return await reports.VendorsAsync(context, context.CurrentProject(), wanted, cancellationToken);
    }
}

/// <summary>Answers with a report: to whoever has a key, and to whoever was sent its address.</summary>
internal sealed class PlacementReports(ILinkStore links, RefundPack pack, VendorReportBuilder vendors)
{
    public IResult Refund(HttpContext context, Project project, WatchedLink link, ReportFormat format) =>
        Send(context, project, link.Page.Href, () => new[] { link }.ToAsyncEnumerable(), format);

    /// <returns>Null when no link of the project names the vendor.</returns>
    public async Task<IResult?> RefundAsync(
        HttpContext context, Project project, string vendor, ReportFormat format, CancellationToken cancellationToken)
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

    private PushStreamHttpResult Send(
        HttpContext context, Project project, string subject, Func<IAsyncEnumerable<WatchedLink>> claimed, ReportFormat format)
    {
        IRefundWriter writer = format == ReportFormat.Csv ? new RefundCsv() : new RefundHtml(project.TimeZone);
        return ReportResponse.Send(context, format, pack.WriteAsync(project, subject, claimed, writer, context.RequestAborted));
    }
}
