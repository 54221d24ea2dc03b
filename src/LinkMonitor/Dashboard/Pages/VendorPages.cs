using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Keys;
using LinkMonitor.Placements;
using LinkMonitor.Vendors;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/vendors</c> and <c>/app/vendors/{id}</c>: who sold the placements of all projects that the key opens.</summary>
internal static class VendorPages
{
    private const int UrlLength = 70;
    private const int NameLength = 120;
    private const int MostTwice = 100;
    private const int MostPlacements = 200;
    private const int MostRows = 40;

    public static void MapVendorPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/vendors", ListAsync);
        pages.MapGet("/vendors/{vendorId}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, DashboardFrame frame, VendorBook book, CancellationToken cancellationToken)
    {
        var list = await book.ListAsync(context.Holder(), cancellationToken);
        return new SlicePage(Views.Slices.Vendors.Create(new VendorsModel(
            Leaving(frame.Of(context, "Vendors"), list.Unread),
            [
                .. list.Vendors.Select(vendor => new VendorRow(
                    $"/app/vendors/{vendor.Id}", WebText.Short(vendor.Name, NameLength), vendor.Projects, vendor.Placements, vendor.Live,
                    vendor.Wrong)),
            ],
            [.. list.Twice.Take(MostTwice).Select(TwiceOf)], list.Twice.Count, list.Waiting)));
    }

    private static async Task<IResult> ShowAsync(
        string vendorId, HttpContext context, DashboardFrame frame, VendorBook book, CancellationToken cancellationToken)
    {
        var (found, waiting) = await book.FindAsync(context.Holder(), vendorId, isPatient: false, cancellationToken);
        if (found is not { } vendor)
            return waiting > 0 ? Waiting(context, frame, waiting) : DashboardMessages.NotFound;
        return new SlicePage(Views.Slices.VendorDetail.Create(new VendorDetailModel
        {
            Frame = Leaving(frame.Of(context, WebText.Short(vendor.Name, NameLength)), vendor.Unread),
            Name = WebText.Short(vendor.Name, NameLength),
            Share = ShareOf(vendor.Share),
            Untold = vendor.Placements.Count - vendor.Share.N,
            OwnFaults = vendor.Share.OwnTargetFaults,
            Placements = [.. vendor.Placements.Take(MostPlacements).Select(LineOf)],
            PlacementCount = vendor.Placements.Count,
            SpendCount = vendor.Spend.Count,
            PriceCount = vendor.Prices.Count,
            CaseCount = vendor.Cases.Count,
            TwiceCount = vendor.Twice.Count,
            Spend = [.. vendor.Spend.Take(MostRows).Select(one => (one.Quarter, new Money(one.Currency, one.Amount).ToString()))],
            Survival =
            [
                .. vendor.Survival.Select(point => (
                    $"{N(point.Days)} days", Percent(point.Share), $"{Percent(point.Low)} to {Percent(point.High)}", N(point.AtRisk))),
            ],
            Counted = vendor.Counted,
            Prices =
            [
                .. vendor.Prices.Take(MostRows).Select(price => (
                    Day(price.Since), new Money(price.Currency, price.Cost).For(price.Period), N(price.Count))),
            ],
            Cases =
            [
                .. vendor.Cases.Take(MostPlacements).Select(one => new CaseOfVendor(
                    $"/app/p/{one.Project.Id}/cases/{one.Case.Id}", WebText.ShortUrl(one.Case.Page, UrlLength, showsHost: true),
                    WireName.Of(one.Case.Status), WebText.Short(one.Project.Name, NameLength))),
            ],
            Twice = [.. vendor.Twice.Take(MostTwice).Select(TwiceOf)],
            Waiting = vendor.Waiting,
        }));
    }

    private static Frame Leaving(Frame page, Unread unread) =>
        page.LeavingOut(unread.Links, "link").LeavingOut(unread.Cases, "case").LeavingOut(unread.Projects, "project");

    // Whether there is such a vendor is known when the links of all projects are read: the browser asks again.
    private static SlicePage Waiting(HttpContext context, DashboardFrame frame, int waiting) => new(Views.Slices.Vendors.Create(
        new VendorsModel(frame.Of(context, "Vendors") with { RefreshAfter = 3 }, [], [], 0, waiting)));

    private static PlacementLine LineOf(VendorPlacement one)
    {
        var (link, terms) = (one.Link, one.Link.Terms!);
        return new PlacementLine(
            LineMaker.PathOf(one.Project, link.Id.Value), WireName.Of(link.Status.State),
            WebText.ShortUrl(link.Page, UrlLength, showsHost: true),
            WebText.ShortUrl(link.Expectation.Target, UrlLength, showsHost: true), WebText.Short(one.Project.Name, NameLength),
            $"{(terms.Start is { } start ? Day(start) : "…")} to {(terms.End is { } end ? Day(end) : "…")}",
            LineMaker.CostOf(terms) ?? "–");
    }

    private static TwiceLine TwiceOf(BoughtTwice twice) => new(
        UrlOf(twice.Page), UrlOf(twice.Target),
        [
            .. twice.Bought.Select(one => new BoughtLine(
                LineMaker.PathOf(one.Project, one.LinkId), WebText.Short(one.Project.Name, NameLength),
                one.Vendor is { } vendor ? WebText.Short(vendor, NameLength) : null,
                one is { Cost: { } cost, Currency: { } currency } ? new Money(currency, cost).For(one.Period) : null)),
        ]);

    private static string UrlOf(string url) =>
        WebUrl.TryParse(url, out var read) ? WebText.ShortUrl(read, UrlLength, showsHost: true) : WebText.Short(url, UrlLength);

    private static string ShareOf(AgreedShare share) => share is { Share: { } known, Low: { } low, High: { } high }
        ? $"{N(share.AsAgreed)} of {N(share.N)} ({Percent(known)}; 95 % interval {Percent(low)} to {Percent(high)})"
        : "Of no placement anything is known yet.";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");
}
