using System.Globalization;
using LinkMonitor.ClientReports;
using LinkMonitor.Projects;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/reports</c>: the reports of a project.</summary>
internal static class ReportListPage
{
    private const int PageSize = 50;

    public static void MapReportList(this IEndpointRouteBuilder project) => project.MapGet("/reports", ShowAsync);

    public static string PathOf(Project project) => $"/app/p/{project.Id}/reports";

    public static string PathOf(ClientReport report) =>
        string.Create(CultureInfo.InvariantCulture, $"/app/p/{report.ProjectId}/reports/{report.Number}");

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, IClientReportStore reports, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null)
    {
        var project = context.CurrentProject();
        var moments = MomentMaker.Of(project, time.GetUtcNow());
        var known = cursor is not null && ListNames.Gave($"{ListNames.Reports} {project.Id}", cursor) ? cursor : null;
        var slice = await reports.ListAsync(project.Id, PageSize, known, cancellationToken);
        return new SlicePage(Views.Slices.ReportList.Create(new ReportListModel(
            frame.Of(context, "Reports", "reports"),
            [
                .. slice.Items.Select(report => new ReportLine(
                    PathOf(report), report.Number.ToString(CultureInfo.InvariantCulture), WebText.Visible(report.Title),
                    report.Client is { } client ? WebText.Visible(client) : null, ReportScreen.PeriodOf(report),
                    WebText.Short(report.Line, 120), report.Links, moments.Of(report.CreatedAt), WebText.Visible(report.By.Name))),
            ],
            Paging.Of(context, slice.Cursor, known))));
    }
}

/// <summary>What the pages of reports have in common.</summary>
internal static class ReportScreen
{
    private static readonly ReportWords Words = new(Language.English);

    public static string PeriodOf(ClientReport report) => $"{Words.Day(report.From)} to {Words.Day(report.To)}";

    /// <summary>The sections as boxes.</summary>
    public static IReadOnlyList<TopicBox> BoxesOf(IReadOnlyCollection<ReportSection> chosen) =>
    [
        .. Enum.GetValues<ReportSection>().Select(section => new TopicBox(
            Engine.Naming.WireName.Of(section), Words.Section(section), chosen.Contains(section))),
    ];

    public static string NamesOf(IEnumerable<ReportSection> sections) => string.Join(", ", sections.Select(Words.Section));

    public static IReadOnlyList<FigureLine> FiguresOf(ReportFigures now, EarlierReport? earlier)
    {
        var before = earlier?.Figures;
        return
        [
            Of("Watched links", now.Links, before?.Links), Of("As agreed", now.AsAgreed, before?.AsAgreed),
            Of("Changed", now.Changed, before?.Changed), Of("Lost", now.Lost, before?.Lost),
            Of("Not found", now.NotFound, before?.NotFound), Of("Not verified", now.NotVerified, before?.NotVerified),
            Of(
                "As agreed, of those verified", now.AgreedShare,
                before is null ? null : Share.Of(before.AsAgreed, before.Links - before.NotVerified), before is not null),
            Of(
                "Followed, of those that are there", now.FollowedShare,
                before is null ? null : Share.Of(before.Followed, before.Followed + before.NotFollowed), before is not null),
            new(
                "Referring hosts", Words.Number(now.DomainCount),
                before is null ? null : Words.Difference(now.DomainCount, before.Domains)),
            .. now.Unreadable > 0
                ? [Of("Could not be read, and not known to belong to it", now.Unreadable, null)]
                : Array.Empty<FigureLine>(),
            Of("Gained in the period", now.CameInPeriod, null),
            Of("Lost in the period", now.WentInPeriod, null), Of("Other changes in the period", now.ChangesInPeriod, null),
        ];
    }

    public static string ComparedOf(EarlierReport? earlier) => earlier is null
        ? "There is no earlier report of this filter to compare with."
        : string.Create(CultureInfo.InvariantCulture, $"Compared with report {earlier.Number} of {Words.Day(earlier.On)}.");

    private static FigureLine Of(string words, int now, int? before) =>
        new(words, Words.Number(now), before is { } then ? Words.Difference(now, then) : null);

    private static FigureLine Of(string words, double? now, double? before, bool isCompared) =>
        new(words, Words.Percent(now), isCompared ? Words.Difference(now, before) : null);
}
