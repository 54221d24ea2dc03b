using System.Globalization;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Links;
using LinkMonitor.Placements;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}</c>: a project on one screen.</summary>
internal static class OverviewPage
{
    private const int Newest = 10;
    private const int HumanShown = 5;

    public static void MapOverview(this IEndpointRouteBuilder project) => project.MapGet("/", ShowAsync);

    /// <summary>The links of a state, as a count that leads to them.</summary>
    public static StateCountLine StateLine(Project project, string state, int count) =>
        new(state, count, $"/app/p/{project.Id}/links?q=state:{state}");

    /// <summary>The form that adds a link.</summary>
    public static IReadOnlyList<Field> NewLinkFields(FormErrors errors) =>
    [
        errors.Field("page", "Page", help: "The page that should carry the link.") with { IsNeeded = true, Type = "url" },
        errors.Field("target", "Target", help: "Where the link should lead.") with { IsNeeded = true, Type = "url" },
        errors.Field("anchor", "Anchor", help: "Empty: as first seen."),
        errors.Field("rel", "Rel") with
        {
            Type = "select",
            Choices =
            [
                ("", "as first seen"), ("follow", "follow"), ("nofollow", "nofollow"), ("sponsored", "sponsored"), ("ugc", "ugc"), ("any", "any"),
            ],
        },
    ];

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, ILinkStore links, ICaseStore cases, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var now = time.GetUtcNow();
        var tally = new OverviewTally(project, now);
        await foreach (var link in links.ReadAllAsync(project.Id, LinkFilter.None, cancellationToken))
            tally.Add(link);
        var changes = await links.ListChangesAsync(project.Id, null, Newest, null, cancellationToken);
        var lines = new LineMaker(project, now);
        var page = frame.Of(context, "Overview", "");
        return new SlicePage(Overview.Create(new OverviewModel
        {
            Frame = page with { Project = page.Project! with { NeedsHuman = tally.Unknown.Count } },
            Total = tally.Counts.Total,
            States = [.. tally.Counts.States.Select(state => StateLine(project, WireName.Of(state.State), state.Count))],
            NeedsHuman = tally.Unknown.Count,
            Human = [.. tally.Unknown.OrderBy(link => link.Status.UnobservedSince).Take(HumanShown).Select(lines.Of)],
            Chart = new Chart(tally.Days),
            Changes = [.. changes.Items.Select(lines.Of)],
            AtStake = [.. tally.AtStake.Select(Words)],
            Cases = CasesOf(project, await CaseCounts.OfAsync(cases, project.Id, tally.Today, cancellationToken)),
            Ending = [.. tally.Ending.OrderBy(link => link.Terms!.End).Select(link => EndingOf(link, lines, tally.Today))],
            NewLink = page.Visitor is { CanWrite: true } ? NewLinkFields(new FormErrors()) : [],
        }));
    }

    private static List<Chip> CasesOf(Project project, CaseCounts counts) => counts.Open == 0 ? [] :
    [
        new Chip("to do", $"/app/p/{project.Id}/cases", false, counts.Open),
        .. counts.Overdue > 0 ? [new Chip("late", $"/app/p/{project.Id}/cases?show=late", false, counts.Overdue)] : Array.Empty<Chip>(),
        .. counts.Unowned > 0
            ? [new Chip("nobody's", $"/app/p/{project.Id}/cases?show=unowned", false, counts.Unowned)] : Array.Empty<Chip>(),
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
            + string.Create(CultureInfo.InvariantCulture, $" for {stake.Links} link{(stake.Links == 1 ? "" : "s")}");
    }

    private static EndingLine EndingOf(WatchedLink link, LineMaker lines, DateOnly today)
    {
        var line = lines.Of(link);
        var left = link.Terms!.End!.Value.DayNumber - today.DayNumber;
        return new EndingLine(
            line.Path, line.PageWords, line.State, link.Terms.End.Value.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
            left == 0 ? "today" : string.Create(CultureInfo.InvariantCulture, $"in {left} day{(left == 1 ? "" : "s")}"),
            link.Terms.Vendor, line.Cost);
    }
}

/// <summary>Adds up what the overview shows, one link after the other.</summary>
internal sealed class OverviewTally(Project project, DateTimeOffset now)
{
    private const int ChartDays = 90;
    private const int ShortestChart = 14;
    private const int EndsWithin = 30;

    private readonly LinkTally _links = new();
    private readonly StakeTally _stakes = new(LocalTimes.Day(now, project.TimeZone));
    private readonly int[,] _marks = new int[ChartDays, Enum.GetValues<DayMark>().Length];

    public DateOnly Today { get; } = LocalTimes.Day(now, project.TimeZone);

    public LinkCounts Counts => _links.ToCounts();

    public IReadOnlyList<Stake> AtStake => _stakes.Sums;

    /// <summary>Links whose last check could not tell.</summary>
    public List<WatchedLink> Unknown { get; } = [];

    /// <summary>Links whose term ends within 30 days.</summary>
    public List<WatchedLink> Ending { get; } = [];

    /// <summary>From the first day with a mark on, and at least two weeks; empty before the first check.</summary>
    public IReadOnlyList<ChartDay> Days
    {
        get
        {
            var days = Enumerable.Range(0, ChartDays).Select(DayOf).ToList();
            var first = days.FindIndex(day => day.All > 0);
            return first < 0 ? [] : days[Math.Min(first, ChartDays - ShortestChart)..];
        }
    }

    private DateOnly FirstDay { get; } = DayLogEntry.Day(now).AddDays(1 - ChartDays);

    public void Add(WatchedLink link)
    {
        _links.Add(link);
        _stakes.Add(link);
        for (var day = 0; day < ChartDays; day++)
            _marks[day, (int)link.Status.Days[FirstDay.AddDays(day)]]++;
        if (link.Status.LastLook is { } outcome && !outcome.IsSeen())
            Unknown.Add(link);
        if (link.Terms?.End is { } end && end >= Today && end.DayNumber - Today.DayNumber <= EndsWithin)
            Ending.Add(link);
    }

    private ChartDay DayOf(int day) => new(
        FirstDay.AddDays(day),
        _marks[day, (int)DayMark.AsAgreed],
        _marks[day, (int)DayMark.Changed],
        _marks[day, (int)DayMark.Lost] + _marks[day, (int)DayMark.NotFound],
        _marks[day, (int)DayMark.CouldNotTell]);
}
