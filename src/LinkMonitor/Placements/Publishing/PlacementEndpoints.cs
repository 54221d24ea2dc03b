using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Keys;
using LinkMonitor.Placements.Refunds;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Projects;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;
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
        Send(context, project, link.Page.Href, () => new[] { new Slice<WatchedLink>([link], null) }.ToAsyncEnumerable(), format);

    /// <returns>Null when no link of the project names the vendor.</returns>
    public async Task<IResult?> RefundAsync(
        HttpContext context, Project project, string vendor, ReportFormat format, CancellationToken cancellationToken)
    {
        var filter = new LinkFilter { Vendor = vendor };

        // Links of the vendor whose rows cannot be read are told in the pack, also when there are no others.
        var first = await links.ReadSlicesAsync(project.Id, filter, cancellationToken)
            .FirstOrDefaultAsync(slice => slice.Items.Count > 0 || slice.SetAside > 0, cancellationToken);
        return first is null
            ? null
            : Send(
                context, project, first.Items.Count > 0 ? first.Items[0].Terms!.Vendor! : vendor,
                () => links.ReadSlicesAsync(project.Id, filter, context.RequestAborted), format);
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
        HttpContext context, Project project, string subject, Func<IAsyncEnumerable<Slice<WatchedLink>>> claimed, ReportFormat format)
    {
        IRefundWriter writer = format == ReportFormat.Csv ? new RefundCsv() : new RefundHtml(project.TimeZone);
        return ReportResponse.Send(context, format, pack.WriteAsync(project, subject, claimed, writer, context.RequestAborted));
    }
}

/// <summary>The route <c>/s/reports/{token}</c>: a report for whoever was sent its address.</summary>
internal static class SharedReportEndpoint
{
    public static void MapSharedReports(this IEndpointRouteBuilder app) =>
        app.MapGroup("/s/reports")
            .ExcludeFromDescription()
            .WithBodyLimit(BodyLimits.Form)
            .WithTokenLimit(PublicAddresses.IsOursAsync)
            .MapGet("/{token}", ShowAsync);

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

        // The address has no name in it: the links tell it, and of one that cannot be read nobody knows whose it is.
        var vendor = await links.ReadAllAsync(project.Id, new LinkFilter { HasVendor = true }, cancellationToken)
            .Select(link => link.Terms?.Vendor)
            .FirstOrDefaultAsync(report.IsOf, cancellationToken);
        if (vendor is not null)
            return await reports.RefundAsync(context, project, vendor, wanted, cancellationToken) ?? PublicPage.NotFound;

        // Damage may have taken the vendor's column with it.
        var unreadable = await links.ReadSlicesAsync(project.Id, LinkFilter.None, cancellationToken)
            .Select(slice => slice.SetAside).SumAsync(cancellationToken);
        return unreadable == 0 ? PublicPage.NotFound : Unreadable(unreadable);
    }

    private static PublicPage Unreadable(int links) => new("This report cannot be made now", Markup.Of($"""
        <div class="card"><h1>This report cannot be made now</h1>
        <p>The address is good. But {CountText.Of(links, "link")} of the project cannot be read where
        {(links == 1 ? "it is" : "they are")} stored, and no link that can be read names the vendor that this report is of.</p>
        <p>Nothing is lost by that. Ask whoever sent you the address to have it mended: an administrator finds what is set aside under
        System.</p></div>
        """), StatusCodes.Status503ServiceUnavailable);
}

/// <summary>
/// Which report an address opens, as its token has it. A vendor is in it by a hash: a name may be longer than an address.
/// </summary>
/// <param name="Id">What the token carries.</param>
internal sealed record SharedReport(string Id)
{
    private const string VendorPrefix = "vendor.";
    private const string LinkPrefix = "link.";

    // 128 bits: nobody finds two names for one.
    private const int HashBytes = 16;

    public static SharedReport Vendors { get; } = new("vendors");

    public static SharedReport OfVendor(string vendor) => new(VendorPrefix + Hash(vendor));

    public static SharedReport OfLink(LinkId link) => new(LinkPrefix + link.Value);

    /// <summary>The link whose refund pack it is; null for another report.</summary>
    public LinkId? Link => Id.StartsWith(LinkPrefix, StringComparison.Ordinal) ? new LinkId(Id[LinkPrefix.Length..]) : null;

    /// <summary>Whether it is the refund pack of a vendor with that name.</summary>
    public bool IsOf(string? vendor) => vendor is not null && Id == VendorPrefix + Hash(vendor);

    private static string Hash(string vendor) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(VendorName.Key(vendor))).AsSpan(0, HashBytes));
}
