using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Keys;

/// <summary>The routes under <c>/api/v1/keys</c>.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys").RequireAuthorization(KeyPolicies.Admin);
        keys.MapGet("/", ListAsync).WithSummary("The keys that yours manages, without their secrets");
        keys.MapPost("/", CreateAsync).WithSummary("Create a key; its text is shown only in this answer");
        keys.MapGet("/{keyId}", GetAsync).WithSummary("One key");
        keys.MapPatch("/{keyId}", ChangeAsync)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Change a key's name, scope or projects")
            .WithDescription("Fields that are absent stay; null for projectIds is all. If-Match names the version that you have read.");
        keys.MapDelete("/{keyId}", DeleteAsync)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Revoke a key for good");
        keys.MapPost("/{keyId}/sign-in", SignInAsync)
            .WithSummary("Make an address that signs the key's holder in once, within 15 minutes");
        keys.MapPost("/{keyId}/sign-out", SignOutAsync).WithSummary("Sign a person out everywhere; the key itself stays valid");
    }

    private static async Task<Ok<SliceView<KeyView>>> ListAsync(
        HttpContext context, KeyRegistry registry, CancellationToken cancellationToken) =>
        TypedResults.Ok((await registry.ListAsync(context.Holder(), cancellationToken)).View(key => KeyView.Of(key)));

    private static async Task<Results<Created<KeyView>, ValidationProblem>> CreateAsync(
        Body<KeyRequest> body, HttpContext context, KeyRing ring, KeyRequestReader reader, SignInLinks signIns,
        CancellationToken cancellationToken)
    {
        var errors = body.Errors;
        if (body.Value.Name is null)
            errors.AddIfNone("name", "A key needs a name.");
        var wanted = await reader.ReadAsync(body.Value, setsProjects: true, context.Holder(), errors, cancellationToken);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var (key, secret) = await ring.IssueAsync(
            wanted.Name!, wanted.Scope ?? ApiKeyScope.Read, wanted.Projects!, context.Holder().Author, cancellationToken);
        var signIn = await signIns.IssueAsync(key.Id, SignInLinks.Lifetime, cancellationToken);
        context.Audit($"Made the key '{key.Name}' ({WireName.Of(RoleScopes.Of(key.Scope))} of {KeyWords.Of(key.Projects)})", key.Id);
        IfMatch.Tell(context.Response, key.Version);
        return TypedResults.Created($"/api/v1/keys/{key.Id}", KeyView.Of(key, secret, signIn));
    }

    private static async Task<Results<Ok<KeyView>, ProblemHttpResult>> GetAsync(
        string keyId, HttpContext context, KeyRegistry registry, CancellationToken cancellationToken)
    {
        if (await registry.FindAsync(context.Holder(), keyId, cancellationToken) is not { } key)
            return NotFound(keyId);
        IfMatch.Tell(context.Response, key.Version);
        return TypedResults.Ok(KeyView.Of(key));
    }

    private static async Task<Results<Ok<KeyView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string keyId, Body<KeyRequest> body, HttpContext context, KeyRegistry registry, KeyRequestReader reader,
        CancellationToken cancellationToken)
    {
        var setsProjects = body.Names("projectId") || body.Names("projectIds");
        var patch = await reader.ReadAsync(body.Value, setsProjects, context.Holder(), body.Errors, cancellationToken);
        if (body.Errors.Any)
            return Problems.Invalid(body.Errors.ToDictionary());
        var result = await registry.ChangeAsync(context.Holder(), keyId, IfMatch.Of(context.Request), patch, cancellationToken);
        if (result.Key is not { } key)
            return Refusal(result.Outcome, keyId);
        context.Audit(KeyRequest.Difference(result.Was!, key).Note($"of the key '{key.Name}'", key.Id));
        IfMatch.Tell(context.Response, key.Version);
        return TypedResults.Ok(KeyView.Of(key));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string keyId, HttpContext context, KeyRegistry registry, CancellationToken cancellationToken)
    {
        var result = await registry.RevokeAsync(context.Holder(), keyId, IfMatch.Of(context.Request), cancellationToken);
        context.Audit($"Revoked the key '{result.Key?.Name}'", keyId);
        return result.Outcome == KeyOutcome.Done ? TypedResults.NoContent() : Refusal(result.Outcome, keyId);
    }

    private static async Task<Results<Ok<SignInView>, ProblemHttpResult>> SignInAsync(
        string keyId, HttpContext context, KeyRegistry registry, SignInLinks signIns, CancellationToken cancellationToken)
    {
        if (!await registry.ManagesAsync(context.Holder(), keyId, cancellationToken)
            || await signIns.IssueAsync(keyId, SignInLinks.Lifetime, cancellationToken) is not { } signIn)
            return NotFound(keyId);
        context.Audit("Made a sign-in link for the holder of a key", keyId);
        return TypedResults.Ok(new SignInView(signIn.Address, signIn.ExpiresAt));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SignOutAsync(
        string keyId, HttpContext context, KeyRegistry registry, CancellationToken cancellationToken)
    {
        if (!await registry.SignOutEverywhereAsync(context.Holder(), keyId, cancellationToken))
            return NotFound(keyId);
        context.Audit("Signed the holder of a key out everywhere", keyId);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Refusal(KeyOutcome outcome, string keyId) => outcome switch
    {
        KeyOutcome.Stale => IfMatch.Refused(),
        KeyOutcome.LastOwner => Problems.Conflict(
            "It is the last owner of all projects.",
            "Nobody would be left who may do everything. Make another owner first, or configure an admin key (LinkMonitor:AdminKey)."),
        _ => NotFound(keyId),
    };

    private static ProblemHttpResult NotFound(string keyId) => Problems.NotFound($"There is no key '{keyId}'.");
}

/// <summary>Words for what keys open.</summary>
internal static class KeyWords
{
    /// <summary>For example <c>all projects</c> or <c>2 projects</c>.</summary>
    public static string Of(ProjectSet projects) => projects.Ids is { } ids ? CountText.Of(ids.Count, "project") : "all projects";
}
