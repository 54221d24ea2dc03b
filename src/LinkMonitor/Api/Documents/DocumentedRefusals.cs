using LinkMonitor.About;
using LinkMonitor.Api.Limits;
using LinkMonitor.Keys;
using LinkMonitor.Sharing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace LinkMonitor.Api.Documents;

/// <summary>
/// Says of every route of the API how it can refuse, from what the route is; a conflict is said by the routes that know one.
/// </summary>
internal static class DocumentedRefusals
{
    private const string Problem = "application/problem+json";

    public static RouteGroupBuilder WithDocumentedRefusals(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(builder =>
        {
            if (builder is RouteEndpointBuilder route)
                foreach (var status in StatusesOf(route))
                    route.Metadata.Add(new ProducesResponseTypeMetadata(status, TypeOf(status), [Problem]));
        });
        return group;
    }

    private static IEnumerable<int> StatusesOf(RouteEndpointBuilder route)
    {
        yield return StatusCodes.Status400BadRequest;
        if (route.Metadata.OfType<IAuthorizeData>().Any())
        {
            yield return StatusCodes.Status401Unauthorized;
            yield return StatusCodes.Status403Forbidden;
            // Keys that are not known share a limit, whatever they are used for.
            yield return StatusCodes.Status429TooManyRequests;
        }

        if (route.RoutePattern.Parameters.Count > 0)
            yield return StatusCodes.Status404NotFound;
        if (route.Metadata.OfType<IAcceptsMetadata>().Any())
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }

        yield return StatusCodes.Status503ServiceUnavailable;
    }

    private static Type TypeOf(int status) =>
        status == StatusCodes.Status400BadRequest ? typeof(HttpValidationProblemDetails) : typeof(ProblemDetails);
}

/// <summary>Says of every operation which key it needs, and leaves the key out where none is asked for.</summary>
internal sealed class KeyScopes : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        var words = scope is null
            ? "Needs no key."
            : $"Needs a key with the scope {scope}{(scope is KeyPolicies.Admin or KeyPolicies.AdminAll ? "" : " or a wider one")}.";
        operation.Description = operation.Description is { Length: > 0 } description ? $"{description} {words}" : words;
        if (scope is null)
            operation.Security = [];
        return Task.CompletedTask;
    }
}

/// <summary>Says of every operation with a limit which headers tell what is left of it.</summary>
internal sealed class DocumentedLimits : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<KeyLimited>().Any())
            return Task.CompletedTask;
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (answer is not OpenApiResponse response || status == "401")
                continue;
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers["RateLimit-Policy"] = Header("How much is allowed: each policy's quota (q) and window in seconds (w).");
            response.Headers["RateLimit"] = Header("What is left of it: for each policy how much (r) and for how many seconds (t).");
            if (status == "429")
                response.Headers["Retry-After"] = Header("Seconds after which to try again.");
        }

        return Task.CompletedTask;
    }

    private static OpenApiHeader Header(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}

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
