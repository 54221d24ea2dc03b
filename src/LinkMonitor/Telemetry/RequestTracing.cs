using System.Diagnostics;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.Telemetry;

/// <summary>
/// Begins the trace of a request, or continues with the caller's. It is named by its route: addresses hold tokens, and are in no trace.
/// </summary>
internal static class RequestTracing
{
    /// <summary>What requests are called where functions are told apart.</summary>
    public const string Work = "Http";

    // https://opentelemetry.io/docs/specs/semconv/http/http-spans/: whatever else a client calls its method is one value.
    private static readonly HashSet<string> Methods =
        new(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], StringComparer.Ordinal);

    /// <summary>Put it before everything else.</summary>
    public static IApplicationBuilder UseRequestTracing(this IApplicationBuilder app) => app.Use(TraceAsync);

    private static async Task TraceAsync(HttpContext context, RequestDelegate next)
    {
        WorkName.Set(Work);
        using var span = Begin(context.Request);
        await next(context);
        if (span is null)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/');
        span.DisplayName = route is null ? MethodOf(context.Request) : $"{MethodOf(context.Request)} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }

    private static Activity? Begin(HttpRequest request)
    {
        if (!ProductTelemetry.Source.HasListeners())
            return null;

        // The web server begins an activity that nobody records; as a parent it would be missing in every trace.
        Activity.Current = null;
        var span = ProductTelemetry.Continue(MethodOf(request), ActivityKind.Server, request.Headers.TraceParent);
        span?.SetTag("http.request.method", MethodOf(request));
        return span;
    }

    private static string MethodOf(HttpRequest request) => Methods.Contains(request.Method) ? request.Method : "_OTHER";
}
