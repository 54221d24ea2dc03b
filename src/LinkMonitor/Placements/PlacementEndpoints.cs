using LinkMonitor.Api;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Placements.Refunds;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements;

/// <summary>The reports on paid placements under <c>/api/v1/projects/{id}/reports</c>.</summary>
internal static class PlacementEndpoints
{
    private static readonly ReportFormat[] RefundFormats = [ReportFormat.Html, ReportFormat.Csv];
    private static readonly ReportFormat[] VendorFormats = [ReportFormat.Json, ReportFormat.Csv, ReportFormat.Html];

    public static IServiceCollection AddPlacements(this IServiceCollection services) =>
        services.AddSettings<PlacementOptions>(PlacementOptions.Section).AddSingleton<RefundPack>().AddSingleton<VendorReports>();

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
        string? format,
        HttpContext context,
        ILinkStore links,
        RefundPack pack,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var wanted = ReadFormat(context.Request, format, RefundFormats, errors);
        if (string.IsNullOrWhiteSpace(vendor) == string.IsNullOrWhiteSpace(link))
            errors.Add(vendor is null ? "link" : "vendor", "Give exactly one of the two: vendor=NAME, or link=lnk_….");
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var project = context.CurrentProject();
        IRefundWriter writer = wanted == ReportFormat.Csv ? new RefundCsv() : new RefundHtml(project.TimeZone);
        if (!string.IsNullOrWhiteSpace(link))
        {
            return await LinkEndpoints.FindAsync(context, link, links, cancellationToken) is { } one
                ? ReportResponse.Send(context, wanted, pack.WriteAsync(project, one.Page.Href, new[] { one }.ToAsyncEnumerable(), writer, cancellationToken))
                : LinkEndpoints.LinkNotFound(link);
        }

        var filter = new LinkFilter { Vendor = vendor };
        var first = await links.ReadAllAsync(project.Id, filter, cancellationToken).FirstOrDefaultAsync(cancellationToken);
        return first is null
            ? Problems.NotFound($"No link of the project names '{vendor}' as the vendor in its terms.")
            : ReportResponse.Send(context, wanted, pack.WriteAsync(
                project, first.Terms!.Vendor!, links.ReadAllAsync(project.Id, filter, cancellationToken), writer, cancellationToken));
    }

    private static async Task<IResult> VendorsAsync(
        string projectId, string? format, HttpContext context, VendorReports reports, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var wanted = ReadFormat(context.Request, format, VendorFormats, errors);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var project = context.CurrentProject();
        var report = await reports.MakeAsync(project, cancellationToken);
        return wanted switch
        {
            ReportFormat.Csv => ReportResponse.Send(context, wanted, VendorCsv.Write(report).ToAsyncEnumerable()),
            ReportFormat.Html => ReportResponse.Send(context, wanted, VendorHtml.Write(report, project.Name).ToAsyncEnumerable()),
            _ => TypedResults.Ok(report),
        };
    }

    private static ReportFormat ReadFormat(HttpRequest request, string? format, IReadOnlyList<ReportFormat> known, FieldErrors errors)
    {
        var wanted = ReportFormats.Read(request, format, known, out var error);
        if (error is not null)
            errors.Add("format", error);
        return wanted;
    }
}
