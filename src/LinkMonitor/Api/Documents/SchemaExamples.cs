using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Urls;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LinkMonitor.Api.Documents;

/// <summary>
/// Gives every schema an example, put together from one example for each property: <c>examples.json</c> has it under
/// <c>Schema.property</c>, or under
/// <c>property</c> where it means the same everywhere. A schema that another names has its own example in it.
/// </summary>
internal sealed class SchemaExamples : IOpenApiDocumentTransformer
{
    private const string Resource = "LinkMonitor.Api.Documents.examples.json";
    private const int MaxDepth = 8;

    private static readonly JsonObject Known = Read();

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
            if (schema is OpenApiSchema own && Of(name, own, 0) is { } example)
                own.Examples = [example];
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(operation => operation.Value))
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
                Show(parameter);
        return Task.CompletedTask;
    }

    // What need not be there is shown in words: pages that send requests send every example, and a cursor of another list is refused.
    private static void Show(OpenApiParameter parameter)
    {
        var example = Known[parameter.In == ParameterLocation.Query ? $"?{parameter.Name} of a query" : ""] ?? Known[$"?{parameter.Name}"];
        if (parameter.Required)
            parameter.Example = example?.DeepClone();
        else if (example is not null)
            parameter.Description = string.Join(' ', new[] { parameter.Description, $"For example {example}." }.OfType<string>());
    }

    private static JsonNode? Of(string name, IOpenApiSchema schema, int depth)
    {
        if (Known[name] is { } whole)
            return whole.DeepClone();
        if (schema.Enum is [var first, ..])
            return first.DeepClone();
        if (schema.Properties is not { Count: > 0 } properties || depth > MaxDepth)
            return null;
        var example = new JsonObject();
        foreach (var (property, value) in properties)
            example[property] = Known.TryGetPropertyValue($"{name}.{property}", out var own) || Known.TryGetPropertyValue(property, out own)
                ? own?.DeepClone()
                : Named(value, depth + 1);
        return example;
    }

    // A schema by its name, one of it in an array, or one that may be null.
    private static JsonNode? Named(IOpenApiSchema schema, int depth) => schema switch
    {
        OpenApiSchemaReference { Reference.Id: { } id, Target: { } target } => Of(id, target, depth),
        { Items: { } items } => Named(items, depth) is { } item ? new JsonArray(item) : new JsonArray(),
        { OneOf: { Count: > 0 } choices } => choices.Select(choice => Named(choice, depth)).FirstOrDefault(choice => choice is not null),
        { Enum: [var first, ..] } => first.DeepClone(),
        _ => null,
    };

    private static JsonObject Read()
    {
        using var stream = typeof(SchemaExamples).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The build lacks {Resource}.");
        return (JsonObject)JsonNode.Parse(stream, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
    }
}

/// <summary>
/// Says what the framework cannot see: the names of an enumeration that is written by a converter of ours, and that a whole number is one.
/// </summary>
internal sealed class NamedValues : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum =
                [.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, context.JsonTypeInfo)!)];
        }
        else if (type == typeof(WebUrl))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "uri");
        }
        else if (schema.Type is { } kinds
            && kinds.HasFlag(JsonSchemaType.String)
            && (kinds.HasFlag(JsonSchemaType.Integer) || kinds.HasFlag(JsonSchemaType.Number)))
        {
            (schema.Type, schema.Pattern) = (kinds & ~JsonSchemaType.String, null);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Says which names a query parameter takes, from the same rule that refuses others.</summary>
internal sealed class QueryValues : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var fields = context.Description.ActionDescriptor.EndpointMetadata.OfType<DeclaredQuery>().FirstOrDefault();
        foreach (var parameter in operation.Parameters ?? [])
            if (parameter is { In: ParameterLocation.Query, Name: { } name, Schema: OpenApiSchema schema }
                && fields?.NamesOf(name) is { Count: > 0 } names)
                schema.Enum = [.. names.Select(one => (JsonNode)JsonValue.Create(one))];
        return Task.CompletedTask;
    }
}
