using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/imports</c>: the imports of a project, the sheets that are polled, and the form that takes a file.</summary>
internal static class ImportListPage
{
    private const int PageSize = 50;
    private const int NameLength = 80;

    public static void MapImportList(this IEndpointRouteBuilder project)
    {
        project.MapGet("/imports", (
                HttpContext context, DashboardFrame frame, IImportStore imports, IPolledSheetStore sheets, TimeProvider time,
                CancellationToken cancellationToken, string? cursor = null) =>
            ShowAsync(context, frame, imports, sheets, new FormErrors(), time.GetUtcNow(), cursor, cancellationToken));
        project.MapPost("/imports", TakeAsync).RequireAuthorization(SessionScheme.Editor)
            .WithBodyLimit(SpooledFile.MaxBytes + BodyLimits.One);
        project.MapPost("/sheets/{sheetId}/delete", StopAsync).RequireAuthorization(SessionScheme.Editor);
    }

    /// <summary>The address of an import's page.</summary>
    public static string PathOf(ImportRun run) => PathOf(run.ProjectId.Value, run.Id);

    private static string PathOf(string project, string import) => $"/app/p/{project}/imports/{import}";

    public static ImportFigures FiguresOf(ImportCounts counts) => new(
        counts.Rows, counts.Read, counts.Added, counts.Known, counts.Rejected, counts.Lost, counts.Own, counts.Twice,
        counts.Respelled, counts.Unreadable);

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, IImportStore imports, IPolledSheetStore sheets, FormErrors errors, DateTimeOffset now,
        string? cursor, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var moments = MomentMaker.Of(project, now);
        var slice = await imports.ListAsync(project.Id, PageSize, cursor, cancellationToken);
        var polled = await sheets.ListAsync(project.Id, cancellationToken);
        Field[] fields =
        [
            errors.Field("text", "Or paste links", help: "With a header, or one page a line.") with { Type = "textarea" },
            errors.Field("url", "Or the address of a file or a published sheet") with { Type = "url" },
        ];
        return new SlicePage(Views.Slices.Imports.Create(new ImportsModel
        {
            Frame = frame.Of(context, "Imports", "imports").LeavingOut(slice.SetAside, "import").LeavingOut(polled.SetAside.Count, "sheet"),
            Fields = fields,
            Problems = errors.Others(fields),
            Imports =
            [
                .. slice.Items.Select(run => new ImportLine(
                    PathOf(run), WebText.Short(run.Name, NameLength), WordOf(run.State), WebText.Visible(run.By.Name),
                    moments.Of(run.CreatedAt), FiguresOf(run.Counts))),
            ],
            Sheets =
            [
                .. polled.Items.Select(sheet => new SheetLine(
                    $"/app/p/{project.Id}/sheets/{sheet.Id}", WebText.Short(sheet.Url, NameLength),
                    (long)sheet.Every.TotalHours is > 1 and var hours ? $"every {CountText.Of(hours, "hour")}" : "every hour",
                    moments.Of(sheet.NextAt), sheet.Outcome is { } outcome ? WebText.Cut(outcome, 300) : null,
                    sheet.ImportId is { } import ? PathOf(project.Id.Value, import) : null)),
            ],
            Pager = Paging.Of(context, slice.Cursor, cursor),
            MaxMegabytes = SpooledFile.MaxBytes / 1024 / 1024,
        }), errors.Status);
    }

    private static async Task<IResult> TakeAsync(
        HttpContext context, DashboardFrame frame, ImportDesk desk, ImportBody body, IImportStore imports, IPolledSheetStore sheets,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var (form, errors) = (context.Request.Form, new FieldErrors());
        if (await ReadAsync(form, body, errors, cancellationToken) is not var (read, name))
            return await ShowAsync(
                context, frame, imports, sheets, FormErrors.Of(errors, form), time.GetUtcNow(), null, cancellationToken);
        using var file = read;
        var order = new ImportOrder(
            context.CurrentProject().Id, name, ImportChoices.None, context.Holder().Author, IsDraft: true);
        return await desk.TakeAsync(order, file, cancellationToken) is ImportStart.Begun begun
            ? frame.Done(
                context, PathOf(begun.Run), "The file is here. See what would come of it.",
                ImportWords.Kept(begun.Run))
            : throw new InvalidOperationException("A file that is only looked at was refused.");
    }

    private static async Task<(SpooledFile File, string Name)?> ReadAsync(
        IFormCollection form, ImportBody body, FieldErrors errors, CancellationToken cancellationToken)
    {
        var text = form["text"].ToString();
        var url = form.Text("url");
        var file = form.Files.GetFile("file");

        // Whoever gave two of them would wait for the other in vain.
        if (Ways(text, url, file) > 1)
        {
            errors.Add(
                url.Length > 0 ? "url" : "text", "Give one of the three, and the others by themselves: a file, links, or an address.");
            return null;
        }

        if (file is { Length: 0, FileName.Length: > 0 })
        {
            errors.Add("file", $"The file '{FieldErrors.Cut(file.FileName)}' is empty. Choose another.");
            return null;
        }

        if (file is { Length: > 0 })
        {
            await using var stream = file.OpenReadStream();
            if (await SpooledFile.TakeAsync(stream, cancellationToken) is { } spooled)
                return (spooled, file.FileName);
            errors.Add("file", string.Create(
                CultureInfo.InvariantCulture, $"The file has more than {SpooledFile.MaxBytes / 1024 / 1024} MB. Split it."));
            return null;
        }

        var source = text.Trim().Length > 0
            ? new ImportSource { Text = text }
            : new ImportSource { Url = url.Length > 0 ? url : null };
        if (source is not { Text: null, Url: null })
            return await body.OfAsync(source, errors, cancellationToken);
        errors.Add("file", "Choose a file, paste links, or give an address.");
        return null;
    }

    private static int Ways(string text, string url, IFormFile? file) =>
        (text.Trim().Length > 0 ? 1 : 0) + (url.Length > 0 ? 1 : 0) + (file is { FileName.Length: > 0 } ? 1 : 0);

    private static async Task<IResult> StopAsync(
        string sheetId, HttpContext context, DashboardFrame frame, IPolledSheetStore sheets, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (!await sheets.DeleteAsync(project.Id, sheetId, cancellationToken))
            return DashboardMessages.NotFound;
        return frame.Done(
            context, $"/app/p/{project.Id}/imports", "The sheet is not asked for any more. Its links stay.",
            new AuditNote("Polls a sheet no more", sheetId));
    }

    /// <summary>A state of an import, for people.</summary>
    public static string WordOf(ImportState state) => state switch
    {
        ImportState.Draft => "looked at",
        ImportState.Undoing => "being undone",
        _ => WireName.Of(state),
    };
}
