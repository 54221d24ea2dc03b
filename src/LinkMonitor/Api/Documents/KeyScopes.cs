using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LinkMonitor.Api.Documents;

/// <summary>Says of every operation which key it needs, and leaves the key out where none is asked for.</summary>
internal sealed class KeyScopes : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        var words = scope is null ? "Needs no key." : $"Needs a key with the scope {scope}{(scope == Keys.KeyPolicies.Admin ? "" : " or a wider one")}.";
        operation.Description = operation.Description is { Length: > 0 } description ? $"{description} {words}" : words;
        if (scope is null)
            operation.Security = [];
        return Task.CompletedTask;
    }
}
