using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinkMonitor.IntegrationTests.Api;

/// <summary>
/// An OpenAPI document by section, in lines that people can read. Says everything but the examples of schemas, and fails at what it does
/// not know how to say.
/// </summary>
internal static class OpenApiText
{
    /// <summary>What the document says of itself, and every operation: its words, its body and its answers.</summary>
    public static string Operations(JsonElement document)
    {
        Know(document, "openapi", "info", "servers", "paths", "components", "security", "tags");
        Know(document.GetProperty("components"), "schemas", "securitySchemes");
        var lines = new List<string>();
        foreach (var part in new[] { "openapi", "info", "servers", "security", "tags" })
            lines.Add($"{part}: {Json(document.GetProperty(part))}");
        lines.Add($"securitySchemes: {Json(document.GetProperty("components").GetProperty("securitySchemes"))}");
        foreach (var (method, path, operation) in All(document))
        {
            Know(operation, "tags", "summary", "description", "parameters", "requestBody", "responses", "security");
            lines.AddRange(["", $"{method} {path}"]);
            lines.Add($"  {string.Join(", ", operation.GetProperty("tags").EnumerateArray())}: {Word(operation, "summary")}");
            lines.Add($"  {Word(operation, "description")}");
            if (operation.TryGetProperty("security", out var security))
                lines.Add($"  security {Json(security)}");
            if (operation.TryGetProperty("requestBody", out var body))
            {
                Know(body, "content", "required", "description");
                lines.Add($"  takes {Content(body)}{(IsTrue(body, "required") ? "" : "?")} {Word(body, "description")}".TrimEnd());
            }

            foreach (var group in operation.GetProperty("responses").EnumerateObject().GroupBy(one => Content(one.Value)))
            {
                foreach (var answer in group)
                    Know(answer.Value, "description", "content", "headers");
                lines.Add(
                    $"  {string.Join(", ", group.Select(one => $"{one.Name} {Word(one.Value, "description")}"))}: {group.Key}");
            }
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Every parameter of every operation; those that need not be there have a question mark.</summary>
    public static string Parameters(JsonElement document)
    {
        var lines = new List<string>();
        foreach (var (method, path, operation) in All(document))
        {
            if (!operation.TryGetProperty("parameters", out var parameters))
                continue;
            lines.Add($"{method} {path}");
            foreach (var one in parameters.EnumerateArray())
            {
                Know(one, "name", "in", "required", "description", "schema", "example");
                var example = one.TryGetProperty("example", out var shown) ? $", for example {Json(shown)}" : "";
                lines.Add(
                    $"  {Word(one, "in")} {Word(one, "name")}{(IsTrue(one, "required") ? "" : "?")}: "
                        + $"{Type(one.GetProperty("schema"))}{example} {Word(one, "description")}".TrimEnd());
            }
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Every schema with its fields; those that need not be there have a question mark.</summary>
    public static string Schemas(JsonElement document)
    {
        var lines = new List<string>();
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            lines.Add($"{schema.Name}: {Type(schema.Value)} {Word(schema.Value, "description")}".TrimEnd());
            if (!schema.Value.TryGetProperty("properties", out var fields))
                continue;
            var required = schema.Value.TryGetProperty("required", out var names)
                ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet()
                : [];
            foreach (var field in fields.EnumerateObject())
                lines.Add(
                    $"  {field.Name}{(required.Contains(field.Name) ? "" : "?")}: {Type(field.Value)} {Word(field.Value, "description")}"
                        .TrimEnd());
        }

        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> All(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(
            path => path.Value.EnumerateObject().Select(one => (one.Name.ToUpperInvariant(), path.Name, one.Value)));

    private static string Content(JsonElement of)
    {
        if (!of.TryGetProperty("content", out var content))
            return "nothing";
        return string.Join(" or ", content.EnumerateObject().Select(one =>
        {
            Know(one.Value, "schema");
            var type = one.Value.TryGetProperty("schema", out var schema) ? $" {Type(schema)}" : "";
            return one.Name == "application/json" ? type.TrimStart() : $"{one.Name}{type}";
        }));
    }

    private static string Type(JsonElement schema)
    {
        Know(
            schema, "$ref", "type", "format", "enum", "items", "oneOf", "additionalProperties", "properties", "required", "description",
            "examples", "minimum", "maximum", "default", "pattern", "maxLength", "minLength");
        if (schema.TryGetProperty("$ref", out var reference))
            return reference.GetString()!.Split('/')[^1];
        if (schema.TryGetProperty("oneOf", out var choices))
            return string.Join(" | ", choices.EnumerateArray().Select(Type));
        var type = !schema.TryGetProperty("type", out var named) ? "any"
            : named.ValueKind == JsonValueKind.Array ? string.Join(" | ", named.EnumerateArray()) : named.GetString()!;
        foreach (var limit in new[] { "format", "enum", "minimum", "maximum", "default", "pattern", "minLength", "maxLength" })
        {
            if (schema.TryGetProperty(limit, out var value))
                type += $" {limit} {Json(value)}";
        }

        if (schema.TryGetProperty("items", out var items))
            type += $" of {Type(items)}";
        return schema.TryGetProperty("additionalProperties", out var others) ? $"{type} by name of {Type(others)}" : type;
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Json(JsonElement value) => JsonSerializer.Serialize(value, Plain);

    private static bool IsTrue(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.GetBoolean();

    private static string Word(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static void Know(JsonElement of, params ReadOnlySpan<string> names)
    {
        foreach (var property in of.EnumerateObject())
            Assert.True(names.Contains(property.Name), $"The document has '{property.Name}', which no section says.");
    }
}
