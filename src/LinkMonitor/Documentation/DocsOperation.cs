using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.Alerts.Composing;
using Microsoft.OpenApi;

namespace LinkMonitor.Documentation;

/// <summary>One operation on the page of the API: what it does, takes and answers, with examples.</summary>
internal sealed record DocsOperation(string Path, string Method, OpenApiOperation Operation)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Room => Operation.Tags?.FirstOrDefault()?.Name ?? "Other";

    public Markup Show() => Markup.Of($"""
        <details><summary><code class="method">{Method}</code> <code class="path">{Path}</code><span class="soft">{Operation.Summary ?? ""}</span></summary>
        <p>{Operation.Description ?? ""}</p>{Parameters()}{Body()}{Answers()}
        </details>

        """);

    private Markup Parameters() => Operation.Parameters is not { Count: > 0 } parameters ? Markup.Empty : Markup.Of($"""
        <h3>Parameters</h3><dl>{Markup.Join(parameters.Select(parameter => Markup.Of(
            $"<dt><code>{parameter.Name ?? ""}</code></dt><dd>in the {(parameter.In == ParameterLocation.Path ? "path" : "query")}, for example <code>{Text(parameter.Example)}</code></dd>")))}</dl>
        """);

    private Markup Body() => Operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema is { } schema
        ? Markup.Of($"<h3>Body</h3>{Fields(schema)}<pre tabindex=\"0\">{Example(schema)}</pre>")
        : Markup.Empty;

    private Markup Answers() => Markup.Of($"<h3>Answers</h3>{Markup.Join((Operation.Responses ?? []).OrderBy(answer => answer.Key).Select(Answer))}");

    private static Markup Answer(KeyValuePair<string, IOpenApiResponse> answer)
    {
        var (type, content) = answer.Value.Content?.FirstOrDefault() ?? default;
        var isFailure = answer.Key[0] is '4' or '5';
        return Markup.Of($"""
            <p><code>{answer.Key}</code> {answer.Value.Description ?? ""}{(type is null || isFailure ? Markup.Empty : Markup.Of($" <span class=\"soft\">{string.Join(", ", answer.Value.Content!.Keys)}</span>"))}</p>
            {(content?.Schema is { } schema && !isFailure ? Markup.Of($"<pre tabindex=\"0\">{Example(schema)}</pre>") : Markup.Empty)}
            """);
    }

    private static Markup Fields(IOpenApiSchema schema) => Target(schema).Properties is not { Count: > 0 } properties ? Markup.Empty : Markup.Of(
        $"<dl>{Markup.Join(properties.Select(property => Markup.Of($"<dt><code>{property.Key}</code></dt><dd>{property.Value.Description ?? Target(property.Value).Description ?? ""}</dd>")))}</dl>");

    private static string Example(IOpenApiSchema schema) =>
        Target(schema).Examples is [var first, ..] ? first.ToJsonString(Readable) : "…";

    private static IOpenApiSchema Target(IOpenApiSchema schema) => schema is OpenApiSchemaReference { Target: { } target } ? target : schema;

    private static string Text(JsonNode? node) => node is null ? "…" : node.ToString();
}
