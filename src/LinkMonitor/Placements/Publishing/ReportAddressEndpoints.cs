using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Projects;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Placements.Publishing;

/// <summary>Makes addresses at which a report can be read without a key.</summary>
internal static class ReportAddressEndpoints
{
    private const int DefaultDays = 90;
    private const int MaxDays = 3_650;

    public static void MapReportAddresses(this IEndpointRouteBuilder api) =>
        api.MapProject().MapPost("/public-addresses/report", MakeAsync).RequireAuthorization(KeyPolicies.Write).WithTags("Public addresses")
            .WithSummary("Create an address of a report to send to someone")
            .WithDescription("Anyone with the address reads the current report, until it ends or the project's addresses are revoked.");

    private static async Task<Results<Ok<ReportAddressView>, ValidationProblem, ProblemHttpResult>> MakeAsync(
        string projectId,
        Body<ReportAddressRequest> body,
        HttpContext context,
        PublicAddresses addresses,
        ILinkStore links,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (request, errors, project) = (body.Value, body.Errors, context.CurrentProject());
        if (request.ValidDays is < 1 or > MaxDays)
            errors.Add("validDays", $"1 to {MaxDays} days; it is {request.ValidDays}.");
        var report = await ReadAsync(request, project, links, errors, cancellationToken);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());
        if (addresses.BaseUrl is not { } baseUrl)
            return Problems.BadRequest("This installation has no public address.", "Set LinkMonitor:PublicUrl to the address where "
                + "readers reach it.");

        // To the second, as the token has it.
        var end = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().AddDays(request.ValidDays ?? DefaultDays).ToUnixTimeSeconds());
        var signer = await addresses.SignerAsync(project, end, cancellationToken);
        context.Audit($"Made a public address of the report '{report!.Id}'", null);
        return TypedResults.Ok(new ReportAddressView(new PublicLinks(baseUrl, signer).Report(project.Id, report!.Id)!, end));
    }

    /// <returns>Meaningless when <paramref name="errors"/> has any.</returns>
    private static async Task<SharedReport?> ReadAsync(
        ReportAddressRequest request, Project project, ILinkStore links, FieldErrors errors, CancellationToken cancellationToken)
    {
        var isRefund = request.Report == ReportKind.Refund;
        if (request.Report is null)
            errors.AddIfNone("report", $"Say which report: one of {string.Join(", ", WireName.All<ReportKind>())}.");
        if (isRefund && string.IsNullOrWhiteSpace(request.Vendor) == string.IsNullOrWhiteSpace(request.Link))
            errors.Add(request.Vendor is null ? "link" : "vendor", "A refund pack is for exactly one of the two: a vendor or a link.");
        else if (request.Report == ReportKind.Vendors && (request.Vendor ?? request.Link) is not null)
            errors.Add(request.Vendor is null ? "link" : "vendor", "The vendor report covers all vendors. Leave it out.");
        if (!isRefund)
            return errors.Any ? null : SharedReport.Vendors;
        if ((request.Vendor is null) == (request.Link is null))
            return null;
        if (request.Link is { } id)
        {
            if (LinkIdFactory.IsValid(id) && await links.GetAsync(project.Id, new LinkId(id), cancellationToken) is { } link)
                return SharedReport.OfLink(link.Id);
            errors.Add("link", "The project has no such link.");
            return null;
        }

        var filter = new LinkFilter { Vendor = request.Vendor };
        if (await links.ReadAllAsync(project.Id, filter, cancellationToken).AnyAsync(cancellationToken))
            return SharedReport.OfVendor(request.Vendor!);
        errors.Add("vendor", "No link of the project names that vendor in its terms.");
        return null;
    }
}

/// <summary>Which report a public address is wanted for.</summary>
public sealed record ReportAddressRequest : IRequestBody<ReportAddressRequest>
{
    static JsonTypeInfo<ReportAddressRequest> IRequestBody<ReportAddressRequest>.Shape => ReportJson.Default.ReportAddressRequest;

    /// <summary><c>vendors</c>, or <c>refund</c> with exactly one of <c>vendor</c> and <c>link</c>; needed.</summary>
    public ReportKind? Report { get; init; }

    /// <summary>The vendor whose refund pack it is.</summary>
    public string? Vendor { get; init; }

    /// <summary>The id of the link whose refund pack it is.</summary>
    public string? Link { get; init; }

    /// <summary>How long it works, 1 to 3,650 days; 90 by default.</summary>
    public int? ValidDays { get; init; }
}

/// <summary>A public address of a report.</summary>
public sealed record ReportAddressView(Uri Url, DateTimeOffset ExpiresAt);

/// <summary>The JSON of the API for reports and their addresses.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VendorReport))]
[JsonSerializable(typeof(ReportAddressRequest))]
[JsonSerializable(typeof(ReportAddressView))]
internal sealed partial class ReportJson : JsonSerializerContext;

/// <summary>The reports that an address can be made for.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ReportKind>))]
public enum ReportKind
{
    /// <summary>How many links of each vendor are still as agreed.</summary>
    Vendors,

    /// <summary>The refund pack of one vendor, or of one link.</summary>
    Refund,
}
