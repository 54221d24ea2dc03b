using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Authentication;

namespace LinkMonitor.Keys;

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
