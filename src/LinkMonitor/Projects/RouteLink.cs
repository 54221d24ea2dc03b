using LinkMonitor.Api;
using LinkMonitor.Storage.Links;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Projects;

/// <summary>The link that a route names, in the project of the route.</summary>
internal static class RouteLink
{
    /// <summary>Null when the project has no such link.</summary>
    public static async Task<WatchedLink?> FindAsync(
        this ILinkStore links, HttpContext context, string linkId, CancellationToken cancellationToken) =>
        LinkIds.IsValid(linkId) ? await links.GetAsync(context.CurrentProject().Id, new LinkId(linkId), cancellationToken) : null;

    public static ProblemHttpResult NotFound(string linkId) => Problems.NotFound($"The project has no link '{linkId}'.");
}
