using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Urls;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LinkMonitor.Api.Documents;

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
