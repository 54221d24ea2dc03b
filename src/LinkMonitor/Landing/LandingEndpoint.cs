using System.Text;
using System.Text.Encodings.Web;
using LinkMonitor.Sharing;

namespace LinkMonitor.Landing;

/// <summary>
/// <c>GET /</c>: a small page that touches no storage, and says what to do first with the address that it was asked for at.
/// </summary>
internal static class LandingEndpoint
{
    private const string Resource = "LinkMonitor.Landing.landing.html";

    public static void MapLanding(this IEndpointRouteBuilder app)
    {
        var page = Read();
        app.MapGet(
            "/",
            (HttpContext context, PublicAddresses addresses) => WriteAsync(context, page, addresses.BaseUrl))
            .ExcludeFromDescription();
    }

    private static Task WriteAsync(HttpContext context, string page, Uri? baseUrl)
    {
        // Whoever asks says the host: it is shown to nobody else, and encoded.
        var url = baseUrl?.AbsoluteUri.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
        var body = Encoding.UTF8.GetBytes(page.Replace("{url}", HtmlEncoder.Default.Encode(url), StringComparison.Ordinal));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = body.Length;
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static string Read()
    {
        using var stream = typeof(LandingEndpoint).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The build lacks {Resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
