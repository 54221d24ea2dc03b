using System.Security.Claims;
using System.Text.Encodings.Web;
using LinkMonitor.Api.Limits;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Keys;

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

        Context.Features.Set(holder);
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, holder.Name), new Claim(ClaimTypes.NameIdentifier, holder.Id),
                new Claim(KeyPolicies.ScopeClaim, holder.Scope.ToString()),
            ], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var known = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (known is not null && !RequestLimits.TryTake(Context, limits.WrongKeys, "wrong-keys", string.Empty))
        {
            await RequestLimits.TooMany(Context).ExecuteAsync(Context);
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
        Results.Problem(
            statusCode: StatusCodes.Status403Forbidden,
            title: "The API key may not do this.",
            detail: "Use a key with a wider scope: read, write or admin.").ExecuteAsync(Context);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A request came with a key that is not known: {Method} {Path}")]
        public static partial void NotKnown(ILogger logger, string method, PathString path);
    }
}

/// <summary>Recognises keys and makes new ones.</summary>
public sealed class KeyRing(IKeyStore keys, IOptions<ApiKeyOptions> options, TimeProvider time)
{
    private const string ConfiguredName = "configured admin key";

    /// <summary>Whether a key that may do everything is configured.</summary>
    public bool HasConfiguredKey => options.Value.AdminKey is not null;

    /// <summary>Who holds the key; null when nobody does: wrong, mistyped or revoked.</summary>
    public async Task<KeyHolder?> RecogniseAsync(string text, CancellationToken cancellationToken)
    {
        if (options.Value.AdminKey is { } configured
            && ApiKeySecret.HashesAgree(ApiKeySecret.HashOf(configured), ApiKeySecret.HashOf(text)))
            return new KeyHolder(ConfiguredName, ConfiguredName, ApiKeyScope.Admin, null);

        if (!ApiKeySecret.TryParse(text, out var secret) || await keys.FindAsync(secret.Id, cancellationToken) is not { } key)
            return null;
        return ApiKeySecret.HashesAgree(key.Hash, secret.Hash) ? new KeyHolder(key.Id, key.Name, key.Scope, key.ProjectId) : null;
    }

    /// <summary>Makes and stores a key. Its text is not to be had again.</summary>
    public async Task<(ApiKey Key, ApiKeySecret Secret)> IssueAsync(
        string name, ApiKeyScope scope, ProjectId? projectId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var secret = ApiKeySecret.New();
            var key = new ApiKey
            {
                Id = secret.Id,
                Name = name,
                Scope = scope,
                ProjectId = projectId,
                Hash = secret.Hash,
                CreatedAt = time.GetUtcNow(),
            };
            if (await keys.AddAsync(key, cancellationToken))
                return (key, secret);
        }
    }

    /// <summary>A first admin key, when there is neither a configured nor a stored one; otherwise null.</summary>
    public async Task<ApiKeySecret?> IssueFirstAsync(CancellationToken cancellationToken)
    {
        if (HasConfiguredKey)
            return null;

        // One that cannot be read may be the admin's.
        var stored = await keys.ListAsync(cancellationToken);
        if (stored.SetAside.Count > 0 || stored.Items.Any(key => key.Scope == ApiKeyScope.Admin))
            return null;
        return (await IssueAsync("first admin key", ApiKeyScope.Admin, null, cancellationToken)).Secret;
    }
}
