using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Queries;
using LinkMonitor.Auditing;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Sharing;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.ClientReports;

/// <summary>
/// The reports for clients under <c>/api/v1/projects/{id}/reports</c>, and where they are read at <c>/s/client-reports</c>.
/// </summary>
internal static class ClientReportEndpoints
{
    // 256 KB in base64, and what JSON makes of it.
    private const int BrandBytes = 512 * 1024;

    public static IServiceCollection AddClientReports(this IServiceCollection services) => services
        .AddSingleton<ReportReading>().AddSingleton<ReportMaker>().AddSingleton<ShareDesk>().AddSingleton<ReportReadout>();

    /// <summary>A report for whoever was sent its address: no key, no session, and nothing but that report.</summary>
    public static void MapSharedClientReports(this IEndpointRouteBuilder app) =>
        app.MapGroup("/s/client-reports").ExcludeFromDescription().WithBodyLimit(BodyLimits.Form)
            .WithTokenLimit(PublicAddresses.IsOursAsync)
            .MapGet("/{token}", async (
                string token, HttpContext context, ShareDesk shares, ReportReadout pages, CancellationToken cancellationToken) =>
                await shares.OpenAsync(token, cancellationToken) is { } opened
                    && await pages.ShowAsync(opened.Report, opened.Share.Sections, context.Request.Query, cancellationToken) is { } page
                    ? page
                    : PublicPage.NotFound);

    public static void MapClientReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapProject().MapGroup("/reports").WithTags("Reports");
        reports.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("A project's reports, the newest first");
        reports.MapPost("/", MakeAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Make a report for a client: frozen, numbered, and compared with the last of the same filter")
            .WithDescription(
                "All links that the filter finds are read once and kept as they are: nothing that happens afterwards changes the report. "
                    + "At most 100,000 links and 100,000 changes. With the header Idempotency-Key a repeated request is the same report.");
        reports.MapPost("/preview", PreviewAsync).RequireAuthorization(KeyPolicies.Write)
            .WithoutAudit("Nothing is written.")
            .WithSummary("The figures that a report would have; nothing is written")
            .WithDescription("From the lists in memory, without parts of pages and days: the report itself reads every link anew.");
        reports.MapGet("/{number}", GetAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("One report with its figures, and those it is compared with");
        reports.MapGet("/{number}/links", LinksAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("The links of a report, as they were; in parts of at most a thousand");
        reports.MapGet("/{number}/changes", ChangesAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("The changes of a report's period: gained, lost, or all others; in parts of at most a thousand");
        reports.MapGet("/{number}/page", PageAsync).RequireAuthorization(KeyPolicies.Read)
            .Produces(StatusCodes.Status200OK, contentType: "text/html")
            .WithSummary("The report as a page to read or to print, with the sections that it was made with");
        reports.MapDelete("/{number}", DeleteAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Delete a report with its addresses; its number is not given again");
        reports.MapGet("/{number}/shares", SharesAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("Who has an address of a report, and when it was opened last");
        reports.MapPost("/{number}/shares", ShareAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Make an address of a report for one recipient; it is told this once")
            .WithDescription("Anyone with the address reads the sections of this report that it has, and nothing else, until it ends or is "
                + "revoked.");
        reports.MapDelete("/{number}/shares/{shareId}", RevokeAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Revoke one recipient's address; it stays in the list");
        reports.MapGet("/brand", BrandAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("How reports to come will look");
        reports.MapPut("/brand", PutBrandAsync).RequireAuthorization(KeyPolicies.Write).WithBodyLimit(BrandBytes)
            .WithSummary("Set your name, colour and logo for reports to come; those that are made stay as they are");
    }

    private static async Task<Ok<SliceView<ReportView>>> ListAsync(
        string projectId,
        [PageLimit] int? limit,
        [CursorOf(ListNames.Reports, "projectId")] string? cursor,
        HttpContext context,
        IClientReportStore reports,
        CancellationToken cancellationToken)
    {
        var slice = await reports.ListAsync(
            context.CurrentProject().Id, limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(ReportView.Of));
    }

    private static async Task<Results<Created<ReportDetail>, ValidationProblem, ProblemHttpResult>> MakeAsync(
        string projectId, Body<ReportRequest> body, HttpContext context, ReportMaker maker, ReportReading reading, NamedTypes types,
        TimeProvider time,
        CancellationToken cancellationToken, [FromHeader(Name = IdempotencyKey.Header)] string? key = null)
    {
        var project = context.CurrentProject();
        var once = IdempotencyKey.Read(key, body.Errors);
        await types.CheckAsync(project, body.Value.Filter, problem => body.Errors.Add("filter", problem), cancellationToken);
        if (ReportRequestReader.Read(body.Value, project, time.GetUtcNow(), body.Errors) is not { } order)
            return Problems.Invalid(body.Errors.ToDictionary());
        var made = await maker.MakeAsync(project, order, context.Holder().Author, once, cancellationToken);
        switch (made)
        {
            case ReportOutcome.TooMuch much:
                return Problems.Invalid("filter", much.Why);
            case ReportOutcome.Taken taken:
                return IdempotencyKey.Taken(ReportAudit.Taken(taken.Number));
            case ReportOutcome.Made { Report: var report, IsNew: var isNew }:
                if (isNew)
                    context.Audit(ReportAudit.Made(report), ReportAudit.About(report));
                var number = report.Number.ToString(CultureInfo.InvariantCulture);
                return await DetailAsync(report, reading, cancellationToken) is { } detail
                    ? TypedResults.Created($"/api/v1/projects/{project.Id}/reports/{number}", detail)
                    : NotFound(number);
            default:
                throw new InvalidOperationException("A report came to nothing that is known.");
        }
    }

    private static async Task<Results<Ok<ReportPreviewView>, ValidationProblem>> PreviewAsync(
        string projectId, Body<ReportRequest> body, HttpContext context, ReportMaker maker, LinkLists lists, NamedTypes types,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        await types.CheckAsync(project, body.Value.Filter, problem => body.Errors.Add("filter", problem), cancellationToken);
        if (ReportRequestReader.Read(body.Value, project, time.GetUtcNow(), body.Errors) is not { } order)
            return Problems.Invalid(body.Errors.ToDictionary());
        var preview = await maker.PreviewAsync(project, order, await lists.OpenAsync(project, cancellationToken), cancellationToken);
        return TypedResults.Ok(new ReportPreviewView(preview.Figures, preview.Earlier, preview.Problem));
    }

    private static async Task<Results<Ok<ReportDetail>, ProblemHttpResult>> GetAsync(
        string projectId, string number, HttpContext context, IClientReportStore reports, ReportReading reading,
        CancellationToken cancellationToken) =>
        await FindAsync(context, number, reports, cancellationToken) is { } report
            && await DetailAsync(report, reading, cancellationToken) is { } detail
            ? TypedResults.Ok(detail)
            : NotFound(number);

    private static async Task<Results<Ok<ReportRows<ReportedLink>>, ProblemHttpResult>> LinksAsync(
        string projectId, string number, [PartNumber] int? part, HttpContext context, IClientReportStore reports, ReportReading reading,
        CancellationToken cancellationToken) =>
        await FindAsync(context, number, reports, cancellationToken) is { } report
            && await reading.LinksAsync(report, ReportPiece.Links, part ?? 1, cancellationToken) is { } rows
            ? TypedResults.Ok(rows)
            : NotFound(number);

    private static async Task<Results<Ok<ReportRows<ReportedChange>>, ProblemHttpResult>> ChangesAsync(
        string projectId, string number, [NameOf<ReportedList>] string? list, [PartNumber] int? part, HttpContext context,
        IClientReportStore reports, ReportReading reading, CancellationToken cancellationToken)
    {
        var name = list is ReportPiece.Lost or ReportPiece.Changes ? list : ReportPiece.Gained;
        return await FindAsync(context, number, reports, cancellationToken) is { } report
            && await reading.ChangesAsync(report, name, part ?? 1, cancellationToken) is { } rows
            ? TypedResults.Ok(rows)
            : NotFound(number);
    }

    private static async Task<IResult> PageAsync(
        string projectId, string number, [PartNumber] int? links, [PartNumber] int? gained, [PartNumber] int? lost,
        [PartNumber] int? changes, [PartNumber][FromQuery(Name = ReportPiece.NotVerified)] int? notVerified, HttpContext context,
        IClientReportStore reports, ReportReadout pages, CancellationToken cancellationToken) =>
        await FindAsync(context, number, reports, cancellationToken) is { } report
            && await pages.ShowAsync(report, report.Sections, context.Request.Query, cancellationToken) is { } page
            ? page
            : NotFound(number);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, string number, HttpContext context, IClientReportStore reports, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, number, reports, cancellationToken) is not { } report
            || !await reports.DeleteAsync(report, cancellationToken))
            return NotFound(number);
        context.Audit(ReportAudit.Deleted(report), ReportAudit.About(report));
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<SliceView<ShareView>>, ProblemHttpResult>> SharesAsync(
        string projectId, string number, HttpContext context, IClientReportStore reports, IReportShareStore shares,
        CancellationToken cancellationToken) =>
        await FindAsync(context, number, reports, cancellationToken) is { } report
            ? TypedResults.Ok((await shares.ListAsync(report.ProjectId, report.Number, cancellationToken)).View(ShareView.Of))
            : NotFound(number);

    private static async Task<Results<Created<NewShareView>, ValidationProblem, ProblemHttpResult>> ShareAsync(
        string projectId, string number, Body<ShareRequest> body, HttpContext context, IClientReportStore reports, ShareDesk shares,
        CancellationToken cancellationToken)
    {
        // What is wrong with the request itself is told whatever it is about.
        if (body.Errors.Any)
            return Problems.Invalid(body.Errors.ToDictionary());
        var project = context.CurrentProject();
        if (await FindAsync(context, number, reports, cancellationToken) is not { } report)
            return NotFound(number);
        if (ReportRequestReader.Read(body.Value, report, body.Errors) is not var (recipient, sections, valid))
            return Problems.Invalid(body.Errors.ToDictionary());
        if (!shares.CanShare)
            return Problems.BadRequest("This installation has no public address.", ReportAudit.NoAddress);
        if (await shares.MakeAsync(project, report, recipient, sections, valid, context.Holder().Author, cancellationToken)
            is not var (share, url))
            return Problems.Conflict("The report has as many addresses as it can.", ReportAudit.TooManyShares);
        context.Audit(ReportAudit.Shared(report, share), share.Id);
        return TypedResults.Created(
            $"/api/v1/projects/{project.Id}/reports/{report.Number.ToString(CultureInfo.InvariantCulture)}/shares",
            new NewShareView(ShareView.Of(share), url));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string projectId, string number, string shareId, HttpContext context, IClientReportStore reports, ShareDesk shares,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(context, number, reports, cancellationToken) is not { } report)
            return NotFound(number);
        if (await shares.RevokeAsync(context.CurrentProject(), report.Number, shareId, cancellationToken) is not { } revoked)
            return Problems.NotFound($"Report {report.Number} has no address '{FieldErrors.Cut(shareId)}'.");
        context.Audit(ReportAudit.Revoked(report, revoked));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<BrandView>> BrandAsync(
        string projectId, HttpContext context, IClientReportStore reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(BrandView.Of((await reports.FindBrandAsync(context.CurrentProject().Id, cancellationToken)).Brand));

    private static async Task<Results<Ok<BrandView>, ValidationProblem>> PutBrandAsync(
        string projectId, Body<BrandRequest> body, HttpContext context, IClientReportStore reports, CancellationToken cancellationToken)
    {
        if (ReportRequestReader.Read(body.Value, body.Errors) is not { } brand)
            return Problems.Invalid(body.Errors.ToDictionary());
        var project = context.CurrentProject().Id;
        var before = await reports.FindBrandAsync(project, cancellationToken);
        await reports.PutBrandAsync(project, brand, cancellationToken);
        context.Audit(ReportAudit.Branded(before, brand));
        return TypedResults.Ok(BrandView.Of(brand.Brand));
    }

    private static async Task<ReportDetail?> DetailAsync(
        ClientReport report, ReportReading reading, CancellationToken cancellationToken) =>
        await reading.FiguresAsync(report, cancellationToken) is { } kept
            ? new ReportDetail(ReportView.Of(report), kept.Figures, kept.Earlier, report.Pieces) : null;

    private static async Task<ClientReport?> FindAsync(
        HttpContext context, string number, IClientReportStore reports, CancellationToken cancellationToken) =>
        ReportNumber.Read(number) is { } read
            ? await reports.FindAsync(context.CurrentProject().Id, read, cancellationToken)
            : null;

    private static ProblemHttpResult NotFound(string number) => Problems.NotFound($"There is no report '{FieldErrors.Cut(number)}'.");
}

/// <summary>The number of a report in an address: digits as we write them, and no others.</summary>
internal static class ReportNumber
{
    /// <returns>Null for anything else.</returns>
    public static int? Read(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && text[0] != '0' ? number : null;
}

/// <summary>The lists of changes of a report.</summary>
internal enum ReportedList
{
    /// <summary>Links that came.</summary>
    Gained,

    /// <summary>Links that went.</summary>
    Lost,

    /// <summary>All other changes.</summary>
    Changes,
}

/// <summary>A part of a list, from 1; the first by default.</summary>
internal sealed class PartNumberAttribute : QueryRuleAttribute
{
    /// <summary>More than any list has.</summary>
    public const int Most = 100_000;

    public override string? Problem(string text, RouteValueDictionary route) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part is >= 1 and <= Most
            ? null
            : $"A whole number from 1 to {Most.ToString(CultureInfo.InvariantCulture)}; it is '{FieldErrors.Cut(text)}'.";
}

/// <summary>What is said of reports in the API, the dashboard and the audit log.</summary>
internal static class ReportAudit
{
    public const string NoAddress = "Set LinkMonitor:PublicUrl to the address where readers reach it.";

    public static readonly string TooManyShares =
        $"It has {ReportShare.MostOfReport}, those that are over included. Make a new report.";

    public static string Taken(int number) =>
        $"It stands for report {number}, which was ordered otherwise or is deleted. Nothing was made.";

    public static string Made(ClientReport report) => $"Made report {report.Number}, '{report.Title}'";

    public static string Deleted(ClientReport report) => $"Deleted report {report.Number}, '{report.Title}'";

    public static string Shared(ClientReport report, ReportShare share) =>
        $"Made an address of report {report.Number} for '{share.Recipient}'";

    /// <summary>What the audit log says of a brand; null when nothing changed.</summary>
    public static AuditNote? Branded(KeptBrand before, KeptBrand after)
    {
        List<string> names = [];
        if (before.Brand.Name != after.Brand.Name)
            names.Add("name");
        if (before.Brand.Accent != after.Brand.Accent)
            names.Add("accent");
        if (!before.Logo.Span.SequenceEqual(after.Logo.Span))
            names.Add("logo");
        return names.Count == 0 ? null : new AuditNote($"Changed {AuditWords.Named(names)} of reports to come", null);
    }

    /// <summary>What the audit log says of an address; null when it was revoked before.</summary>
    public static AuditNote? Revoked(ClientReport report, RevokedShare revoked) => revoked.IsNew
        ? new AuditNote($"Revoked the address of report {report.Number} of '{revoked.Share.Recipient}'", revoked.Share.Id) : null;

    /// <summary>What an entry is about.</summary>
    public static string About(ClientReport report) => $"report {report.Number.ToString(CultureInfo.InvariantCulture)}";
}
