using LinkMonitor.About;
using LinkMonitor.Sharing;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace LinkMonitor.Api.Documents;

/// <summary>What the OpenAPI document says of the whole: title, version and how to authenticate.</summary>
internal sealed class OpenApiIntroduction(IOptions<SharingOptions> sharing) : IOpenApiDocumentTransformer
{
    private const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "LinkMonitor",
            Version = Product.Version,
            Description =
                "Register links that other people's pages should carry, and see what changed. Errors are problem documents (RFC 9457).",
        };
        // Relative to where the document was read: an installation has as many addresses as there are ways to it.
        document.Servers =
            [new OpenApiServer { Url = sharing.Value.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? "/", Description = "This installation" }];
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
