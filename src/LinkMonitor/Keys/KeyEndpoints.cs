using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Authentication;
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
        keys.MapPost("/", CreateAsync).WithSummary("Create a key; its text is shown only in this answer");
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
            errors.Add("scope", "An admin key is for all projects. Leave projectId out, or use read or write.");
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

/// <summary>The key to start with.</summary>
public sealed class ApiKeyOptions
{
    public const string Section = "LinkMonitor";

    /// <summary>
    /// A key that may do everything, for as long as it is configured: at least 24 characters, your own choice (for example
    /// <c>openssl rand -hex 24</c>). Not stored anywhere. Without it a local start makes a key and prints it once.
    /// </summary>
    [MinLength(24, ErrorMessage = "at least 24 characters are needed; create a key with 'openssl rand -hex 24'.")]
    public string? AdminKey { get; set; }
}

/// <summary>Who calls.</summary>
/// <param name="Id">The key's own; names need not differ.</param>
/// <param name="Scope">What the key may do.</param>
/// <param name="ProjectId">The only project it opens; null for all.</param>
public sealed record KeyHolder(string Id, string Name, ApiKeyScope Scope, ProjectId? ProjectId);

/// <summary>The JSON of the API for keys.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(SliceView<KeyView>))]
internal sealed partial class KeyJson : JsonSerializerContext;

/// <summary>What a key's scope opens.</summary>
internal static class KeyPolicies
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Admin = "admin";
    public const string ScopeClaim = "scope";

    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSettings<ApiKeyOptions>(ApiKeyOptions.Section);
        services.AddSingleton<KeyRing>();
        services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Read, Scopes(ApiKeyScope.Read, ApiKeyScope.Write, ApiKeyScope.Admin))
            .AddPolicy(Write, Scopes(ApiKeyScope.Write, ApiKeyScope.Admin))
            .AddPolicy(Admin, Scopes(ApiKeyScope.Admin));
        return services;
    }

    /// <summary>The caller; only behind one of the policies.</summary>
    public static KeyHolder Holder(this HttpContext context) =>
        context.Features.Get<KeyHolder>() ?? throw new InvalidOperationException("The endpoint lacks a key policy.");

    /// <summary>Whether the caller's key opens a project.</summary>
    public static bool Opens(this KeyHolder holder, ProjectId project) => holder.ProjectId is null || holder.ProjectId == project;

    private static Action<Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder> Scopes(params ApiKeyScope[] scopes) =>
        policy => policy.RequireClaim(ScopeClaim, scopes.Select(scope => scope.ToString()));
}

/// <summary>A key to make.</summary>
public sealed record KeyRequest : IRequestBody<KeyRequest>
{
    static JsonTypeInfo<KeyRequest> IRequestBody<KeyRequest>.Shape => KeyJson.Default.KeyRequest;

    /// <summary>1 to 100 characters, so that you know it again.</summary>
    public string? Name { get; init; }

    /// <summary><c>read</c> (default), <c>write</c> or <c>admin</c>.</summary>
    public ApiKeyScope Scope { get; init; } = ApiKeyScope.Read;

    /// <summary>The only project the key opens; absent for all. An admin key cannot be limited.</summary>
    public string? ProjectId { get; init; }
}

/// <summary>A key as the API shows it.</summary>
public sealed record KeyView
{
    /// <summary>The part of the key after <c>lm_</c> that identifies it.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required ApiKeyScope Scope { get; init; }

    public required string? ProjectId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The whole key, only in the answer that made it: it is not stored.</summary>
    public string? Key { get; init; }

    internal static KeyView Of(ApiKey key, ApiKeySecret? secret = null) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Scope = key.Scope,
        ProjectId = key.ProjectId?.Value,
        CreatedAt = key.CreatedAt,
        Key = secret?.Text,
    };
}
