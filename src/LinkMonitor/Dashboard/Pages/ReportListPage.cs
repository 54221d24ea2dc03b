using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.ClientReports;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Projects;
using LinkMonitor.Storage.ClientReports;
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
        var slice = await reports.ListAsync(project.Id, PageSize, cursor, cancellationToken);
        return new SlicePage(Views.Slices.ReportList.Create(new ReportListModel(
            frame.Of(context, "Reports", "reports").LeavingOut(slice.SetAside, "report"),
            [
                .. slice.Items.Select(report => new ReportLine(
                    PathOf(report), report.Number.ToString(CultureInfo.InvariantCulture), WebText.Visible(report.Title),
                    report.Client is { } client ? WebText.Visible(client) : null, ReportScreen.PeriodOf(report),
                    WebText.Short(report.Line, 120), report.Links, moments.Of(report.CreatedAt), WebText.Visible(report.By.Name))),
            ],
            Paging.Of(context, slice.Cursor, cursor))));
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
            .. now.UnreadableChanges > 0
                ? [Of("Changes in the period that could not be read, of which links is not known", now.UnreadableChanges, null)]
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

/// <summary><c>/app/p/{id}/reports/brand</c>: name, colour and logo of whoever makes reports.</summary>
internal static class ReportBrandPage
{
    public static void MapReportBrand(this IEndpointRouteBuilder project)
    {
        var brand = project.MapGroup("/reports/brand").RequireAuthorization(SessionScheme.Editor);
        brand.MapGet("/", async (
                HttpContext context, DashboardFrame frame, IClientReportStore reports, CancellationToken cancellationToken) =>
            Write(context, frame, await reports.FindBrandAsync(context.CurrentProject().Id, cancellationToken), new FormErrors()));
        brand.MapPost("/", SaveAsync);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, DashboardFrame frame, IClientReportStore reports, CancellationToken cancellationToken)
    {
        var (project, form, errors) = (context.CurrentProject(), context.Request.Form, new FieldErrors());
        var standing = await reports.FindBrandAsync(project.Id, cancellationToken);
        var logo = form.ContainsKey("without") || standing.Logo.IsEmpty ? null : standing.Logo.ToArray();
        if (form.Files.GetFile("logo") is { Length: > 0 } file)
        {
            if (file.Length > KeptBrand.MaxLogo)
                errors.Add("logo", $"The file has {file.Length / 1024} KB; a logo has at most {KeptBrand.MaxLogo / 1024} KB.");
            else
                logo = await ReadAsync(file, cancellationToken);
        }

        var request = new BrandRequest { Name = form.Text("name"), Accent = form.Text("accent") is { Length: > 0 } accent ? accent : null };
        if (ReportRequestReader.Read(request, logo, errors) is not { } brand)
            return Write(context, frame, standing, FormErrors.Of(errors, form));
        await reports.PutBrandAsync(project.Id, brand, cancellationToken);
        return frame.Done(
            context, ReportListPage.PathOf(project), "Reports to come will look so. Those that are made stay as they are.",
            ReportAudit.Branded(standing, brand));
    }

    private static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static SlicePage Write(HttpContext context, DashboardFrame frame, KeptBrand kept, FormErrors errors)
    {
        Field[] fields =
        [
            errors.Field("name", "Your name", kept.Brand.Name ?? "", "It stands on every report."),
            errors.Field("accent", "Colour", kept.Brand.Accent, "Text on it and beside it stays readable, whatever you choose.") with
            {
                Type = "color",
            },
        ];
        return new SlicePage(
            Views.Slices.ReportBrand.Create(new ReportBrandModel(
                frame.Of(context, "How reports look", "reports"), fields, [.. errors.Others(fields)],
                kept.Brand.LogoType is { } type ? LogoFile.ToUrl(type, kept.Logo.Span) : null)),
            errors.Status);
    }
}
