using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.Wording;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace LinkMonitor.Documentation;

/// <summary>
/// <c>GET /docs</c>: the API as a page on which it can be tried out (Scalar), made of <c>/openapi/v1.json</c>. Its script comes from here;
/// the policy lets it ask nobody else. Without script it is <see cref="PlainDocs"/>.
/// </summary>
internal static class DocsEndpoint
{
    private const int NonceBytes = 16;

    // Without script the page would be empty, and unstyled.
    private static readonly string Style = $"<noscript><style>{DocsStyle.Sheet}</style></noscript>";

    public static void MapDocs(this IEndpointRouteBuilder app) => app.MapScalarApiReference("/docs", Configure).ExcludeFromDescription();

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        context.Response.Headers.ContentSecurityPolicy = Policy(nonce);
        options.Title = "LinkMonitor API";
        options.OpenApiRoutePattern = "/openapi/v1.json";
        options.DefaultFonts = false;
        options.HideClientButton = true;
        options.HeadContent = Style;
        options.HeaderContent = Plainly(context).Html;
        options.AddPreferredSecuritySchemes("bearer").WithNonce(nonce).DisableAgent().DisableMcp().DisableTelemetry().HideDeveloperTools();
    }

    private static Markup Plainly(HttpContext context) => Markup.Of($"""
        <noscript><main><h1>LinkMonitor API</h1>
        <p>Trying it out here needs JavaScript. Without it: <a href="/docs/plain">what each route takes and answers</a>, or for programs
        <a href="/openapi/v1.json">the OpenAPI document</a>.</p>
        <h2>Routes</h2>
        <ul class="routes">{Markup.Join(Routes(context).Select(route => Markup.Of($"""
            <li><code class="method">{route.Method}</code> <code>{route.Path}</code> <span class="soft">{route.Summary}</span></li>

            """)))}</ul></main></noscript>
        """);

    private static IEnumerable<(string Method, string Path, string Summary)> Routes(HttpContext context) =>
        context.RequestServices.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .Select(route => (
                Method: route.HttpMethod ?? "", Path: $"/{route.RelativePath?.TrimEnd('/')}",
                Summary: route.ActionDescriptor.EndpointMetadata.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary ?? ""))
            .OrderBy(route => route.Path, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal);

    // Scalar writes style elements as it runs.
    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

/// <summary>
/// <c>GET /docs/plain</c>: the API as a page without script, made of the OpenAPI document on the server. It asks no other host
/// for anything.
/// </summary>
internal static class PlainDocs
{
    public static void MapPlainDocs(this IEndpointRouteBuilder app) => app.MapGet("/docs/plain", ShowAsync).ExcludeFromDescription();

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
            .SelectMany(
                path =>
                    (path.Value.Operations ?? []).Select(operation => new DocsOperation(path.Key, operation.Key.Method, operation.Value)))
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
            <p>Send <code>Authorization: Bearer lm_…</code> with every request, and <code>Content-Type: application/json</code> with every
            body. An unknown field or query parameter is refused.
            The same for programs: <a href="/openapi/v1.json">/openapi/v1.json</a>; to try it out: <a href="/docs">/docs</a>.</p>
            <nav><ul>{Markup.Join(rooms.Select(room => Markup.Of($"<li><a href=\"#{Anchor(room.Key)}\">{room.Key}</a></li>")))}</ul></nav>
            {Markup.Join(rooms.Select(room => Markup.Of($"<section "
                + $"id=\"{Anchor(room.Key)}\"><h2>{room.Key}</h2>{Markup.Join(room.Select(operation => operation.Show()))}</section>")))}
            </main>
            </body>
            </html>

            """);
    }

    private static string Anchor(string room) => room.Replace(' ', '-').ToLowerInvariant();
}

/// <summary>One operation on the page of the API: what it does, takes and answers, with examples.</summary>
internal sealed record DocsOperation(string Path, string Method, OpenApiOperation Operation)
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Room => Operation.Tags?.FirstOrDefault()?.Name ?? "Other";

    public Markup Show() => Markup.Of($"""
        <details><summary><code class="method">{Method}</code> <code class="path">{Path}</code><span
        class="soft">{Operation.Summary ?? ""}</span></summary>
        <p>{Operation.Description ?? ""}</p>{Parameters()}{Body()}{Answers()}
        </details>

        """);

    private Markup Parameters() => Operation.Parameters is not { Count: > 0 } parameters ? Markup.Empty : Markup.Of($"""
        <h3>Parameters</h3><dl>{Markup.Join(parameters.Select(parameter => Markup.Of(
            $"<dt><code>{parameter.Name ?? ""}</code></dt><dd>in the {(parameter.In == ParameterLocation.Path ? "path" : "query")}"
                + $"{Shown(parameter)}</dd>")))}</dl>
        """);

    private static Markup Shown(IOpenApiParameter parameter) => parameter.Example is { } example
        ? Markup.Of($", for example <code>{Text(example)}</code>. {parameter.Description ?? ""}")
        : Markup.Of($". {parameter.Description ?? ""}");

    private Markup Body() => Operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema is { } schema
        ? Markup.Of($"<h3>Body</h3>{Fields(schema)}<pre tabindex=\"0\">{Example(schema)}</pre>")
        : Markup.Empty;

    private Markup Answers() =>
        Markup.Of($"<h3>Answers</h3>{Markup.Join((Operation.Responses ?? []).OrderBy(answer => answer.Key).Select(Answer))}");

    private static Markup Answer(KeyValuePair<string, IOpenApiResponse> answer)
    {
        var (type, content) = answer.Value.Content?.FirstOrDefault() ?? default;
        var isFailure = answer.Key[0] is '4' or '5';
        var types = type is null || isFailure
            ? Markup.Empty
            : Markup.Of($" <span class=\"soft\">{string.Join(", ", answer.Value.Content!.Keys)}</span>");
        return Markup.Of($"""
            <p><code>{answer.Key}</code> {answer.Value.Description ?? ""}{types}</p>
            {(content?.Schema is { } schema && !isFailure ? Markup.Of($"<pre tabindex=\"0\">{Example(schema)}</pre>") : Markup.Empty)}
            """);
    }

    private static Markup Fields(IOpenApiSchema schema) =>
        Target(schema).Properties is not { Count: > 0 } properties
            ? Markup.Empty
            : Markup.Of($"<dl>{Markup.Join(properties.Select(property => Field(property.Key, property.Value)))}</dl>");

    private static Markup Field(string name, IOpenApiSchema field) =>
        Markup.Of($"<dt><code>{name}</code></dt><dd>{field.Description ?? Target(field).Description ?? ""}</dd>");

    private static string Example(IOpenApiSchema schema) =>
        Target(schema).Examples is [var first, ..] ? first.ToJsonString(Readable) : "…";

    private static IOpenApiSchema Target(IOpenApiSchema schema) =>
        schema is OpenApiSchemaReference { Target: { } target } ? target : schema;

    private static string Text(JsonNode? node) => node is null ? "…" : node.ToString();
}

/// <summary>
/// The style sheet of the page of the API, and the policy that lets nothing else in. Colours have a contrast of at least 4.5 to 1 (WCAG
/// 1.4.3).
/// </summary>
internal static class DocsStyle
{
    private const string Css = """
        :root { color-scheme: light dark; --ink: #1c2330; --soft: #4d5870; --line: #d9deea; --back: #f4f6fb; --card: #fff; --link: #1d4ed8;
        }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf5; --soft: #a9b3c8; --line: #323c51; --back: #10141d; --card: #181f2c;
        --link: #9dbdff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .75rem; }
        h3 { font-size: .95rem; margin: 1rem 0 .35rem; }
        p { margin: .5rem 0; }
        a { color: var(--link); }
        nav ul { display: flex; flex-wrap: wrap; gap: .35rem 1rem; list-style: none; margin: 1rem 0; padding: 0; }
        details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 .5rem; padding: .6rem .9rem; }
        summary { cursor: pointer; overflow-wrap: anywhere; }
        summary .soft { display: block; font-size: .9rem; }
        code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875rem; overflow-wrap: anywhere; }
        .method { font-weight: 700; }
        .routes { list-style: none; padding: 0; }
        .routes li { padding: .3rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        .soft { color: var(--soft); }
        pre { background: var(--back); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; overflow-x: auto;
        max-height: 26rem; font-size: .8125rem; line-height: 1.45; }
        dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; margin: 0; }
        dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
        summary:focus-visible, a:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        @media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
        """;

    /// <summary>The style sheet exactly as it stands between the tags: the policy's hash is of it, line ends included.</summary>
    public static string Sheet => Css.ReplaceLineEndings("\n");

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}'; img-src data:; "
            + $"base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
