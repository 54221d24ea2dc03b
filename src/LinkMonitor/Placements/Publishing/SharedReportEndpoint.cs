using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Api.Limits;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Publishing;

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

        var vendor = await links.ReadAllAsync(project.Id, new LinkFilter { HasVendor = true }, cancellationToken)
            .Select(link => link.Terms?.Vendor)
            .FirstOrDefaultAsync(report.IsOf, cancellationToken);
        return vendor is null
            ? PublicPage.NotFound
            : await reports.RefundAsync(context, project, vendor, wanted, cancellationToken) ?? PublicPage.NotFound;
    }
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
