using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>
/// <c>/app/p/{id}/imports/{importId}</c>: what would come of a file, with the guess to change; then how far the import is, and what came
/// of it.
/// </summary>
internal static class ImportPage
{
    private const int CellLength = 60;
    private const int SampleCells = 3;

    public static void MapImportDetail(this IEndpointRouteBuilder project)
    {
        project.MapGet("/imports/{importId}", ShowAsync);
        project.MapGet("/imports/{importId}/progress", ProgressAsync);
        project.MapGet("/imports/{importId}/acts", ActsAsync);
        project.MapGet("/imports/{importId}/rejected.csv", RejectedAsync);
        project.MapPost("/imports/{importId}/look", LookAsync).RequireAuthorization(SessionScheme.Editor)
            .WithoutAudit("Nothing is written.");
        project.MapPost("/imports/{importId}/start", StartAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/imports/{importId}/cancel", CancelAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/imports/{importId}/retry", RetryAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/imports/{importId}/undo", UndoAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static async Task<IResult> ShowAsync(
        string importId, HttpContext context, DashboardFrame frame, IImportStore imports, ImportDesk desk, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(importId, context, imports, cancellationToken) is not { } run)
            return DashboardMessages.NotFound;
        if (run is { State: ImportState.Draft, Pieces: > 0 })
            return await ShowLookAsync(context, frame, desk, run, ImportChoices.FromJson(run.Choices), new FormErrors(), [],
                cancellationToken);
        var now = time.GetUtcNow();
        var page = frame.Of(context, WebText.Short(run.Name, 80), "imports") with { RefreshAfter = IsMoving(run, now) ? 3 : null };
        return new SlicePage(Views.Slices.ImportDetail.Create(new ImportDetailModel
        {
            Frame = page,
            Name = WebText.Short(run.Name, 200),
            Progress = PartOf(run, now),
            Acts = ActsOf(run, page.Visitor!, MomentMaker.Of(context.CurrentProject(), now)),
        }));
    }

    // Answered with 304 while nothing has changed; the last answer is of an import that is over.
    private static async Task<IResult> ProgressAsync(
        string importId, HttpContext context, IImportStore imports, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindAsync(importId, context, imports, cancellationToken) is not { } run)
            return DashboardMessages.NotFound;
        var now = time.GetUtcNow();
        if (EntityTags.IsKnown(context, $"{run.ChangedAt.UtcTicks:x}{(IsMoving(run, now) ? "" : "-still")}"))
            return Results.StatusCode(IsMoving(run, now) ? StatusCodes.Status304NotModified : StatusCodes.Status204NoContent);
        return new SlicePage(Views.Slices._ImportProgress.Create(PartOf(run, now)));
    }

    // Something is still to come of it: also of one that was cancelled, until the rows under way then are counted.
    private static bool IsMoving(ImportRun run, DateTimeOffset now) => run.IsOpen || ImportDesk.IsStopping(run, now);

    // The same for what can be done with it: that changes with its state alone, and is left as it is in people's hands until then.
    private static async Task<IResult> ActsAsync(
        string importId, HttpContext context, DashboardFrame frame, IImportStore imports, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(importId, context, imports, cancellationToken) is not { } run)
            return DashboardMessages.NotFound;
        var now = time.GetUtcNow();
        if (EntityTags.IsKnown(context, TagOf(run, now)))
            return Results.StatusCode(IsMoving(run, now) ? StatusCodes.Status304NotModified : StatusCodes.Status204NoContent);
        return new SlicePage(Views.Slices._ImportActs.Create(ActsOf(
            run, frame.VisitorOf(context)!, MomentMaker.Of(context.CurrentProject(), now))));
    }

    private static string TagOf(ImportRun run, DateTimeOffset now) =>
        $"{WireName.Of(run.State)}{(HasRejected(run) ? "-rejected" : "")}{(ImportDesk.CanUndo(run, now) ? "-undo" : "")}";

    private static bool HasRejected(ImportRun run) => run is { Pieces: > 0, Counts.Rejected: > 0 };

    private static ImportActs ActsOf(ImportRun run, Visitor visitor, MomentMaker moments)
    {
        var view = ImportView.Of(run);
        return new ImportActs(
            ImportListPage.PathOf(run), visitor.CanWrite ? visitor.Token : null, run.State is ImportState.Waiting or ImportState.Running,
            view.CanRetry, ImportDesk.CanUndo(run, moments.Now) ? moments.Of(view.UndoUntil) : null,
            HasRejected(run) ? $"{ImportListPage.PathOf(run)}/rejected.csv" : null,
            EntityTags.Weak(TagOf(run, moments.Now)).ToString());
    }

    private static async Task<IResult> RejectedAsync(
        string importId, HttpContext context, IImportStore imports, RejectedFile rejected, CancellationToken cancellationToken) =>
        await FindAsync(importId, context, imports, cancellationToken) is { Pieces: > 0, State: not ImportState.Draft } run
            ? Results.Stream(to => rejected.WriteAsync(run, to, cancellationToken), "text/csv; charset=utf-8", $"rejected-{run.Id}.csv")
            : DashboardMessages.NotFound;

    private static async Task<IResult> LookAsync(
        string importId, HttpContext context, DashboardFrame frame, IImportStore imports, ImportDesk desk,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(importId, context, imports, cancellationToken) is not { State: ImportState.Draft, Pieces: > 0 } run)
            return DashboardMessages.NotFound;
        using var file = await desk.OpenAsync(run, cancellationToken);
        var errors = new FieldErrors();
        var choices = ImportForm.Read(context.Request.Form, file, errors, cancellationToken);
        return await LookAtAsync(
            context, frame, desk, run, file, choices, FormErrors.Of(errors, context.Request.Form), [], cancellationToken);
    }

    private static async Task<IResult> StartAsync(
        string importId, HttpContext context, DashboardFrame frame, IImportStore imports, ImportDesk desk, SheetDesk sheets,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(importId, context, imports, cancellationToken) is not { } run)
            return DashboardMessages.NotFound;
        var path = ImportListPage.PathOf(run);
        if (run is not { State: ImportState.Draft, Pieces: > 0 })
            return frame.Refused(context, path, "It was begun before.");
        var (form, errors) = (context.Request.Form, new FieldErrors());
        using var file = await desk.OpenAsync(run, cancellationToken);
        var choices = ImportForm.Read(form, file, errors, cancellationToken);
        var sheet = ImportForm.IsPolled(form, errors, out var hours)
            ? sheets.Read(
                context.CurrentProject(), new SheetRequest { Url = run.Name, EveryHours = hours }, choices, context.Holder().Author, errors)
            : null;
        if (errors.Any)
            return await LookAtAsync(context, frame, desk, run, file, choices, FormErrors.Of(errors, form), [], cancellationToken);
        if (await desk.BeginAsync(run, choices, cancellationToken) is ImportStart.Refused refused)
            return await LookAtAsync(
                context, frame, desk, run, file, choices, FormErrors.Of(errors, form), [refused.Problem.Message], cancellationToken);
        if (sheet is not null && await sheets.AddAsync(sheet, cancellationToken) is { Why: { } why })
            return frame.Done(context, path, $"The import has begun. Nothing new is polled: {why}", ImportWords.Began(run));
        return frame.Done(
            context, path, sheet is null ? "The import has begun." : "The import has begun, and the sheet is polled from now on.",
            ImportWords.Began(run));
    }

    private static Task<IResult> CancelAsync(
        string importId, HttpContext context, DashboardFrame frame, IImportStore imports, ImportDesk desk,
        CancellationToken cancellationToken) =>
        ActAsync(
            importId, context, frame, imports, run => desk.CancelAsync(run, cancellationToken), ImportWords.TooLate,
            "The import is cancelled. What it had added stays, and can be undone.", ImportWords.Cancelled, cancellationToken);

    private static Task<IResult> RetryAsync(
        string importId, HttpContext context, DashboardFrame frame, IImportStore imports, ImportDesk desk,
        CancellationToken cancellationToken) =>
        ActAsync(
            importId, context, frame, imports, run => desk.RetryAsync(run, cancellationToken), ImportWords.NoRetry,
            "The import goes on.", ImportWords.Retried, cancellationToken);

    private static Task<IResult> UndoAsync(
        string importId, HttpContext context, DashboardFrame frame, IImportStore imports, ImportDesk desk,
        CancellationToken cancellationToken) =>
        ActAsync(
            importId, context, frame, imports, run => desk.UndoAsync(run, context.Holder().Author, cancellationToken), ImportWords.NoUndo,
            "The import is being undone.", ImportWords.Undoing, cancellationToken);

    /// <param name="act">Null when it was too late for it.</param>
    /// <param name="whyNot">Says why it was too late.</param>
    private static async Task<IResult> ActAsync(
        string importId, HttpContext context, DashboardFrame frame, IImportStore imports, Func<ImportRun, Task<ImportRun?>> act,
        Func<ImportRun, string> whyNot, string done, Func<ImportRun, AuditNote> note, CancellationToken cancellationToken)
    {
        if (await FindAsync(importId, context, imports, cancellationToken) is not { } run)
            return DashboardMessages.NotFound;
        var path = ImportListPage.PathOf(run);
        return await act(run) is null ? frame.Refused(context, path, whyNot(run)) : frame.Done(context, path, done, note(run));
    }

    private static Task<ImportRun?> FindAsync(
        string importId, HttpContext context, IImportStore imports, CancellationToken cancellationToken) =>
        imports.FindAsync(context.CurrentProject().Id, importId, cancellationToken);

    private static async Task<IResult> ShowLookAsync(
        HttpContext context, DashboardFrame frame, ImportDesk desk, ImportRun run, ImportChoices choices, FormErrors errors,
        IReadOnlyList<string> problems, CancellationToken cancellationToken)
    {
        using var file = await desk.OpenAsync(run, cancellationToken);
        return await LookAtAsync(context, frame, desk, run, file, choices, errors, problems, cancellationToken);
    }

    private static async Task<IResult> LookAtAsync(
        HttpContext context, DashboardFrame frame, ImportDesk desk, ImportRun run, SpooledFile file, ImportChoices choices,
        FormErrors errors, IReadOnlyList<string> problems, CancellationToken cancellationToken)
    {
        var survey = await desk.PreviewAsync(context.CurrentProject(), file, choices, cancellationToken);
        var asked = survey.Problem is { } problem ? ImportForm.Asked(problem, survey.File) : null;

        // Columns that cannot be are told beside those that the file has: there is nothing to choose from otherwise.
        if (survey is { File: null, Problem: { Asks: WantedWord.Columns } wrong })
            survey = (await desk.PreviewAsync(
                context.CurrentProject(), file, choices with { Columns = ImportChoices.None.Columns }, cancellationToken)) with
            {
                Problem = wrong,
                Counts = new ImportCounts(),
            };
        var fields = ImportForm.Fields(errors, choices, run, survey);
        return new SlicePage(Views.Slices.ImportLook.Create(new ImportLookModel
        {
            Frame = frame.Of(context, WebText.Short(run.Name, 80), "imports"),
            Path = ImportListPage.PathOf(run),
            Name = WebText.Short(run.Name, 200),
            Format = survey.File is { } read ? $"It is {read.Format}{(survey.Vendor is { } vendor ? $", from {vendor}" : "")}." : null,
            Problem = asked is null ? null : WebText.Cut(asked, 800),
            Figures = ImportListPage.FiguresOf(survey.Counts),
            ByScript = survey.ByScript,
            OtherKinds = survey.OtherKinds,
            Notices = [.. (survey.File?.Notices ?? []).Select(notice => WebText.Cut(notice, 400))],
            IsKnownCounted = survey.IsKnownCounted,
            Tables =
            [
                .. (survey.File?.Tables ?? []).Select((table, at) => TableOf(
                    table, survey.Marks.ElementAtOrDefault(at), survey.File!.Tables.Count == 1, cancellationToken)),
            ],
            Fields = fields,
            IsWithLost = choices.WithLost,
            Problems = [.. errors.Others(fields), .. problems.Select(text => WebText.Cut(text, 800))],
            Rejected = [.. survey.Rejected.Select(bad => new BadLine(PlaceOf(bad.Sheet, bad.Line), WebText.Cut(bad.Why, 300)))],
            Respelled =
            [
                .. survey.Respelled.Select(row => new RespelledLine(
                    PlaceOf(row.Sheet, row.Line), PlaceOf(row.FirstSheet, row.FirstLine), WebText.Cut(row.Page, 300),
                    WebText.Cut(row.Target, 300))),
            ],
        }), errors.Others([]).Count > 0 || problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static string PlaceOf(string? sheet, int line) => sheet is null
        ? string.Create(CultureInfo.InvariantCulture, $"line {line}")
        : string.Create(CultureInfo.InvariantCulture, $"{WebText.Short(sheet, CellLength)}, row {line}");

    private static LookedTable TableOf(LinkTable table, SheetMark? mark, bool isOpen, CancellationToken cancellationToken)
    {
        var sample = table.Cells(cancellationToken).Where(row => row.Wrong is null).Take(SampleCells).ToList();
        return new LookedTable(
            table.Sheet is { } sheet ? WebText.Visible(sheet) : null, WireName.Of(table.Columns.Certainty),
            WebText.Cut(table.Columns.Why, 400), isOpen,
            [
                .. table.Columns.Header.Zip(table.Columns.Roles).Select((column, at) => new LookedColumn(
                    at + 1, WebText.Short(column.First, CellLength), WireName.Of(column.Second),
                    [.. sample.Select(row => WebText.Short(row.At(at), CellLength)).Where(cell => cell.Length > 0)])),
            ])
        {
            Mark = mark switch
            {
                { Type: { } type } => $"Its links get the type '{type}', because the sheet is named so.",
                { Tag: { } tag } => $"Its links get the tag '{WebText.Visible(tag)}', the name of the sheet.",
                _ => null,
            },
        };
    }

    private static ImportProgressModel PartOf(ImportRun run, DateTimeOffset now)
    {
        var (counts, isUndo) = (run.Counts, run.State is ImportState.Undoing or ImportState.Undone);
        return new ImportProgressModel(
            ImportListPage.WordOf(run.State), ImportDesk.IsStopping(run, now) ? "The rows under way are still done." : SaidOf(run),
            IsMoving(run, now), isUndo ? Math.Min(counts.Undone, counts.Read) : counts.Read, counts.Rows,
            ImportListPage.FiguresOf(counts), Math.Min(counts.Removed, counts.Added), counts.Kept);
    }

    private static string SaidOf(ImportRun run) => run.State switch
    {
        ImportState.Draft => "The file was not begun, and is not kept any more.",
        ImportState.Waiting => "It begins in a moment.",
        ImportState.Running => "Links are being registered. You may leave this page.",
        ImportState.Done => "Every row was read. The first check of each link is what later ones are compared with; it tells nobody.",
        ImportState.Cancelled => "It was stopped. What it had added stays.",
        ImportState.Failed => WebText.Cut(run.Problem ?? "It could not be done.", 500),
        ImportState.Undoing => "What it added is being removed.",
        _ => "What it had added is removed, but for what somebody had changed.",
    };
}
