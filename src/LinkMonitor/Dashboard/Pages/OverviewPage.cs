using System.Globalization;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Filtering;
using LinkMonitor.Placements;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}</c>: a project on one screen.</summary>
internal static class OverviewPage
{
    private const int Newest = 10;
    private const int HumanShown = 5;
    private const int EndingShown = 8;
    private const int VendorLength = 100;

    /// <summary>Links whose state the last check could not tell, the longest unseen first.</summary>
    public static readonly FilterLine Human = BuiltInViews.NeedsHuman.Line;
    private static readonly FilterLine Ending = BuiltInViews.PaidEnding.Line;
    private static readonly FilterLine PaidNotLive = Line("has:cost -state:live");

    public static void MapOverview(this IEndpointRouteBuilder project)
    {
        project.MapGet("/", ShowAsync);
        project.MapGet("/chart", ChartAsync);
    }

    /// <summary>The links of a state, as a count that leads to them.</summary>
    public static StateCountLine StateLine(Project project, string state, int count) =>
        new(state, count, $"/app/p/{project.Id}/links?q=state:{state}");

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, ILinkStore links, ICaseStore cases, LinkLists lists, ChartBook charts,
        ILinkTypeStore types, TimeProvider time, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var now = time.GetUtcNow();
        if (await lists.OpenSoonAsync(project, cancellationToken) is not { } listing)
            return LoadingPage.Of(context, frame, lists, "Overview", "");
        var human = await lists.PageAsync(listing, Human, HumanShown, null, cancellationToken);
        var ending = await lists.PageAsync(listing, Ending, EndingShown, null, cancellationToken);
        var changes = await links.ListChangesAsync(project.Id, null, Newest, null, cancellationToken);
        var lines = new LineMaker(project, now);
        var counts = await CaseCounts.OfAsync(cases, project.Id, listing.Moment.Today, cancellationToken);
        var page = frame.Of(context, "Overview", "").LeavingOut(listing.Snapshot.Unreadable.Count, "link")
            .LeavingOut(changes.SetAside, "change").LeavingOut(counts.Unreadable, "case");
        return new SlicePage(Overview.Create(new OverviewModel
        {
            Frame = page,
            NewsPath = LinkListPage.NewsPathOf(project, listing),
            Total = listing.Count(FilterLine.All),
            States = [.. StatesOf(project, listing)],
            NeedsHuman = human.Total,
            Human = [.. human.Links.Select(lines.Of)],
            Chart = await charts.GetAsync(project, listing, cancellationToken),
            ChartPath = $"/app/p/{project.Id}/chart",
            Changes = [.. changes.Items.Select(lines.Of)],
            AtStake = [.. (await AtStakeAsync(project, listing, lists, cancellationToken)).Select(Words)],
            Cases = CasesOf(project, counts),
            EndingTotal = ending.Total,
            EndingPath = LinkListPage.PathOf(project, Ending),
            Ending = [.. ending.Links.Select(link => EndingOf(link, lines, listing.Moment.Today))],
            NewLink = page.Visitor is { CanWrite: true }
                ? LinkForm.Short(new FormErrors(), await types.ReadAsync(project.Id, cancellationToken)) : [],
        }));
    }

    private static async Task<IResult> ChartAsync(
        HttpContext context, ChartBook charts, LinkLists lists, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        return await lists.OpenSoonAsync(project, cancellationToken) is { } listing
            && await charts.GetAsync(project, listing, cancellationToken) is { } chart
                ? new SlicePage(_Chart.Create(chart))
                : Results.StatusCode(StatusCodes.Status304NotModified);
    }

    /// <summary>How many links are in each state that there is.</summary>
    public static IEnumerable<StateCountLine> StatesOf(Project project, LinkListing listing) =>
        listing.Facet(FilterBy.State, FilterLine.All, Enum.GetValues<LinkState>().Length).Values
            .OrderBy(count => WireName.Parse<LinkState>(count.Value))
            .Select(count => StateLine(project, count.Value, count.Links));

    // By the whole rows, as everywhere: an unreachable page keeps what was held before.
    private static async Task<IReadOnlyList<Stake>> AtStakeAsync(
        Project project, LinkListing listing, LinkLists lists, CancellationToken cancellationToken)
    {
        var tally = new StakeTally(listing.Moment.Today);
        LinkPlace? after = null;
        do
        {
            var part = await lists.PageAsync(listing, PaidNotLive, LinkLists.MaxItems, after, cancellationToken);
            foreach (var link in part.Links)
                tally.Add(link);
            after = part.Next;
        }
        while (after is not null);
        return tally.Sums;
    }

    private static FilterLine Line(string text) =>
        FilterParser.Read(text).Line ?? throw new InvalidOperationException($"'{text}' is no filter line.");

    private static List<Chip> CasesOf(Project project, CaseCounts counts) => counts.Open == 0 ? [] :
    [
        new Chip("all open", $"/app/p/{project.Id}/cases", false, counts.Open),
        .. counts.Overdue > 0 ? [new Chip("late", $"/app/p/{project.Id}/cases?show=late", false, counts.Overdue)] : Array.Empty<Chip>(),
        .. counts.Unowned > 0
            ? [new Chip("without an owner", $"/app/p/{project.Id}/cases?show=unowned", false, counts.Unowned)] : Array.Empty<Chip>(),
        .. counts.Statuses.Where(one => CaseRules.IsOpen(one.Status)).Select(one => new Chip(
            CaseLineMaker.Words(one.Status), $"/app/p/{project.Id}/cases?show={WireName.Of(one.Status)}", false, one.Count)),
    ];

    private static string Words(Stake stake)
    {
        string?[] parts =
        [
            stake.PerMonth > 0 ? $"{new Money(stake.Currency, stake.PerMonth)} a month" : null,
            stake.OneOff > 0 ? $"{new Money(stake.Currency, stake.OneOff)} paid once" : null,
        ];
        return string.Join(" and ", parts.OfType<string>())
            + $" for {CountText.Of(stake.Links, "link")}";
    }

    private static EndingLine EndingOf(WatchedLink link, LineMaker lines, DateOnly today)
    {
        var line = lines.Of(link);
        var left = link.Terms!.End!.Value.DayNumber - today.DayNumber;
        return new EndingLine(
            line.Path, line.PageWords, line.State, link.Terms.End.Value.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
            left == 0 ? "today" : $"in {CountText.Of(left, "day")}",
            link.Terms.Vendor is { } vendor ? WebText.Short(vendor, VendorLength) : null, line.Cost);
    }
}
