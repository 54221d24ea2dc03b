using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Imports;

/// <summary>A published sheet to keep in step with.</summary>
public sealed record SheetRequest : IRequestBody<SheetRequest>
{
    static JsonTypeInfo<SheetRequest> IRequestBody<SheetRequest>.Shape => ImportJson.Default.SheetRequest;

    /// <summary>Its address: http or https.</summary>
    public string? Url { get; init; }

    /// <summary>How often it is asked for, in hours: 1 to 744, 24 by default.</summary>
    public int? EveryHours { get; init; }
}

/// <summary>The routes under <c>/api/v1/projects/{id}/sheets</c>.</summary>
internal static class SheetEndpoints
{
    public static void MapSheets(this IEndpointRouteBuilder api)
    {
        var sheets = api.MapProject().MapGroup("/sheets").WithTags("Imports");
        sheets.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("The published sheets that are polled");
        sheets.MapPost("/", CreateAsync).RequireAuthorization(KeyPolicies.Write).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Keep a project in step with a published sheet")
            .WithDescription(
                "When it has changed, what is new in it is imported as a batch of its own. Links that it does not list any more stay. A "
                    + "project has at most 20. The query says how the file is read, as for an import.");
        sheets.MapDelete("/{sheetId}", DeleteAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Poll a sheet no more; what was imported stays");
    }

    private static async Task<Ok<SliceView<SheetView>>> ListAsync(
        string projectId, HttpContext context, IPolledSheetStore sheets, CancellationToken cancellationToken) =>
        TypedResults.Ok((await sheets.ListAsync(context.CurrentProject().Id, cancellationToken)).View(SheetView.Of));

    private static async Task<Results<Created<SheetView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        string projectId, Body<SheetRequest> body, [AsParameters] ImportQuery query, HttpContext context, SheetDesk desk,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var choices = ImportChoicesReader.Read(query, body.Errors);
        if (desk.Read(project, body.Value, choices, context.Holder().Author, body.Errors) is not { } sheet)
            return Problems.Invalid(body.Errors.ToDictionary());
        var (added, why) = await desk.AddAsync(sheet, cancellationToken);
        if (added is null)
            return Problems.Conflict("The sheet was not added.", why!);
        context.Audit($"Polls the sheet {added.Url}", added.Id);
        return TypedResults.Created($"/api/v1/projects/{project.Id}/sheets/{added.Id}", SheetView.Of(added));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, string sheetId, HttpContext context, IPolledSheetStore sheets, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await sheets.FindAsync(project.Id, sheetId, cancellationToken) is not { } sheet
            || !await sheets.DeleteAsync(project.Id, sheetId, cancellationToken))
            return Problems.NotFound($"There is no sheet '{FieldErrors.Cut(sheetId)}'.");
        context.Audit($"Polls the sheet {sheet.Url} no more", sheet.Id);
        return TypedResults.NoContent();
    }
}

/// <summary>Adds sheets to poll.</summary>
internal sealed class SheetDesk(
    IPolledSheetStore sheets, SheetFetcher fetcher, Storage.Queues.IWorkQueues queues, TimeProvider time)
{
    private const int Most = 20;
    private const int MostHours = 744;

    /// <summary>Null exactly when there are errors.</summary>
    public PolledSheet? Read(Project project, SheetRequest request, ImportChoices choices, Author by, FieldErrors errors)
    {
        var hours = request.EveryHours ?? 24;
        if (hours is < 1 or > MostHours)
            errors.Add("everyHours", $"1 to {MostHours}; it is {hours}.");
        if (string.IsNullOrWhiteSpace(request.Url))
            errors.AddIfNone("url", "Say where the sheet is.");
        else if (fetcher.Wrong(request.Url, out _) is { } wrong)
            errors.Add("url", wrong);
        else if (request.Url.Length > 2_000)
            errors.Add("url", $"At most 2000 characters; it has {request.Url.Length}.");
        var now = time.GetUtcNow();
        return errors.Any ? null : new PolledSheet
        {
            ProjectId = project.Id,
            Id = ImportIds.NewSheet(),
            Url = request.Url!.Trim(),
            Every = TimeSpan.FromHours(hours),
            Choices = choices.ToJson(),
            By = by,
            CreatedAt = now,
            DueAt = now + ImportSweep.Lease,
        };
    }

    /// <summary>Stores a sheet, and asks for its first look.</summary>
    /// <returns>The sheet, or why it was not added, in a sentence or two.</returns>
    public async Task<(PolledSheet? Added, string? Why)> AddAsync(PolledSheet sheet, CancellationToken cancellationToken)
    {
        var known = await sheets.ListAsync(sheet.ProjectId, cancellationToken);
        if (known.Items.Any(one => one.Url == sheet.Url && one.Choices == sheet.Choices))
            return (null, "The project polls this sheet already, read in the same way. Delete that one first to poll it otherwise.");
        if (known.Count >= Most)
            return (null, $"The project has {Most} sheets, as many as it can. Delete one first.");
        var added = await sheets.SaveAsync(sheet, cancellationToken)
            ?? throw new InvalidOperationException($"There is a sheet '{sheet.Id}' already, though its id was drawn.");
        await queues.SendImportAsync(sheet.ProjectId, sheet.Id, cancellationToken);
        return (added, null);
    }
}
