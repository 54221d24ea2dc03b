using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Keys;

/// <summary>The routes under <c>/api/v1/keys</c>.</summary>
internal static class KeyEndpoints
{
    private const int MaxNameLength = 100;

    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys").RequireAuthorization(KeyPolicies.Admin);
        keys.MapGet("/", ListAsync).WithSummary("All keys, without their secrets");
        keys.MapPost("/", CreateAsync).WithSummary("Make a key; its text is shown only now");
        keys.MapDelete("/{keyId}", DeleteAsync).WithSummary("Revoke a key for good");
    }

    private static async Task<Ok<SliceView<KeyView>>> ListAsync(IKeyStore keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SliceView<KeyView>(
            [.. (await keys.ListAsync(cancellationToken)).Items.Select(key => KeyView.Of(key))], null));

    private static async Task<Results<Created<KeyView>, ValidationProblem>> CreateAsync(
        Body<KeyRequest> body, KeyRing ring, IProjectStore projects, CancellationToken cancellationToken)
    {
        var (request, errors) = (body.Value, body.Errors);
        var name = request.Name?.Trim() ?? string.Empty;
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))
            errors.AddIfNone("name", $"A key needs a name of 1 to {MaxNameLength} characters without line breaks.");
        errors.CheckCharacters("name", name);
        if (request.ProjectId is { } project && !await ExistsAsync(projects, project, cancellationToken))
            errors.Add("projectId", $"There is no project '{FieldErrors.Cut(project)}'.");
        if (request is { ProjectId: not null, Scope: ApiKeyScope.Admin })
            errors.Add("scope", "An admin key opens all projects. Leave projectId out, or use read or write.");
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        ProjectId? only = request.ProjectId is { } id ? new ProjectId(id) : null;
        var (key, secret) = await ring.IssueAsync(name, request.Scope, only, cancellationToken);
        return TypedResults.Created($"/api/v1/keys/{key.Id}", KeyView.Of(key, secret));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string keyId, IKeyStore keys, CancellationToken cancellationToken) =>
        keyId.Length > 0 && keyId.All(Base62.IsDigit) && await keys.DeleteAsync(keyId, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound($"There is no key '{keyId}'.");

    private static async Task<bool> ExistsAsync(IProjectStore projects, string id, CancellationToken cancellationToken) =>
        ProjectId.IsValid(id) && await projects.GetAsync(new ProjectId(id), cancellationToken) is not null;
}
