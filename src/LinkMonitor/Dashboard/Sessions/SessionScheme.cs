using System.Security.Claims;
using LinkMonitor.Keys;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Dashboard.Sessions;

/// <summary>Asks whoever is not signed in, or no more, to sign in.</summary>
/// <param name="ask">Writes the answer; told whether the browser still had a session's cookie.</param>
internal sealed class SessionEnded(Func<HttpContext, bool, Task> ask)
{
    public Task AskAsync(HttpContext context, bool hadSession) => ask(context, hadSession);
}

/// <summary>
/// Sessions of people in a browser: a cookie that names a key. The key is read at every request, so a revoked one ends its sessions at
/// once.
/// </summary>
internal static class SessionScheme
{
    public const string Name = "Session";

    /// <summary>The policies of pages, by what a key may do.</summary>
    public const string Viewer = "session-viewer";
    public const string Editor = "session-editor";
    public const string Owner = "session-owner";

    /// <summary>The same for what concerns the installation: only with a key for all projects.</summary>
    public const string EditorOfAll = "session-editor-of-all";
    public const string OwnerOfAll = "session-owner-of-all";

    private const string StampClaim = "stamp";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("LinkMonitor");
        services.AddSingleton<TableDataKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = provider.GetRequiredService<TableDataKeys>()));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "linkmonitor-form";

            // A strict one does not come with a page that another site opens, such as a mail: it would be replaced, and the forms of all
            // open pages with it.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton(provider => new SessionCookie(provider.GetRequiredService<IOptions<SharingOptions>>().Value.PublicUrl));
        services.AddAuthentication().AddCookie(Name);
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(provider =>
            new ConfigureNamedOptions<CookieAuthenticationOptions>(
                Name, options => Configure(options, provider.GetRequiredService<SessionCookie>())));
        services.AddAuthorizationBuilder()
            .AddPolicy(Viewer, OfSession(KeyPolicies.Scopes(ApiKeyScope.Read, ApiKeyScope.Write, ApiKeyScope.Admin)))
            .AddPolicy(Editor, OfSession(KeyPolicies.Scopes(ApiKeyScope.Write, ApiKeyScope.Admin)))
            .AddPolicy(EditorOfAll, OfSession(KeyPolicies.ForAll(ApiKeyScope.Write, ApiKeyScope.Admin)))
            .AddPolicy(Owner, OfSession(KeyPolicies.Scopes(ApiKeyScope.Admin)))
            .AddPolicy(OwnerOfAll, OfSession(KeyPolicies.ForAll(ApiKeyScope.Admin)));
        ReadKeysWhenNeeded(services);
        return services;
    }

    // Data protection reads its keys at the start though nobody has come yet, and a storage that does not answer would hold the start up.
    // The first session or form reads them. Last, as antiforgery and cookies register it, too.
    private static void ReadKeysWhenNeeded(IServiceCollection services)
    {
        var early = services.Where(
            service => service.ServiceType == typeof(IHostedService)
                && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly);
        foreach (var service in early.ToList())
            services.Remove(service);
    }

    /// <summary>Begins a session for whoever holds a key; from here on the request is theirs.</summary>
    public static async Task<ClaimsPrincipal> BeginAsync(HttpContext context, KeyHolder holder)
    {
        var principal = PrincipalOf(context, holder);
        await context.SignInAsync(Name, principal, new AuthenticationProperties { IsPersistent = true });
        context.User = principal;
        return principal;
    }

    private static ClaimsPrincipal PrincipalOf(HttpContext context, KeyHolder holder)
    {
        var principal = context.Identify(holder, Name);
        var stamp = holder.Stamp ?? throw new ArgumentException("The holder has no stamp.", nameof(holder));
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(StampClaim, stamp));
        return principal;
    }

    private static void Configure(CookieAuthenticationOptions options, SessionCookie cookie)
    {
        options.CookieManager = cookie;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = Lifetime;
        options.Cookie.MaxAge = Lifetime;
        options.SlidingExpiration = true;
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = ValidateAsync,
            OnRedirectToLogin = context => context.HttpContext.RequestServices.GetRequiredService<SessionEnded>()
                .AskAsync(context.HttpContext, hadSession: cookie.GetRequestCookie(context.HttpContext, string.Empty) is not null),
            OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            },
        };
    }

    // What a key may do is read anew each time, so that a changed role counts from the next request on.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var holder = id is null
            ? null
            : await http.RequestServices.GetRequiredService<KeyRing>().FindHolderAsync(id, http.RequestAborted);
        if (holder is null || holder.Stamp != context.Principal!.FindFirstValue(StampClaim))
        {
            context.RejectPrincipal();
            await http.SignOutAsync(Name);
            return;
        }

        context.ReplacePrincipal(PrincipalOf(http, holder));
    }

    private static Action<AuthorizationPolicyBuilder> OfSession(Action<AuthorizationPolicyBuilder> scopes) => policy =>
    {
        policy.AddAuthenticationSchemes(Name);
        scopes(policy);
    };
}
