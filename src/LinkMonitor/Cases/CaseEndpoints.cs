using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Queries;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Cases;

/// <summary>The routes under <c>/api/v1/projects/{id}/cases</c>.</summary>
internal static class CaseEndpoints
{
    public static IServiceCollection AddCases(this IServiceCollection services) =>
        services.AddSingleton<CaseRegistry>().AddSingleton<CaseSchedule>().AddSingleton<CaseRequestReader>();

    public static void MapCases(this IEndpointRouteBuilder api)
    {
        var cases = api.MapProject().MapGroup("/cases").WithTags("Cases");
        cases.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("A project's cases, the newest first")
            .WithDescription("A confirmed loss or change of a link opens a case, and its recovery closes it.");
        cases.MapGet("/counts", CountAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("How many cases have each status");
        cases.MapPost("/", OpenAsync).RequireAuthorization(KeyPolicies.Write).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Open a case by hand").WithDescription("409 when the link has an open case already.");
        cases.MapGet("/{caseId}", GetAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("One case with its timeline");
        cases.MapPatch("/{caseId}", ChangeAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Change a case's status, days or owner")
            .WithDescription(
                "Fields that are absent stay; null takes away. With If-Match, 412 when somebody changed it since. 409 when a closed case "
                    + "cannot be opened again, because its link is gone or has a newer case.");
        cases.MapPost("/{caseId}/notes", NoteAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Write a note into a case");
    }

    public static ProblemHttpResult NotFound(string caseId) => Problems.NotFound($"The project has no case '{caseId}'.");

    private static async Task<Ok<SliceView<CaseView>>> ListAsync(
        string projectId,
        [AsParameters] CaseQuery query,
        [PageLimit] int? limit,
        [CursorOf(ListNames.Cases, "projectId")] string? cursor,
        HttpContext context,
        ICaseStore cases,
        CancellationToken cancellationToken)
    {
        var slice = await cases.ListAsync(
            context.CurrentProject().Id, query.ToFilter(context.Holder()), limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(one => CaseView.Of(one)));
    }

    private static async Task<Ok<CaseCounts>> CountAsync(
        string projectId, HttpContext context, ICaseStore cases, TimeProvider time, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var today = LocalTimes.Day(time.GetUtcNow(), project.TimeZone);
        return TypedResults.Ok(await CaseCounts.OfAsync(cases, project.Id, today, cancellationToken));
    }

    private static async Task<Results<Created<CaseView>, ValidationProblem, ProblemHttpResult>> OpenAsync(
        string projectId, Body<CaseRequest> body, HttpContext context, CaseRegistry registry, CaseRequestReader reader,
        CancellationToken cancellationToken)
    {
        var (project, errors) = (context.CurrentProject(), body.Errors);
        var patch = await reader.ReadAsync(body, project, context.Holder(), cancellationToken);
        reader.CheckDays(patch, null, project, errors);
        var note = body.Value.Note is { } text ? CaseRequestReader.ReadNote("note", text, errors) : null;
        if (!LinkIdFactory.IsValid(body.Value.LinkId))
            errors.AddIfNone("linkId", "Name the link that the case is about.");
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());
        var linkId = new LinkId(body.Value.LinkId!);
        var result = await registry.OpenAsync(project, linkId, patch, note, context.Holder().Author, cancellationToken);
        if (result is not { Outcome: CaseOutcome.Done, Case: { } one })
            return result.Outcome == CaseOutcome.AlreadyOpen
                ? Problems.Conflict("The link has an open case.", $"It is {result.Case!.Id}. Work on that one.")
                : RouteLink.NotFound(linkId.Value);
        IfMatch.Tell(context.Response, CaseRegistry.VersionOf(one));
        context.Audit($"Opened a case for the link on {one.Page}", one.Id);
        return TypedResults.Created($"/api/v1/projects/{project.Id}/cases/{one.Id}", CaseView.Of(one));
    }

    private static async Task<Results<Ok<CaseView>, ProblemHttpResult>> GetAsync(
        string projectId, string caseId, HttpContext context, ICaseStore cases, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(context, caseId, cancellationToken) is not { } one)
            return NotFound(caseId);
        IfMatch.Tell(context.Response, CaseRegistry.VersionOf(one));
        return TypedResults.Ok(CaseView.Of(one, await cases.ReadEntriesAsync(one.ProjectId, one.Id, cancellationToken)));
    }

    private static async Task<Results<Ok<CaseView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string projectId, string caseId, Body<CaseRequest> body, HttpContext context, ICaseStore cases, CaseRegistry registry,
        CaseRequestReader reader, CancellationToken cancellationToken)
    {
        var (project, errors) = (context.CurrentProject(), body.Errors);
        var patch = await reader.ReadAsync(body, project, context.Holder(), cancellationToken);
        if (body.Names("linkId"))
            errors.AddIfNone("linkId", "The link of a case never changes. Open another case for another link.");
        if (body.Names("note"))
            errors.AddIfNone("note", "Send notes to …/notes.");
        if (await cases.FindAsync(context, caseId, cancellationToken) is not { } one)
            return errors.Any ? Problems.Invalid(errors.ToDictionary()) : NotFound(caseId);
        reader.CheckDays(patch, one, project, errors);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());
        var result = await registry.EditAsync(
            project, caseId, IfMatch.Of(context.Request), patch, context.Holder().Author, cancellationToken);
        if (Answer(context, caseId, result) is { } problem)
            return problem;
        context.Audit(result.Note());
        return TypedResults.Ok(CaseView.Of(result.Case!));
    }

    private static async Task<Results<Ok<CaseView>, ValidationProblem, ProblemHttpResult>> NoteAsync(
        string projectId, string caseId, Body<CaseNoteRequest> body, HttpContext context, CaseRegistry registry,
        CancellationToken cancellationToken)
    {
        if (CaseRequestReader.ReadNote("text", body.Value.Text, body.Errors) is not { } text || body.Errors.Any)
            return Problems.Invalid(body.Errors.ToDictionary());
        context.Audit("Wrote a note into a case", caseId);
        var result = await registry.NoteAsync(context.CurrentProject(), caseId, text, context.Holder().Author, cancellationToken);
        return Answer(context, caseId, result) is { } problem ? problem : TypedResults.Ok(CaseView.Of(result.Case!));
    }

    private static ProblemHttpResult? Answer(HttpContext context, string caseId, CaseResult result)
    {
        if (result.Outcome == CaseOutcome.Done)
            IfMatch.Tell(context.Response, CaseRegistry.VersionOf(result.Case!));
        return result.Outcome switch
        {
            CaseOutcome.Done => null,
            CaseOutcome.Stale => IfMatch.Refused(),
            CaseOutcome.NotFound => NotFound(caseId),
            var refused => Problems.Conflict(CaseRefusals.Title(refused), CaseRefusals.Detail(refused)),
        };
    }
}

/// <summary>Why a case is left as it is, in words for the API and for pages.</summary>
internal static class CaseRefusals
{
    public static string Title(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Superseded => "The case cannot be opened again.",
        CaseOutcome.Full => "The case is full.",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a refusal."),
    };

    public static string Detail(CaseOutcome outcome) => outcome == CaseOutcome.Full
        ? string.Create(CultureInfo.InvariantCulture, $"Its timeline has {LinkCase.MaxEntries:N0} entries, and takes no more.")
        : "Its link is no longer watched, or has a newer case. Nothing was changed.";
}

/// <summary>The case that a route names.</summary>
internal static class RouteCase
{
    /// <summary>Null when the project has no such case.</summary>
    public static async Task<LinkCase?> FindAsync(
        this ICaseStore cases, HttpContext context, string caseId, CancellationToken cancellationToken) =>
        CaseIds.IsValid(caseId) ? await cases.GetAsync(context.CurrentProject().Id, caseId, cancellationToken) : null;
}

/// <summary>The query by which cases are chosen; what is absent does not restrict.</summary>
internal sealed record CaseQuery
{
    private const string NoOwner = "none";
    private const string Me = "me";

    [NameOf<CaseStatus>]
    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    /// <summary>Whether somebody still has to do something.</summary>
    [FromQuery(Name = "open")]
    public bool? Open { get; init; }

    /// <summary>The id of the owner's key, <c>me</c>, or <c>none</c>.</summary>
    [FromQuery(Name = "owner")]
    public string? Owner { get; init; }

    /// <summary>Due or promised on that day or before.</summary>
    [FromQuery(Name = "due")]
    public DateOnly? Due { get; init; }

    [FromQuery(Name = "link")]
    public string? Link { get; init; }

    public CaseFilter ToFilter(KeyHolder by) => new()
    {
        Status = WireName.TryParse<CaseStatus>(Status, out var status) ? status : null,
        IsOpen = Open,
        Owner = string.IsNullOrWhiteSpace(Owner) || Owner == NoOwner ? null : Owner == Me ? by.Id : Owner.Trim(),
        IsUnowned = Owner == NoOwner,
        DueBy = Due,
        Link = string.IsNullOrWhiteSpace(Link) ? null : new LinkId(Link.Trim()),
    };
}
