namespace LinkMonitor.Landing;

/// <summary>
/// <c>GET /</c>: a small static page that touches no storage.
/// </summary>
internal static class LandingEndpoint
{
    private const string Resource = "LinkMonitor.Landing.landing.html";

    public static void MapLanding(this IEndpointRouteBuilder app)
    {
        var page = Read();
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], context => WriteAsync(context, page)).ExcludeFromDescription();
    }

    private static Task WriteAsync(HttpContext context, byte[] page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }

    private static byte[] Read()
    {
        using var stream = typeof(LandingEndpoint).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The build lacks {Resource}.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
