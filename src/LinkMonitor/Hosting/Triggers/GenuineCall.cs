using Microsoft.AspNetCore.Http.Features;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>
/// Tells a trigger call made by the Functions host itself from a public request that it only passes on. The host has no secret to show,
/// so the test rests on what each kind of request always carries: a forwarded request has a Content-Length and the client's Host, a
/// proxied one has <c>x-ms-invocation-id</c> and <c>X-Forwarded-*</c>, and the host's own call has none of these. What a client can
/// forge (User-Agent, invocation id) is asked for too, but never relied on alone. See docs/decisions/0001-custom-handler.md.
/// </summary>
internal sealed class GenuineCall(FunctionsHost host)
{
    private const string UserAgentPrefix = "Azure-Functions-Host/";
    private const string InvocationIdHeader = "X-Azure-Functions-InvocationId";

    // Added by a proxy, by Azure's front end, or by ASP.NET Core when it has consumed the X-Forwarded header of the same name.
    private static readonly string[] PassedOnHeaders = ["x-ms-invocation-id", "DISGUISED-HOST", "Forwarded", "Via"];
    private static readonly string[] PassedOnPrefixes = ["X-Forwarded-", "X-Original-", "X-ARR-"];

    /// <summary>
    /// The name of the function the host asks for, as it stands in the path; null for everything else. The request target is taken raw:
    /// no decoding, no case folding, no query, no trailing slash, as the host never sends any of them.
    /// </summary>
    public string? FunctionName(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !IsOwnCall(request))
            return null;
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.Length > 1 && target[0] == '/' && target.AsSpan(1).IndexOfAny("/?%\\#") < 0 ? target[1..] : null;
    }

    private bool IsOwnCall(HttpRequest request) =>
        request.ContentLength is null
        && string.Equals(request.Headers.TransferEncoding, "chunked", StringComparison.OrdinalIgnoreCase)
        && string.Equals(request.Headers.Host, host.Authority, StringComparison.Ordinal)
        && request.Headers.UserAgent is [{ } userAgent]
        && userAgent.StartsWith(UserAgentPrefix, StringComparison.Ordinal)
        && request.Headers[InvocationIdHeader] is [{ } invocationId]
        && Guid.TryParseExact(invocationId, "D", out _)
        && !request.Headers.Keys.Any(IsPassedOn);

    private static bool IsPassedOn(string header) =>
        PassedOnHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)
        || PassedOnPrefixes.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
