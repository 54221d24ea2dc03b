using System.Text.Encodings.Web;
using LinkMonitor.Api.Limits;
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

        return AuthenticateResult.Success(new AuthenticationTicket(Context.Identify(holder, Scheme.Name), Scheme.Name));
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
        KeyPolicies.Forbidden(Context).ExecuteAsync(Context);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A request came with a key that is not known: {Method} {Path}")]
        public static partial void NotKnown(ILogger logger, string method, PathString path);
    }
}
