using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Queries;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Projects;

/// <summary>The routes under <c>/api/v1/projects</c>.</summary>
internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder api)
    {
        var projects = api.MapGroup("/projects").WithTags("Projects");
        projects.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("The projects that the key opens");
        projects.MapPost("/", CreateAsync).RequireAuthorization(KeyPolicies.Write).WithSummary("Create a project");

        var one = api.MapProject();
        one.MapGet("/", GetAsync).RequireAuthorization(KeyPolicies.Read).WithTags("Projects").WithSummary("One project");
        one.MapPatch("/", ChangeAsync).RequireAuthorization(KeyPolicies.Write).ProducesProblem(StatusCodes.Status409Conflict).WithTags("Projects").WithSummary("Change a project");
        one.MapDelete("/", DeleteAsync).RequireAuthorization(KeyPolicies.Write).WithTags("Projects")
            .WithSummary("Delete a project with all that it owns: at once out of sight, and purged within hours");
    }

    /// <summary>The group of everything inside one project, closed to keys of another.</summary>
    public static RouteGroupBuilder MapProject(this IEndpointRouteBuilder api) =>
        api.MapGroup("/projects/{projectId}").AddEndpointFilter<ProjectFilter>();

    private static async Task<Ok<SliceView<ProjectView>>> ListAsync(
        [PageLimit] int? limit, [CursorOf(ListNames.Projects)] string? cursor, HttpContext context, IProjectStore projects, CancellationToken cancellationToken)
    {
        // A key of one project reads that one, however many there are.
        if (context.Holder().ProjectId is { } only)
        {
            var own = await projects.GetAsync(only, cancellationToken);
            return TypedResults.Ok(new SliceView<ProjectView>(own is null ? [] : [ProjectView.Of(own)], null));
        }

        var slice = await projects.ListAsync(limit ?? PageLimitAttribute.Max, cursor, cancellationToken);
        return TypedResults.Ok(new SliceView<ProjectView>([.. slice.Items.Select(ProjectView.Of)], slice.Cursor));
    }

    private static async Task<Results<Created<ProjectView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        Body<ProjectRequest> body, HttpContext context, IProjectStore projects, TimeProvider time, CancellationToken cancellationToken)
    {
        if (context.Holder().ProjectId is { } only)
            return Problems.Forbidden("The API key may not create projects.", $"It opens only project '{only}'. Use a key for all projects.");

        var errors = body.Errors;
        if (body.Value.Name is null)
            errors.AddIfNone("name", "A project needs a name.");
        var draft = new Project { Id = ProjectId.New(), Name = string.Empty, CreatedAt = time.GetUtcNow() };
        var project = ProjectRequestReader.Apply(body.Value, draft, errors);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var stored = await projects.AddAsync(project, cancellationToken);
        return TypedResults.Created($"/api/v1/projects/{stored.Id}", ProjectView.Of(stored));
    }

    private static Ok<ProjectView> GetAsync(string projectId, HttpContext context) =>
        TypedResults.Ok(ProjectView.Of(context.CurrentProject()));

    private static async Task<Results<Ok<ProjectView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string projectId, Body<ProjectRequest> body, HttpContext context, IProjectStore projects, CancellationToken cancellationToken)
    {
        var errors = body.Errors;
        var changed = ProjectRequestReader.Apply(body.Value, context.CurrentProject(), errors);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        return await projects.SaveAsync(changed, cancellationToken) switch
        {
            SaveOutcome.Saved => TypedResults.Ok(ProjectView.Of(changed)),
            SaveOutcome.Conflict => Problems.Conflict("Nothing was changed. Read the project again and repeat."),
            _ => Problems.ProjectNotFound(changed.Id),
        };
    }

    private static async Task<NoContent> DeleteAsync(
        string projectId, HttpContext context, IProjectStore projects, TimeProvider time, CancellationToken cancellationToken)
    {
        await projects.DeleteAsync(context.CurrentProject().Id, time.GetUtcNow(), cancellationToken);
        return TypedResults.NoContent();
    }
}
