using LinkMonitor.Api;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing.Feeds;

/// <summary>The feed of a project's changes: with an API key, and at a public address for feed readers.</summary>
internal static class FeedEndpoints
{
    private const int MaxChanges = 100;

    public static void MapFeeds(this IEndpointRouteBuilder api) =>
        api.MapProject().MapGet("/changes.rss", ForKeyAsync).RequireAuthorization(KeyPolicies.Read).WithTags("Changes")
            .WithSummary("The latest 100 changes as RSS 2.0")
            .Produces(StatusCodes.Status200OK, contentType: "application/rss+xml")
            .Produces(StatusCodes.Status304NotModified);

    public static async Task<IResult> SharedAsync(
        string token, HttpContext context, PublicAddresses addresses, ILinkStore links, CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.Feed, cancellationToken) is not { } opened)
            return PublicPage.NotFound;
        PublicPage.SetHeaders(context.Response);
        // Feed readers keep a copy to ask with If-None-Match; nobody between them and us may.
        context.Response.Headers.CacheControl = "private, no-cache";
        var self = addresses.BaseUrl is { } baseUrl
            ? new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/s/feeds/{token}")
            : Requested(context.Request);
        return await WriteAsync(opened.Project, self, new PublicLinks(addresses.BaseUrl, opened.Sign), links, cancellationToken);
    }

    private static async Task<IResult> ForKeyAsync(
        string projectId, HttpContext context, PublicAddresses addresses, ILinkStore links, CancellationToken cancellationToken)
    {
        var publicLinks = await addresses.GetAsync(context.CurrentProject(), cancellationToken);
        // Also with a key the feed names its public address: it is the one to give to a feed reader.
        var self = publicLinks.Feed(context.CurrentProject().Id) ?? Requested(context.Request);
        return await WriteAsync(context.CurrentProject(), self, publicLinks, links, cancellationToken);
    }

    private static Uri Requested(HttpRequest request) => new($"{request.Scheme}://{request.Host}{request.Path}");

    private static async Task<IResult> WriteAsync(
        Project project, Uri self, PublicLinks publicLinks, ILinkStore links, CancellationToken cancellationToken)
    {
        var changes = await links.ListChangesAsync(project.Id, null, MaxChanges, null, cancellationToken);
        var feed = FeedWriter.Write(project, changes.Items, self, publicLinks);

        // Results.Bytes compares If-None-Match and If-Modified-Since.
        return Results.Bytes(
            feed, "application/rss+xml; charset=utf-8", entityTag: EntityTags.Of(feed),
            lastModified: changes.Items is [var newest, ..] ? newest.Transition.At : project.CreatedAt);
    }
}
