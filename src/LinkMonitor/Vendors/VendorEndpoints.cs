using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Keys;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Links;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Vendors;

/// <summary>The vendors of the projects that a key opens.</summary>
/// <param name="Twice">Pages and targets that are paid for more than once, from whomever.</param>
/// <param name="Waiting">Projects whose links are still being read, so that nothing of them is in it: ask again.</param>
/// <param name="Unreadable">
/// How many links of these projects, and projects, have stored rows that cannot be read: whether they belong to it nobody can tell.
/// </param>
public sealed record VendorsView(IReadOnlyList<VendorBrief> Vendors, IReadOnlyList<TwiceView> Twice, int Waiting, int Unreadable);

/// <summary>One page and target that is paid for more than once.</summary>
public sealed record TwiceView(string Page, string Target, IReadOnlyList<PurchaseView> Bought);

/// <summary>One of the links that are paid for one page and target.</summary>
/// <param name="CostPeriod">What the cost pays for; null without one.</param>
public sealed record PurchaseView(
    string ProjectId, string LinkId, string? Vendor, decimal? Cost, string? Currency, CostPeriod? CostPeriod);

/// <summary>A placement of a vendor.</summary>
public sealed record PlacementView(
    string ProjectId, string LinkId, string Page, string Target, LinkState State, DateTimeOffset Since, Terms Terms);

/// <summary>An open case of a placement.</summary>
public sealed record VendorCaseView(
    string ProjectId, string CaseId, string LinkId, string Page, CaseStatus Status, DateTimeOffset OpenedAt);

/// <summary>All that is known of a vendor.</summary>
/// <param name="Placements">The newest 1,000; their number is <paramref name="PlacementCount"/>.</param>
/// <param name="Spend">By quarter and currency, the newest first.</param>
/// <param name="Share">How many are as agreed now.</param>
/// <param name="Survival">The share that still stands 30, 90, 180 and 365 days after the start, as far as anything is known of it.</param>
/// <param name="Counted">How many placements the survival rests on.</param>
/// <param name="Prices">What was agreed on when, the newest first.</param>
/// <param name="Unreadable">
/// How many links and cases, and projects, have stored rows that cannot be read: whether they are this vendor's nobody can tell.
/// </param>
public sealed record VendorDetailView(
    string Id, string Name, int PlacementCount, IReadOnlyList<PlacementView> Placements, IReadOnlyList<QuarterSpend> Spend,
    AgreedShare Share, IReadOnlyList<CurvePoint> Survival, int Counted, IReadOnlyList<AgreedPrice> Prices,
    IReadOnlyList<VendorCaseView> Cases, IReadOnlyList<TwiceView> Twice, int Waiting, int Unreadable);

/// <summary>The routes <c>/api/v1/vendors</c>.</summary>
internal static class VendorEndpoints
{
    private const int MaxPlacements = 1_000;

    public static IServiceCollection AddVendors(this IServiceCollection services) => services.AddSingleton<VendorBook>();

    public static void MapVendors(this IEndpointRouteBuilder api)
    {
        var vendors = api.MapGroup("/vendors").RequireAuthorization(KeyPolicies.Read).WithTags("Placements");
        vendors.MapGet("/", ListAsync).WithSummary("The vendors of the projects that the key opens, and what was bought twice")
            .WithDescription("Names that differ in case and spaces only are one vendor.");
        vendors.MapGet("/{vendorId}", GetAsync)
            .WithSummary("One vendor: placements, spend, share as agreed, survival, prices, open cases, and what was bought twice");
    }

    private static async Task<Ok<VendorsView>> ListAsync(HttpContext context, VendorBook book, CancellationToken cancellationToken)
    {
        var list = await book.ListAsync(context.Holder(), cancellationToken);
        return TypedResults.Ok(new VendorsView(list.Vendors, [.. list.Twice.Select(Of)], list.Waiting, list.Unread.Sum));
    }

    private static async Task<Results<Ok<VendorDetailView>, ProblemHttpResult>> GetAsync(
        string vendorId, HttpContext context, VendorBook book, CancellationToken cancellationToken) =>
        await book.FindAsync(context.Holder(), vendorId, isPatient: true, cancellationToken) is { Account: { } vendor }
            ? TypedResults.Ok(Of(vendor))
            : Problems.NotFound($"There is no vendor '{FieldErrors.Cut(vendorId)}' in the projects that the key opens.");

    private static VendorDetailView Of(VendorAccount vendor) => new(
        vendor.Id, vendor.Name, vendor.Placements.Count,
        [
            .. vendor.Placements.Take(MaxPlacements).Select(one => new PlacementView(
                one.Project.Id.Value, one.Link.Id.Value, one.Link.Page.Href, one.Link.Expectation.Target.Href, one.Link.Status.State,
                one.Link.Status.Since, one.Link.Terms!)),
        ],
        vendor.Spend, vendor.Share, vendor.Survival, vendor.Counted, vendor.Prices,
        [
            .. vendor.Cases.Select(one => new VendorCaseView(
                one.Project.Id.Value, one.Case.Id, one.Case.LinkId.Value, one.Case.Page.Href, one.Case.Status, one.Case.OpenedAt)),
        ],
        [.. vendor.Twice.Select(Of)], vendor.Waiting, vendor.Unread.Sum);

    private static TwiceView Of(BoughtTwice twice) => new(twice.Page, twice.Target, [.. twice.Bought.Select(one =>
        new PurchaseView(one.Project.Id.Value, one.LinkId, one.Vendor, one.Cost, one.Currency, one.Cost is null ? null : one.Period))]);
}

/// <summary>The JSON of the API for vendors.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VendorsView))]
[JsonSerializable(typeof(VendorDetailView))]
internal sealed partial class VendorJson : JsonSerializerContext;
