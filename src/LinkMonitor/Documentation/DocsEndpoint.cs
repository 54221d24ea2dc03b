using System.Text;
using LinkMonitor.Alerts.Composing;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LinkMonitor.Documentation;

/// <summary>
/// <c>GET /docs</c>: the API as a page, made of the OpenAPI document on the server. It has no script and asks no other host for anything.
/// </summary>
internal static class DocsEndpoint
{
    public static void MapDocs(this IEndpointRouteBuilder app) => app.MapGet("/docs", ShowAsync).ExcludeFromDescription();

    private static async Task ShowAsync(
        HttpContext context, [FromKeyedServices("v1")] IOpenApiDocumentProvider documents, CancellationToken cancellationToken)
    {
        var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = DocsStyle.ContentSecurityPolicy;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Page(document).Html), cancellationToken);
    }

    private static Markup Page(OpenApiDocument document)
    {
        var rooms = document.Paths
            .SelectMany(path => (path.Value.Operations ?? []).Select(operation => new DocsOperation(path.Key, operation.Key.Method, operation.Value)))
            .GroupBy(operation => operation.Room)
            .ToList();
        return Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>LinkMonitor API</title>
            <link rel="icon" href="data:,">
            <style>{new Markup(DocsStyle.Sheet)}</style>
            </head>
            <body>
            <main>
            <h1>LinkMonitor API {document.Info.Version ?? ""}</h1>
            <p>{document.Info.Description ?? ""}</p>
            <p>Send <code>Authorization: Bearer lm_…</code> with every request, and <code>Content-Type: application/json</code> with every body. A field or query parameter that is not known is refused.
            The same for programs: <a href="/openapi/v1.json">/openapi/v1.json</a>.</p>
            <nav><ul>{Markup.Join(rooms.Select(room => Markup.Of($"<li><a href=\"#{Anchor(room.Key)}\">{room.Key}</a></li>")))}</ul></nav>
            {Markup.Join(rooms.Select(room => Markup.Of($"<section id=\"{Anchor(room.Key)}\"><h2>{room.Key}</h2>{Markup.Join(room.Select(operation => operation.Show()))}</section>")))}
            </main>
            </body>
            </html>

            """);
    }

    private static string Anchor(string room) => room.Replace(' ', '-').ToLowerInvariant();
}
