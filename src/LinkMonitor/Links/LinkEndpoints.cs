using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Links;

/// <summary>The routes under <c>/api/v1/projects/{id}/links</c>.</summary>
internal static class LinkEndpoints
{
    public static IServiceCollection AddLinks(this IServiceCollection services) =>
        services.AddSingleton<LinkRequestReader>().AddSingleton<LinkRegistry>().AddSingleton<TermSchedule>().AddSingleton<LinkBatch>();

    public static void MapLinks(this IEndpointRouteBuilder api)
    {
        var links = api.MapProject().MapGroup("/links").WithTags("Links");
        links.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("A project's links");
        links.MapGet("/counts", CountAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("How many of a project's links are in each state, and how many of these the last check did not see");
        links.MapPost("/", RegisterAsync).RequireAuthorization(KeyPolicies.Write).WithBodyLimit(BodyLimits.Batch)
            .Accepts<LinkRequest>("application/json")
            .WithSummary("Register a link, or an array of up to 1,000")
            .WithDescription("For an object the answer is the link: 201 when it is new, 200 when it was there. For an array it is 200 with a result per item.");
        links.MapGet("/{linkId}", GetAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("One link");
        links.MapPatch("/{linkId}", ChangeAsync).RequireAuthorization(KeyPolicies.Write)
            .Accepts<LinkRequest>("application/json")
            .WithSummary("Change what is expected of a link")
            .WithDescription("What is absent stays, in terms too; null sets a part back to as first seen, or removes it. Page, target and match cannot change.");
        links.MapDelete("/{linkId}", DeleteAsync).RequireAuthorization(KeyPolicies.Write).WithSummary("Stop watching a link; its changes stay");
        links.MapPost("/{linkId}/check", CheckAsync).RequireAuthorization(KeyPolicies.Write).WithCheckLimit().WithSummary("Check the link's page now");
    }

    private static async Task<Results<Ok<SliceView<LinkView>>, ValidationProblem>> ListAsync(
        string projectId,
        [AsParameters] LinkQuery query,
        int? limit,
        string? cursor,
        HttpContext context,
        ILinkStore links,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = LinkFilterReader.Read(query, errors);
        if (!PageLimit.TryRead(limit, out var max, out var limitError))
            errors.Add("limit", limitError);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var slice = await links.ListAsync(context.CurrentProject().Id, filter, max, cursor, cancellationToken);
        return TypedResults.Ok(new SliceView<LinkView>([.. slice.Items.Select(LinkView.Of)], slice.Cursor));
    }

    private static async Task<Results<Ok<LinkCounts>, ValidationProblem>> CountAsync(
        string projectId, [AsParameters] LinkQuery query, HttpContext context, ILinkStore links, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = LinkFilterReader.Read(query, errors);
        return errors.Any
            ? Problems.Invalid(errors.ToDictionary())
            : TypedResults.Ok(await LinkCounting.CountAsync(links, context.CurrentProject().Id, filter, cancellationToken));
    }

    private static async Task<Results<Created<LinkView>, Ok<LinkView>, Ok<LinkBatchResult>, ValidationProblem, ProblemHttpResult>> RegisterAsync(
        string projectId, HttpContext context, LinkBatch batch, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var body = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (body.ValueKind == JsonValueKind.Array)
        {
            if (body.GetArrayLength() is > LinkBatch.MaxItems and var count)
                return Problems.BadRequest("Too many links.", $"There are {count}; send at most {LinkBatch.MaxItems} in one request. None was registered.");
            return TypedResults.Ok(await batch.RegisterAsync(project, body, cancellationToken));
        }

        var result = await batch.RegisterOneAsync(project, body, cancellationToken);
        return result switch
        {
            { Problem: { } problem } => Problems.Invalid(problem.Errors),
            { Status: StatusCodes.Status201Created, Link: { } link } =>
                TypedResults.Created($"/api/v1/projects/{project.Id}/links/{link.Id}", link),
            _ => TypedResults.Ok(result.Link),
        };
    }

    private static async Task<Results<Ok<LinkView>, ProblemHttpResult>> GetAsync(
        string projectId, string linkId, HttpContext context, ILinkStore links, CancellationToken cancellationToken) =>
        await FindAsync(context, linkId, links, cancellationToken) is { } link
            ? TypedResults.Ok(LinkView.Of(link))
            : LinkNotFound(linkId);

    private static async Task<Results<Ok<LinkView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string projectId, string linkId, HttpContext context, LinkRegistry registry, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context.Request, cancellationToken);
        var errors = new FieldErrors();
        var edit = LinkPatch.Read(body, errors);
        if (edit is null)
            return Problems.Invalid(errors.ToDictionary());
        if (!LinkIds.IsValid(linkId))
            return LinkNotFound(linkId);

        // Only the stored link can tell whether the terms fit together once the edit is applied.
        FieldErrors misfits = new();
        var edited = await registry.EditAsync(context.CurrentProject().Id, new LinkId(linkId), link => TermsRules.Guard(link, edit(link), out misfits), cancellationToken);
        if (edited is not { } done)
            return LinkNotFound(linkId);
        return misfits.Any ? Problems.Invalid(misfits.ToDictionary()) : TypedResults.Ok(LinkView.Of(done.Link));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, string linkId, HttpContext context, ILinkStore links, LinkRegistry registry, CancellationToken cancellationToken) =>
        await FindAsync(context, linkId, links, cancellationToken) is { } link && await registry.RemoveAsync(link, cancellationToken)
            ? TypedResults.NoContent()
            : LinkNotFound(linkId);

    private static async Task<Results<Accepted<LinkView>, ProblemHttpResult>> CheckAsync(
        string projectId, string linkId, HttpContext context, ILinkStore links, LinkRegistry registry, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, linkId, links, cancellationToken) is not { } link)
            return LinkNotFound(linkId);
        await registry.CheckNowAsync(link, cancellationToken);
        return TypedResults.Accepted($"/api/v1/projects/{link.ProjectId}/links/{link.Id}", LinkView.Of(link));
    }

    /// <summary>The link of the route, or null.</summary>
    internal static async Task<WatchedLink?> FindAsync(
        HttpContext context, string linkId, ILinkStore links, CancellationToken cancellationToken) =>
        LinkIds.IsValid(linkId) ? await links.GetAsync(context.CurrentProject().Id, new LinkId(linkId), cancellationToken) : null;

    internal static ProblemHttpResult LinkNotFound(string linkId) => Problems.NotFound($"The project has no link '{linkId}'.");
}
