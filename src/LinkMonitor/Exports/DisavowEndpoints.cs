using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Exports;

/// <summary>Which disavow file is wanted.</summary>
public sealed record DisavowRequest : IRequestBody<DisavowRequest>
{
    static JsonTypeInfo<DisavowRequest> IRequestBody<DisavowRequest>.Shape => ExportJson.Default.DisavowRequest;

    /// <summary>A filter line, not empty; needed. For example <c>tag:unwanted</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>Whole domains (default) or single pages.</summary>
    public DisavowScope? Scope { get; init; }

    /// <summary>Also links without the tag <c>unwanted</c>; false by default.</summary>
    public bool? WithWanted { get; init; }

    /// <summary>The name of the project, typed on purpose; needed for the file, and meaningless for the preview.</summary>
    public string? Confirm { get; init; }
}

/// <summary>What would be in a disavow file.</summary>
/// <param name="Count">How many lines it would have.</param>
/// <param name="Lines">The first 1,000.</param>
/// <param name="LeftCount">How many links the filter finds that would not be in it.</param>
/// <param name="Left">The first 1,000 of them.</param>
/// <param name="Unreadable">
/// How many links of the project have stored rows that cannot be read: they may be missing, or be wanted ones on a domain of the file.
/// </param>
public sealed record DisavowPreview(
    int Count, IReadOnlyList<string> Lines, int LeftCount, IReadOnlyList<LeftLink> Left, int Unreadable);

/// <summary>The routes <c>/api/v1/projects/{id}/disavow.txt</c> and <c>/disavow/preview</c>.</summary>
internal static class DisavowEndpoints
{
    private const int Shown = 1_000;

    public static void MapDisavow(this IEndpointRouteBuilder api)
    {
        var project = api.MapProject().MapGroup(string.Empty).RequireAuthorization(KeyPolicies.Write).WithTags("Exports");
        project.MapPost("/disavow/preview", PreviewAsync).WithoutAudit("It shows and changes nothing.")
            .Produces<DisavowPreview>().ProducesValidationProblem()
            .WithSummary("What would be in a disavow file")
            .WithDescription("Links without the tag 'unwanted', and domains that a wanted link is on, are left out, and listed.");
        project.MapPost("/disavow.txt", MakeAsync)
            .Produces(StatusCodes.Status200OK, contentType: "text/plain").ProducesValidationProblem()
            .WithSummary("A file for Google's disavow tool")
            .WithDescription(
                "It is rarely right: Google ignores spam by itself, and a disavowed link counts no more. Needs a filter and the name of "
                    + "the "
                    + "project in confirm; who made it is kept in the audit log.");
    }

    /// <summary>Reads what is asked for; null exactly when there are errors.</summary>
    public static async Task<(FilterLine Line, DisavowFile File)?> ReadAsync(
        Project project, DisavowRequest request, LinkLists lists, NamedTypes types, FieldErrors errors, CancellationToken cancellationToken)
    {
        var reading = await types.ReadAsync(project, request.Filter, cancellationToken);
        foreach (var problem in reading.Problems)
            errors.Add("filter", problem);
        if (reading.Line is { Terms.Count: 0 })
            errors.AddIfNone("filter", "Say which links, for example tag:unwanted: nobody disavows all of them.");
        if (errors.Any || reading.Line is not { } line)
            return null;
        var listing = await lists.OpenAsync(project, cancellationToken);
        var (chosen, all, scope) = (listing.Matching(line), listing.Matching(FilterLine.All), request.Scope ?? DisavowScope.Domain);
        var file = DisavowFile.Of(chosen, all, scope, request.WithWanted ?? false) with
        {
            Unreadable = listing.Snapshot.Unreadable.Count,
        };
        if (file.IsTooLarge)
            errors.Add("filter", $"Google takes {DisavowFile.MaxLines:N0} lines and 2 MB; this file would be larger. Narrow the filter.");
        return errors.Any ? null : (line, file);
    }

    /// <summary>Adds what is wrong before a file is given away.</summary>
    public static void CheckConfirmed(Project project, DisavowRequest request, DisavowFile? file, FieldErrors errors)
    {
        if (request.Confirm?.Trim() != project.Name)
            errors.Add("confirm", "Type the name of the project, as it is written.");
        if (file is { Lines.Count: 0 })
            errors.Add("filter", file.Left.Count == 0
                ? "It finds no links."
                : $"Nothing would be in the file: links are wanted unless they have the tag '{DisavowFile.Tag}'.");
    }

    /// <summary>The file, as something to be kept.</summary>
    public static IResult Answer(HttpContext context, Project project, (FilterLine Line, DisavowFile File) read, DateTimeOffset now)
    {
        context.Audit($"Made a disavow file of {CountText.Of(read.File.Lines.Count, "line")}: {read.Line.Text}", null);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(
            read.File.Write(project.Name, context.Holder().Name, read.Line.Text, now), "text/plain; charset=utf-8", "disavow.txt");
    }

    private static async Task<IResult> PreviewAsync(
        string projectId, Body<DisavowRequest> body, HttpContext context, LinkLists lists, NamedTypes types,
        CancellationToken cancellationToken) =>
        await ReadAsync(context.CurrentProject(), body.Value, lists, types, body.Errors, cancellationToken) is var (_, file)
            ? TypedResults.Ok(new DisavowPreview(
                file.Lines.Count, [.. file.Lines.Take(Shown)], file.Left.Count, [.. file.Left.Take(Shown)], file.Unreadable))
            : Problems.Invalid(body.Errors.ToDictionary());

    private static async Task<IResult> MakeAsync(
        string projectId, Body<DisavowRequest> body, HttpContext context, LinkLists lists, NamedTypes types, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var read = await ReadAsync(project, body.Value, lists, types, body.Errors, cancellationToken);
        CheckConfirmed(project, body.Value, read?.File, body.Errors);
        return body.Errors.Any || read is not { } made
            ? Problems.Invalid(body.Errors.ToDictionary())
            : Answer(context, project, made, time.GetUtcNow());
    }
}
