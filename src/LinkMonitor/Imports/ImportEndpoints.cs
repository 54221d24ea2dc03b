using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Queries;
using LinkMonitor.Auditing;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Retention;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace LinkMonitor.Imports;

/// <summary>The routes under <c>/api/v1/projects/{id}/imports</c>.</summary>
internal static class ImportEndpoints
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton<SheetFetcher>().AddSingleton<ImportBody>().AddSingleton<ImportDesk>().AddSingleton<ImportWork>()
        .AddSingleton<SheetPolling>().AddSingleton<ImportHandler>().AddSingleton<ImportSweep>()
        .AddSingleton<RejectedFile>().AddSingleton<SheetDesk>();

    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapProject().MapGroup("/imports").WithTags("Imports");
        imports.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("A project's imports, the newest first");
        imports.MapPost("/", StartAsync).RequireAuthorization(KeyPolicies.Write).WithFile()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Import a file of links of any known kind")
            .WithDescription(
                "The body is the file, a form with the file, or JSON that names an address or brings the text. 202 and the address of the "
                    + "import, whose progress is true at any time. With the header Idempotency-Key a repeated request is the same import. "
                    + "Links that are watched already stay as they are.");
        imports.MapPost("/preview", PreviewAsync).RequireAuthorization(KeyPolicies.Write).WithFile()
            .WithoutAudit("Nothing is written.")
            .WithSummary("What an import of a file would do; nothing is written")
            .WithDescription("With the guess which column is what, the rows that would be rejected and why, and the first links.");
        imports.MapGet("/{importId}", GetAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("One import, and how far it is");
        imports.MapGet("/{importId}/rejected.csv", RejectedAsync).RequireAuthorization(KeyPolicies.Read)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .WithSummary("The rows of an import that are no links, with line and reason");
        imports.MapPost("/{importId}/cancel", CancelAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Stop an import; what it has added stays");
        imports.MapPost("/{importId}/retry", RetryAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Go on with an import that was given up for a fault that was not the file's");
        imports.MapPost("/{importId}/undo", UndoAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Remove what an import has added and nobody has changed since");
    }

    /// <summary>A route that takes a file, however it comes.</summary>
    private static RouteHandlerBuilder WithFile(this RouteHandlerBuilder route) => route
        .WithBodyLimit(SpooledFile.MaxBytes + BodyLimits.One)
        .Accepts<ImportSource>(
            "application/json", "text/csv", "text/plain", "text/tab-separated-values", "application/octet-stream",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel", "multipart/form-data",
            "application/x-www-form-urlencoded")
        .WithMetadata(new TellsErrors())
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var (type, content) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (type != "application/json")
                    content.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            }

            return Task.CompletedTask;
        });

    private static async Task<Ok<SliceView<ImportView>>> ListAsync(
        string projectId,
        [PageLimit] int? limit,
        [CursorOf(ListNames.Imports, "projectId")] string? cursor,
        HttpContext context,
        IImportStore imports,
        CancellationToken cancellationToken)
    {
        var slice = await imports.ListAsync(
            context.CurrentProject().Id, limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(ImportView.Of));
    }

    private static async Task<Results<Accepted<ImportView>, ValidationProblem, ProblemHttpResult>> StartAsync(
        string projectId, [AsParameters] ImportQuery query, HttpContext context, ImportBody body, ImportDesk desk,
        CancellationToken cancellationToken, [FromHeader(Name = IdempotencyKey.Header)] string? key = null)
    {
        var errors = QueryErrors.Of(context);
        var choices = ImportChoicesReader.Read(query, errors);
        var once = IdempotencyKey.Read(key, errors);
        if (errors.Any || await body.ReadAsync(context, errors, cancellationToken) is not var (read, name))
            return Problems.Invalid(errors.ToDictionary());
        using var file = read;
        var order = new ImportOrder(context.CurrentProject().Id, query.Name ?? name, choices, context.Holder().Author)
        {
            Key = once,
        };
        return await desk.TakeAsync(order, file, cancellationToken) switch
        {
            ImportStart.Begun begun => Begun(context, begun),
            ImportStart.Refused refused => Problems.Invalid(FieldOf(refused.Problem.Asks), refused.Problem.Message),
            ImportStart.Taken taken => IdempotencyKey.Taken(
                $"It stands for the import {taken.Earlier.Id} of another file, or with other choices. Nothing was imported."),
            _ => throw new InvalidOperationException("An import came to nothing that is known."),
        };
    }

    private static Accepted<ImportView> Begun(HttpContext context, ImportStart.Begun begun)
    {
        if (begun.IsNew)
            context.Audit(ImportWords.Began(begun.Run));
        return TypedResults.Accepted(
            $"/api/v1/projects/{begun.Run.ProjectId}/imports/{begun.Run.Id}", ImportView.Of(begun.Run));
    }

    /// <summary>The query parameter that would help.</summary>
    private static string FieldOf(Encodings.WantedWord asks) => asks switch
    {
        Encodings.WantedWord.Encoding => "encoding",
        Encodings.WantedWord.Target => "target",
        Encodings.WantedWord.Columns => "columns",
        Encodings.WantedWord.Sheet => "sheet",
        _ => "$",
    };

    private static async Task<Results<Ok<ImportPreview>, ValidationProblem>> PreviewAsync(
        string projectId, [AsParameters] ImportQuery query, HttpContext context, ImportBody body, ImportDesk desk,
        CancellationToken cancellationToken)
    {
        var errors = QueryErrors.Of(context);
        var choices = ImportChoicesReader.Read(query, errors);
        if (errors.Any || await body.ReadAsync(context, errors, cancellationToken) is not var (read, _))
            return Problems.Invalid(errors.ToDictionary());
        using var file = read;
        return TypedResults.Ok(ImportPreview.Of(
            await desk.PreviewAsync(context.CurrentProject(), file, choices, cancellationToken)));
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> GetAsync(
        string projectId, string importId, HttpContext context, IImportStore imports, CancellationToken cancellationToken) =>
        await imports.FindAsync(context.CurrentProject().Id, importId, cancellationToken) is { } run
            ? TypedResults.Ok(ImportView.Of(run))
            : NotFound(importId);

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> RejectedAsync(
        string projectId, string importId, HttpContext context, IImportStore imports, RejectedFile rejected,
        CancellationToken cancellationToken)
    {
        if (await imports.FindAsync(context.CurrentProject().Id, importId, cancellationToken) is not { } run)
            return NotFound(importId);
        return run.Pieces == 0 || run.State == ImportState.Draft
            ? Problems.NotFound($"The file of the import '{importId}' is not kept any more, or its import was not begun.")
            : TypedResults.Stream(
                to => rejected.WriteAsync(run, to, cancellationToken), "text/csv; charset=utf-8", $"rejected-{run.Id}.csv");
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> CancelAsync(
        string projectId, string importId, HttpContext context, IImportStore imports, ImportDesk desk, CancellationToken cancellationToken)
    {
        if (await imports.FindAsync(context.CurrentProject().Id, importId, cancellationToken) is not { } run)
            return NotFound(importId);
        if (await desk.CancelAsync(run, cancellationToken) is not { } cancelled)
            return Problems.Conflict("The import is over.", ImportWords.TooLate(run));
        context.Audit(ImportWords.Cancelled(run));
        return TypedResults.Ok(ImportView.Of(cancelled));
    }

    private static async Task<Results<Accepted<ImportView>, ProblemHttpResult>> UndoAsync(
        string projectId, string importId, HttpContext context, IImportStore imports, ImportDesk desk, CancellationToken cancellationToken)
    {
        if (await imports.FindAsync(context.CurrentProject().Id, importId, cancellationToken) is not { } run)
            return NotFound(importId);
        if (await desk.UndoAsync(run, context.Holder().Author, cancellationToken) is not { } undoing)
            return Problems.Conflict("There is nothing to undo.", ImportWords.NoUndo(run));
        context.Audit(ImportWords.Undoing(run));
        return TypedResults.Accepted($"/api/v1/projects/{run.ProjectId}/imports/{run.Id}", ImportView.Of(undoing));
    }

    private static async Task<Results<Accepted<ImportView>, ProblemHttpResult>> RetryAsync(
        string projectId, string importId, HttpContext context, IImportStore imports, ImportDesk desk, CancellationToken cancellationToken)
    {
        if (await imports.FindAsync(context.CurrentProject().Id, importId, cancellationToken) is not { } run)
            return NotFound(importId);
        if (await desk.RetryAsync(run, cancellationToken) is not { } again)
            return Problems.Conflict("It cannot be tried again.", ImportWords.NoRetry(run));
        context.Audit(ImportWords.Retried(run));
        return TypedResults.Accepted($"/api/v1/projects/{run.ProjectId}/imports/{run.Id}", ImportView.Of(again));
    }

    private static ProblemHttpResult NotFound(string importId) =>
        Problems.NotFound($"There is no import '{FieldErrors.Cut(importId)}'.");
}

/// <summary>What is said of imports in the API, in the dashboard and in the audit log.</summary>
internal static class ImportWords
{
    public static AuditNote Kept(ImportRun run) => new($"Laid '{run.Name}' ready for an import", run.Id);

    public static AuditNote Began(ImportRun run) => new($"Began the import of '{run.Name}'", run.Id);

    public static AuditNote Cancelled(ImportRun run) => new($"Cancelled the import of '{run.Name}'", run.Id);

    public static AuditNote Undoing(ImportRun run) => new($"Began to undo the import of '{run.Name}'", run.Id);

    public static AuditNote Retried(ImportRun run) => new($"Went on with the import of '{run.Name}'", run.Id);

    public static string NoRetry(ImportRun run) => run.State == ImportState.Failed
        ? "It was given up for what stands in its file, or the file is not kept any more. Import a mended file."
        : "It was not given up.";

    public static string TooLate(ImportRun run) => run.State switch
    {
        ImportState.Done => "It is done. It can be undone instead.",
        ImportState.Cancelled => "It was cancelled before.",
        _ => "It is neither waiting nor running.",
    };

    public static string NoUndo(ImportRun run) => run switch
    {
        { State: ImportState.Undone or ImportState.Undoing } => "It is undone, or being undone, already.",
        { IsOpen: true } => "It is still running. Cancel it first.",
        { Counts.Added: 0, State: ImportState.Cancelled, Worker: not null } => "The rows under way are still done. Try again in a minute.",
        { Counts.Added: 0 } => "It has added no link.",
        _ => $"That is possible for {ImportRetention.Undoable.Days} days.",
    };
}
