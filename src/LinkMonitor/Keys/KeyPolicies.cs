using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Keys;

/// <summary>Who calls.</summary>
/// <param name="Id">The key's own; names need not differ.</param>
/// <param name="Scope">What the key may do.</param>
/// <param name="Projects">The projects it opens.</param>
/// <param name="Stamp">
/// What a session of the key must bear: another one when its sessions were ended. Null for the caller of one request, who has no session.
/// </param>
public sealed record KeyHolder(string Id, string Name, ApiKeyScope Scope, ProjectSet Projects, string? Stamp = null)
{
    /// <summary>What the person is called for what the key may do.</summary>
    public KeyRole Role => RoleScopes.Of(Scope);

    /// <summary>The caller as the author of what is written.</summary>
    public Author Author => new(Id, Name);

    internal static KeyHolder Of(ApiKey key, string? stamp) => new(key.Id, key.Name, key.Scope, key.Projects, stamp);
}

/// <summary>What people are called for what their key may do: each is one scope.</summary>
[JsonConverter(typeof(WireNameJsonConverter<KeyRole>))]
public enum KeyRole
{
    /// <summary>The scope <see cref="ApiKeyScope.Read"/>.</summary>
    Viewer,

    /// <summary>The scope <see cref="ApiKeyScope.Write"/>.</summary>
    Editor,

    /// <summary>The scope <see cref="ApiKeyScope.Admin"/>.</summary>
    Owner,
}

/// <summary>A role is a scope by another name.</summary>
public static class RoleScopes
{
    public static KeyRole Of(ApiKeyScope scope) => scope switch
    {
        ApiKeyScope.Admin => KeyRole.Owner,
        ApiKeyScope.Write => KeyRole.Editor,
        _ => KeyRole.Viewer,
    };

    public static ApiKeyScope ToScope(this KeyRole role) => role switch
    {
        KeyRole.Owner => ApiKeyScope.Admin,
        KeyRole.Editor => ApiKeyScope.Write,
        _ => ApiKeyScope.Read,
    };
}

/// <summary>What a key's scope opens.</summary>
internal static class KeyPolicies
{
    public const string Read = "read";
    public const string Write = "write";

    /// <summary>Writing what belongs to no project: only with a key for all.</summary>
    public const string WriteAll = "write for all projects";

    public const string Admin = "admin";

    /// <summary>What concerns the installation: only with an admin key for all projects.</summary>
    public const string AdminAll = "admin for all projects";

    private const string ScopeClaim = "scope";
    private const string ProjectsClaim = "projects";
    private const string AllProjects = "all";
    private const string SomeProjects = "some";

    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSettings<ApiKeyOptions>(ApiKeyOptions.Section);
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyRequestReader>();
        services.AddSingleton<KeyRegistry>();
        services.AddSingleton<SignInLinks>();
        services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Read, Scopes(ApiKeyScope.Read, ApiKeyScope.Write, ApiKeyScope.Admin))
            .AddPolicy(Write, Scopes(ApiKeyScope.Write, ApiKeyScope.Admin))
            .AddPolicy(WriteAll, ForAll(ApiKeyScope.Write, ApiKeyScope.Admin))
            .AddPolicy(Admin, Scopes(ApiKeyScope.Admin))
            .AddPolicy(AdminAll, ForAll(ApiKeyScope.Admin));
        return services;
    }

    /// <summary>Makes a holder the caller of a request, however they were recognised: limits and logs go by it, too.</summary>
    public static ClaimsPrincipal Identify(this HttpContext context, KeyHolder holder, string scheme)
    {
        context.Features.Set(holder);
        return new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, holder.Name), new Claim(ClaimTypes.NameIdentifier, holder.Id),
                new Claim(ScopeClaim, holder.Scope.ToString()),
                new Claim(ProjectsClaim, holder.Projects.IsAll ? AllProjects : SomeProjects),
            ], scheme));
    }

    /// <summary>The caller; only behind one of the policies.</summary>
    public static KeyHolder Holder(this HttpContext context) =>
        context.Features.Get<KeyHolder>() ?? throw new InvalidOperationException("The endpoint lacks a key policy.");

    /// <summary>Whether the caller's key opens a project.</summary>
    public static bool Opens(this KeyHolder holder, ProjectId project) => holder.Projects.Contains(project);

    /// <summary>Why a key may not do what it was used for.</summary>
    public static ProblemHttpResult Forbidden(HttpContext context)
    {
        var policy = context.GetEndpoint()?.Metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        var isForAll = policy is WriteAll or AdminAll;
        return isForAll && context.Features.Get<KeyHolder>() is { Projects.IsAll: false } holder
            ? Problems.Forbidden(
                "The API key may not do this.", $"It is limited to some projects: {holder.Projects}. Use a key for all projects.")
            : Problems.Forbidden("The API key may not do this.", "Use a key with a wider scope: read, write or admin.");
    }

    internal static Action<AuthorizationPolicyBuilder> Scopes(params ApiKeyScope[] scopes) =>
        policy => policy.RequireClaim(ScopeClaim, scopes.Select(scope => scope.ToString()));

    internal static Action<AuthorizationPolicyBuilder> ForAll(params ApiKeyScope[] scopes) =>
        policy => policy.RequireClaim(ScopeClaim, scopes.Select(scope => scope.ToString())).RequireClaim(ProjectsClaim, AllProjects);
}

/// <summary>Reads <c>Authorization: Bearer lm_…</c> (RFC 6750) and sets the caller's identity.</summary>
internal sealed partial class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys, RequestLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    // The framework speaks of every such request at Information, under the name of this class, which is filtered.
    private readonly ILogger _log = logger.CreateLogger<KeyRing>();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (await keys.RecogniseAsync(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } holder)
        {
            Log.NotKnown(_log, Request.Method, Request.Path);
            return AuthenticateResult.Fail("The key is not known: it is mistyped or was revoked.");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(Context.Identify(holder, Scheme.Name), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var known = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (known is not null && !RequestLimits.TryTake(Context, limits.WrongKeys, "wrong-keys", string.Empty))
        {
            await RequestLimits.TooMany.ExecuteAsync(Context);
            return;
        }

        Response.Headers.WWWAuthenticate = known is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        await Results.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            title: known is null ? "An API key is needed." : "The API key is not valid.",
            detail: known is null
                ? "Send the header 'Authorization: Bearer lm_…'. The first key is printed when LinkMonitor starts for the first time."
                : known.Message).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        KeyPolicies.Forbidden(Context).ExecuteAsync(Context);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A request came with a key that is not known: {Method} {Path}")]
        public static partial void NotKnown(ILogger logger, string method, PathString path);
    }
}
