using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Queries;
using LinkMonitor.Auditing;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
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
        projects.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("The projects that the key can read");
        projects.MapPost("/", CreateAsync).RequireAuthorization(KeyPolicies.WriteAll).WithSummary("Create a project");

        var one = api.MapProject();
        one.MapGet("/", GetAsync).RequireAuthorization(KeyPolicies.Read).WithTags("Projects").WithSummary("One project");
        one.MapPatch("/", ChangeAsync)
            .RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithTags("Projects").WithSummary("Change a project")
            .WithDescription(
                "Fields that are absent stay, also within confirmation; null sets a field back to its default. A name cannot be null. "
                    + "With If-Match only the version that it names is changed.");
        one.MapDelete("/", DeleteAsync).RequireAuthorization(KeyPolicies.Write).WithTags("Projects")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Delete a project with all that it owns: it is gone at once, and purged within hours");
    }

    /// <summary>The group of everything inside one project, closed to keys of another.</summary>
    public static RouteGroupBuilder MapProject(this IEndpointRouteBuilder api) =>
        api.MapGroup("/projects/{projectId}").AddEndpointFilter<ProjectFilter>();

    private static async Task<Ok<SliceView<ProjectView>>> ListAsync(
        [PageLimit] int? limit, [CursorOf(ListNames.Projects)] string? cursor, HttpContext context, IProjectStore projects,
        CancellationToken cancellationToken)
    {
        // A key of some projects reads those alone, however many there are.
        if (context.Holder().Projects.Ids is { } some)
            return TypedResults.Ok((await projects.GetSomeAsync(some, cancellationToken)).View(ProjectView.Of));

        var slice = await projects.ListAsync(limit ?? PageLimitAttribute.Max, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(ProjectView.Of));
    }

    private static async Task<Results<Created<ProjectView>, ValidationProblem>> CreateAsync(
        Body<ProjectRequest> body, HttpContext context, IProjectStore projects, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = body.Errors;
        if (body.Value.Name is null)
            errors.AddIfNone("name", "A project needs a name.");
        var draft = new Project { Id = ProjectId.New(), Name = string.Empty, CreatedAt = time.GetUtcNow() };
        var project = ProjectRequestReader.Apply(body.Value, body.Json, draft, errors);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var stored = await projects.AddAsync(project, cancellationToken);
        context.Audit($"Created the project '{stored.Name}'", stored.Id.Value);
        return TypedResults.Created($"/api/v1/projects/{stored.Id}", ProjectView.Of(stored));
    }

    private static Ok<ProjectView> GetAsync(string projectId, HttpContext context) => Shown(context, context.CurrentProject());

    private static Ok<ProjectView> Shown(HttpContext context, Project project)
    {
        var view = ProjectView.Of(project);
        IfMatch.Tell(context.Response, view.Version);
        return TypedResults.Ok(view);
    }

    private static bool IsMeant(HttpContext context) =>
        IfMatch.Of(context.Request).Allows(ProjectView.Of(context.CurrentProject()).Version);

    private static async Task<Results<Ok<ProjectView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string projectId, Body<ProjectRequest> body, HttpContext context, IProjectStore projects, CancellationToken cancellationToken)
    {
        var errors = body.Errors;
        var changed = ProjectRequestReader.Apply(body.Value, body.Json, context.CurrentProject(), errors);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());
        if (!IsMeant(context))
            return IfMatch.Refused();

        context.Audit(ProjectView.Difference(context.CurrentProject(), changed).Note("of the project", changed.Id.Value));
        return await projects.SaveAsync(changed, cancellationToken) switch
        {
            SaveOutcome.Saved => Shown(context, changed),
            SaveOutcome.Conflict => Problems.Conflict("Nothing was changed. Read the project again and repeat."),
            _ => Problems.ProjectNotFound(changed.Id),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, HttpContext context, IProjectStore projects, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IsMeant(context))
            return IfMatch.Refused();
        var project = context.CurrentProject();
        await projects.DeleteAsync(project.Id, time.GetUtcNow(), cancellationToken);
        context.AuditInstallation($"Deleted the project '{project.Name}'", project.Id.Value);
        return TypedResults.NoContent();
    }
}

internal static class HttpContextExtensions
{
    /// <summary>The project of the route; only behind <see cref="ProjectFilter"/>.</summary>
    public static Project CurrentProject(this HttpContext context) =>
        context.Features.Get<Project>() ?? throw new InvalidOperationException("The endpoint is not inside a project.");
}

/// <summary>The project that a route names.</summary>
internal static class RouteProject
{
    /// <summary>
    /// Loads it for <see cref="HttpContextExtensions.CurrentProject"/>. Null when there is none, and when the key does not open it: the two
    /// look alike.
    /// </summary>
    public static async Task<Project?> OpenProjectAsync(this IProjectStore projects, HttpContext context)
    {
        var id = new ProjectId((string)context.Request.RouteValues["projectId"]!);
        if (!ProjectId.IsValid(id.Value) || !context.Holder().Opens(id)
            || await projects.GetAsync(id, context.RequestAborted) is not { } project)
            return null;
        context.Features.Set(project);
        return project;
    }
}

/// <summary>Loads the project of the route; a project that the key does not open looks like one that does not exist.</summary>
internal sealed class ProjectFilter(IProjectStore projects) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return await projects.OpenProjectAsync(http) is null
            ? Problems.ProjectNotFound(new ProjectId((string)http.Request.RouteValues["projectId"]!))
            : await next(context);
    }
}

/// <summary>The JSON of the API for projects.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(ProjectView))]
[JsonSerializable(typeof(SliceView<ProjectView>))]
internal sealed partial class ProjectJson : JsonSerializerContext;

/// <summary>What can be set of a project. In a PATCH, what is absent stays and null sets a field back to its default.</summary>
public sealed record ProjectRequest : IRequestBody<ProjectRequest>
{
    static JsonTypeInfo<ProjectRequest> IRequestBody<ProjectRequest>.Shape => ProjectJson.Default.ProjectRequest;

    /// <summary>1 to 200 characters; needed to create one.</summary>
    public string? Name { get; init; }

    /// <summary>E-mail addresses, at most 50.</summary>
    public IReadOnlyList<string>? Recipients { get; init; }

    /// <summary>IANA name, for example <c>Europe/Berlin</c>; <c>UTC</c> by default.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The sender's name in the project's mails, 1 to 100 characters; empty for the installation's (<c>LinkMonitor:Mail:FromName</c>), the
    /// default.
    /// </summary>
    public string? SenderName { get; init; }

    /// <summary>The language of the project's mails: <c>de</c> or <c>en</c>, the default.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// A picture above the HTML of the project's mails: an absolute https URL, at most 2,000 characters; empty for none, the default.
    /// </summary>
    public string? LogoUrl { get; init; }

    /// <summary>60 to 43,200 minutes; 1,440 (a day) by default.</summary>
    public int? CheckEveryMinutes { get; init; }

    /// <summary>False reads pages also where robots.txt keeps us out: only for pages you own. True by default.</summary>
    public bool? ObeyRobots { get; init; }

    /// <summary>False leaves the targets of links alone: none is reported as broken or redirecting. True by default.</summary>
    public bool? CheckTargets { get; init; }

    public ConfirmationRequest? Confirmation { get; init; }
}

/// <summary>The link that a route names, in the project of the route.</summary>
internal static class RouteLink
{
    /// <summary>Null when the project has no such link.</summary>
    public static async Task<WatchedLink?> FindAsync(
        this ILinkStore links, HttpContext context, string linkId, CancellationToken cancellationToken) =>
        LinkIdFactory.IsValid(linkId) ? await links.GetAsync(context.CurrentProject().Id, new LinkId(linkId), cancellationToken) : null;

    public static ProblemHttpResult NotFound(string linkId) => Problems.NotFound($"The project has no link '{linkId}'.");
}
