using System.Text.RegularExpressions;
using LinkMonitor.Auditing;
using LinkMonitor.IntegrationTests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>A route of the dashboard, from the endpoints themselves: a new page is in every table that is made of them.</summary>
internal sealed partial record DashboardRoute(bool IsPost, string Path, IReadOnlyList<string> Policies, bool IsAudited)
{
    // Of a parameter that takes one of several words the first is taken: {act:regex(^(pause|resume)$)}.
    public string PathWith(IReadOnlyDictionary<string, string> values) => Parameter().Replace(
        Path, match => match.Groups["first"].Success ? match.Groups["first"].Value : values[match.Groups["name"].Value]);

    public override string ToString() => $"{(IsPost ? "POST" : "GET")} {Path}";

    [GeneratedRegex(@"\{(?<name>\w+)(:regex\(\^\((?<first>\w+)[^}]*\))?\}")]
    private static partial Regex Parameter();

    public static List<DashboardRoute> AllOf(Product product) =>
    [
        .. product.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path
                && (path.StartsWith("/app", StringComparison.Ordinal) || path.StartsWith("/sign-in", StringComparison.Ordinal)
                    || path.StartsWith("/assets", StringComparison.Ordinal))
                && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => new DashboardRoute(
                method == "POST",
                endpoint.RoutePattern.RawText!.Length > 1 ? endpoint.RoutePattern.RawText.TrimEnd('/') : "/",
                [.. endpoint.Metadata.OfType<IAuthorizeData>().Select(one => one.Policy).OfType<string>()],
                endpoint.Metadata.GetMetadata<NotAudited>() is null))),
    ];
}
