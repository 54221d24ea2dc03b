namespace LinkMonitor.Api.Pipeline;

/// <summary>
/// A HEAD request is answered as its GET would be, without the body (RFC 9110, section 9.3.2): the one place for all routes.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Before routing. The server knows from the request line that no body is sent, whatever is written.</summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use(next => context =>
        HttpMethods.IsHead(context.Request.Method) ? AsGetAsync(next, context) : next(context));

    private static async Task AsGetAsync(RequestDelegate next, HttpContext context)
    {
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }
}
