using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.SavedViews;

/// <summary>The routes under <c>/api/v1/projects/{id}/views</c>: filter lines under names, with how many links each finds.</summary>
internal static class ViewEndpoints
{
    public static IServiceCollection AddSavedViews(this IServiceCollection services) => services.AddSingleton<ViewRegistry>();

    public static void MapViews(this IEndpointRouteBuilder api)
    {
        // A key that only reads may keep views of its own; what it may not is share them.
        var views = api.MapProject().MapGroup("/views").WithTags("Views").RequireAuthorization(KeyPolicies.Read);
        views.MapGet("/", ListAsync).WithSummary(
            "The views that you see: the built-in ones, the shared ones and your own, with their counts");
        views.MapPost("/", CreateAsync)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Save a filter under a name, for yourself or for all who see the project")
            .WithDescription("A project has at most 100 views. A shared one takes a key that may write.");
        views.MapGet("/{viewId}", GetAsync).WithSummary("One view");
        views.MapPatch("/{viewId}", ChangeAsync)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Change a view's name or filter, or share it")
            .WithDescription("Fields that are absent stay. If-Match names the version that you have read.");
        views.MapDelete("/{viewId}", DeleteAsync)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Delete a view; its links stay");
    }

    private static async Task<Ok<SliceView<NamedView>>> ListAsync(
        string projectId, HttpContext context, ViewRegistry registry, LinkLists lists, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var listing = await lists.OpenAsync(project, cancellationToken);
        var saved = await registry.ListAsync(project.Id, context.Holder(), cancellationToken);
        return TypedResults.Ok(new SliceView<NamedView>(
            [
                .. BuiltInViews.All.Select(view => NamedView.Of(view, listing)), .. saved.Items.Select(view => NamedView.Of(view, listing)),
            ], null, saved.SetAside.Count));
    }

    private static async Task<Results<Created<NamedView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        string projectId, Body<ViewRequest> body, HttpContext context, ViewRegistry registry, LinkLists lists,
        NamedTypes types, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        await types.CheckAsync(project, body.Value.Filter, problem => body.Errors.Add("filter", problem), cancellationToken);
        var result = await registry.CreateAsync(project.Id, context.Holder(), body.Value, body.Errors, cancellationToken);
        if (result.Outcome == ViewOutcome.Invalid)
            return Problems.Invalid(body.Errors.ToDictionary());
        if (result.View is not { } view)
            return Refusal(result.Outcome, "");
        context.Audit(ViewWords.Saved(view), view.Id);
        IfMatch.Tell(context.Response, view.Version);
        var listing = await lists.OpenAsync(project, cancellationToken);
        return TypedResults.Created($"/api/v1/projects/{project.Id}/views/{view.Id}", NamedView.Of(view, listing));
    }

    private static async Task<Results<Ok<NamedView>, ProblemHttpResult>> GetAsync(
        string projectId, string viewId, HttpContext context, ViewRegistry registry, LinkLists lists, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (BuiltInViews.All.FirstOrDefault(view => view.Id == viewId) is { } ours)
            return TypedResults.Ok(NamedView.Of(ours, await lists.OpenAsync(project, cancellationToken)));
        if (await registry.FindAsync(project.Id, context.Holder(), viewId, cancellationToken) is not { } saved)
            return Refusal(ViewOutcome.NotFound, viewId);
        IfMatch.Tell(context.Response, saved.Version);
        return TypedResults.Ok(NamedView.Of(saved, await lists.OpenAsync(project, cancellationToken)));
    }

    private static async Task<Results<Ok<NamedView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string projectId, string viewId, Body<ViewRequest> body, HttpContext context, ViewRegistry registry, LinkLists lists,
        NamedTypes types, CancellationToken cancellationToken)
    {
        if (IsBuiltIn(viewId))
            return ReadOnly();
        var project = context.CurrentProject();
        await types.CheckAsync(project, body.Value.Filter, problem => body.Errors.Add("filter", problem), cancellationToken);
        var result = await registry.ChangeAsync(
            project.Id, context.Holder(), viewId, IfMatch.Of(context.Request), body.Value, body.Errors, cancellationToken);
        if (result.Outcome == ViewOutcome.Invalid)
            return Problems.Invalid(body.Errors.ToDictionary());
        if (result.View is not { } view)
            return Refusal(result.Outcome, viewId);
        context.Audit(ViewWords.Changed(result.Was!, view));
        IfMatch.Tell(context.Response, view.Version);
        return TypedResults.Ok(NamedView.Of(view, await lists.OpenAsync(project, cancellationToken)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, string viewId, HttpContext context, ViewRegistry registry, CancellationToken cancellationToken)
    {
        if (IsBuiltIn(viewId))
            return ReadOnly();
        var result = await registry.DeleteAsync(
            context.CurrentProject().Id, context.Holder(), viewId, IfMatch.Of(context.Request), cancellationToken);
        if (result.View is not { } view)
            return Refusal(result.Outcome, viewId);
        context.Audit($"Deleted the view '{view.Name}'", view.Id);
        return TypedResults.NoContent();
    }

    private static bool IsBuiltIn(string id) => BuiltInViews.All.Any(view => view.Id == id);

    private static ProblemHttpResult ReadOnly() => Problems.Forbidden(
        "A built-in view cannot be changed.", "Every project has it. Save its filter under a name of your own instead.");

    private static ProblemHttpResult Refusal(ViewOutcome outcome, string viewId) => outcome switch
    {
        ViewOutcome.Stale => IfMatch.Refused(),
        ViewOutcome.NotAllowed => Problems.Forbidden("The API key may not do this.", ViewWords.NotAllowed),
        ViewOutcome.TooMany => Problems.Conflict("The project has as many views as it can.", ViewWords.TooMany),
        _ => Problems.NotFound($"There is no view '{FieldErrors.Cut(viewId)}'."),
    };
}

/// <summary>What is said of views in the API, the dashboard and the audit log.</summary>
internal static class ViewWords
{
    public const string NotAllowed = "A shared view takes a key that may write. Keep a view of your own instead: shared is false.";

    public static readonly string TooMany = $"It has {ViewRegistry.MaxViews} views, those of all people together. Delete one first.";

    /// <summary>What the audit log says of a change; null when nothing changed.</summary>
    public static AuditNote? Changed(Storage.Links.SavedView before, Storage.Links.SavedView after) =>
        ViewRequest.Difference(before, after).Note($"of the view '{after.Name}'", after.Id);

    public static string Saved(Storage.Links.SavedView view) => $"Saved the {(view.IsShared ? "shared " : "")}view '{view.Name}'";
}
