using LinkMonitor.Auditing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>One route of the API, as the product itself has it.</summary>
/// <param name="Path">With its parameters, for example <c>/api/v1/projects/{projectId}</c>.</param>
/// <param name="Policy">The key policy; null when anybody may call it.</param>
/// <param name="TakesBody">Whether it reads JSON.</param>
/// <param name="IsAudited">Whether what it does is kept in the audit log.</param>
internal sealed record ApiRoute(string Method, string Path, string? Policy, string Summary, bool TakesBody, bool IsAudited)
{
    /// <summary>All routes under <c>/api/</c>.</summary>
    public static IReadOnlyList<ApiRoute> AllOf(Product product) =>
    [
        .. product.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => new ApiRoute(
                method,
                endpoint.RoutePattern.RawText!.TrimEnd('/'),
                endpoint.Metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy,
                endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? string.Empty,
                endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null,
                endpoint.Metadata.GetMetadata<NotAudited>() is null))),
    ];

    /// <summary>The path with values for its parameters.</summary>
    public string PathWith(IReadOnlyDictionary<string, string> values) =>
        values.Aggregate(Path, (path, value) => path.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));

    public override string ToString() => $"{Method} {Path}";
}
