using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LinkMonitor.Api;

/// <summary>What the OpenAPI document says of the whole: title, version and how to authenticate.</summary>
internal sealed class OpenApiIntroduction : IOpenApiDocumentTransformer
{
    private const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "LinkMonitor",
            Version = Product.Version,
            Description = "Register links that other people's pages should carry, and learn what changed. Errors are problem documents (RFC 9457).",
        };
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                Description = "An API key, lm_…",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        return Task.CompletedTask;
    }
}
