using System.Text.Json.Nodes;
using LinkMonitor.Api.Queries;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LinkMonitor.Api.Documents;

/// <summary>Says which names a query parameter takes, from the same rule that refuses others.</summary>
internal sealed class QueryValues : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var fields = context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryFields>().FirstOrDefault();
        foreach (var parameter in operation.Parameters ?? [])
            if (parameter is { In: ParameterLocation.Query, Name: { } name, Schema: OpenApiSchema schema } && fields?.NamesOf(name) is { Count: > 0 } names)
                schema.Enum = [.. names.Select(one => (JsonNode)JsonValue.Create(one))];
        return Task.CompletedTask;
    }
}
