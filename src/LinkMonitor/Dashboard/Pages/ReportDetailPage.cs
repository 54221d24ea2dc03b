using System.Globalization;
using System.Text.Json.Nodes;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.ClientReports;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/reports/{number}</c>: a report, the page that its client sees, and who has an address of it.</summary>
internal static class ReportDetailPage
{
    public static void MapReportDetail(this IEndpointRouteBuilder project)
    {
        project.MapGet("/reports/{number}", ShowAsync);
        project.MapGet("/reports/{number}/page", ReadAsync);
        var acts = project.MapGroup("/reports/{number}").RequireAuthorization(SessionScheme.Editor);
        acts.MapPost("/shares", ShareAsync);
        acts.MapPost("/shares/{shareId}/revoke", RevokeAsync);
        acts.MapPost("/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(
        string number, HttpContext context, DashboardFrame frame, IClientReportStore reports, IReportShareStore store,
        ReportReading reading,
        ShareDesk shares, TimeProvider time, CancellationToken cancellationToken) =>
        await FindAsync(context, number, reports, cancellationToken) is { } report
            ? await WriteAsync(context, frame, report, store, reading, shares, time.GetUtcNow(), new FormErrors(), cancellationToken)
            : DashboardMessages.NotFound;

    private static async Task<IResult> ReadAsync(
        string number, HttpContext context, IClientReportStore reports, ReportReadout pages, CancellationToken cancellationToken) =>
        await FindAsync(context, number, reports, cancellationToken) is { } report
            && await pages.ShowAsync(report, report.Sections, context.Request.Query, cancellationToken) is { } page
            ? page
            : DashboardMessages.NotFound;

    private static async Task<IResult> ShareAsync(
        string number, HttpContext context, DashboardFrame frame, IClientReportStore reports, IReportShareStore store,
        ReportReading reading, ShareDesk shares, TimeProvider time, CancellationToken cancellationToken)
    {
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        if (await FindAsync(context, number, reports, cancellationToken) is not { } report)
            return DashboardMessages.NotFound;
        var json = new FormBody(form).Text("recipient").Number("validDays")
            .Value("sections", new JsonArray([.. form["sections"].OfType<string>().Select(name => (JsonNode)name)]));
        var body = Body<ShareRequest>.Read(json.ToJson(), new FieldErrors());
        if (ReportRequestReader.Read(body.Value, report, body.Errors) is not var (recipient, sections, valid))
            return await WriteAsync(
                context, frame, report, store, reading, shares, time.GetUtcNow(), FormErrors.Of(body.Errors, form), cancellationToken);
        if (!shares.CanShare)
            return frame.Refused(context, ReportListPage.PathOf(report), ReportAudit.NoAddress);
        if (await shares.MakeAsync(project, report, recipient, sections, valid, context.Holder().Author, cancellationToken)
            is not var (share, url))
            return frame.Refused(context, ReportListPage.PathOf(report), ReportAudit.TooManyShares);
        return frame.Done(
            context, ReportListPage.PathOf(report), $"The address for {share.Recipient}, shown only now:",
            new AuditNote(ReportAudit.Shared(report, share), share.Id), secret: url.AbsoluteUri);
    }

    private static async Task<IResult> RevokeAsync(
        string number, string shareId, HttpContext context, DashboardFrame frame, IClientReportStore reports, ShareDesk shares,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(context, number, reports, cancellationToken) is not { } report
            || await shares.RevokeAsync(context.CurrentProject(), report.Number, shareId, cancellationToken) is not { } revoked)
            return DashboardMessages.NotFound;
        return frame.Done(
            context, ReportListPage.PathOf(report), $"The address of {revoked.Share.Recipient} opens nothing any more.",
            ReportAudit.Revoked(report, revoked));
    }

    private static async Task<IResult> DeleteAsync(
        string number, HttpContext context, DashboardFrame frame, IClientReportStore reports, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, number, reports, cancellationToken) is not { } report
            || !await reports.DeleteAsync(report, cancellationToken))
            return DashboardMessages.NotFound;
        return frame.Done(
            context, ReportListPage.PathOf(context.CurrentProject()), $"{ReportAudit.Deleted(report)}.",
            new AuditNote(ReportAudit.Deleted(report), ReportAudit.About(report)));
    }

    private static async Task<IResult> WriteAsync(
        HttpContext context, DashboardFrame frame, ClientReport report, IReportShareStore store, ReportReading reading, ShareDesk shares,
        DateTimeOffset now, FormErrors errors, CancellationToken cancellationToken)
    {
        if (await reading.FiguresAsync(report, cancellationToken) is not { } kept)
            return DashboardMessages.NotFound;
        var moments = MomentMaker.Of(context.CurrentProject(), now);
        var path = ReportListPage.PathOf(report);
        var shared = await store.ListAsync(report.ProjectId, report.Number, cancellationToken);
        Field[] fields =
        [
            errors.Field("recipient", "Recipient", help: "Tells whose address it is; they do not see it.") with { IsNeeded = true },
            errors.Field(
                "validDays", "Works for so many days", ReportRequestReader.UsualDays.ToString(CultureInfo.InvariantCulture)) with
            { Type = "number" },
        ];
        return new SlicePage(
            Views.Slices.ReportDetail.Create(new ReportDetailModel
            {
                Frame = frame.Of(
                    context, string.Create(CultureInfo.InvariantCulture, $"Report {report.Number}: {WebText.Visible(report.Title)}"),
                    "reports").LeavingOut(shared.SetAside.Count, "address", "addresses"),
                Path = path,
                Facts = [.. FactsOf(report, moments)],
                Figures = ReportScreen.FiguresOf(kept.Figures, kept.Earlier),
                Compared = ReportScreen.ComparedOf(kept.Earlier),
                Shares =
                [
                    .. shared.Items.Select(share => new ShareLine(
                        $"{path}/shares/{share.Id}", WebText.Visible(share.Recipient), ReportScreen.NamesOf(share.Sections),
                        share.RevokedAt is not null ? "revoked" : share.IsOpenAt(now) ? "open" : "ended", moments.Of(share.ExpiresAt),
                        moments.Of(share.OpenedAt), share.Opened, share.IsOpenAt(now))),
                ],
                NewShare = fields,
                Sections = ReportScreen.BoxesOf([.. report.Sections]),
                Problems = [.. errors.Others(fields)],
                WhyNoShare = shares.CanShare ? null : ReportAudit.NoAddress,
            }),
            errors.Status);
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(ClientReport report, MomentMaker moments)
    {
        if (report.Client is { } client)
            yield return ("Client", WebText.Visible(client));
        yield return ("Period", ReportScreen.PeriodOf(report));
        yield return ("Filter", report.Line.Length == 0 ? "all links" : WebText.Cut(report.Line, 1_000));
        yield return ("Language", Language.NameOf(report.Language));
        yield return ("Shows", ReportScreen.NamesOf(report.Sections));
        yield return ("Made", $"{moments.Of(report.CreatedAt).Full} by {WebText.Visible(report.By.Name)}");
    }

    private static async Task<ClientReport?> FindAsync(
        HttpContext context, string number, IClientReportStore reports, CancellationToken cancellationToken) =>
        ReportNumber.Read(number) is { } read
            ? await reports.FindAsync(context.CurrentProject().Id, read, cancellationToken)
            : null;
}
