using System.Security.Cryptography;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Sharing.Pages;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using Microsoft.Net.Http.Headers;

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
        string token, HttpContext context, PublicAddresses addresses, IProjectStore projects, ILinkStore links, CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.Feed, cancellationToken) is not { } thing
            || await projects.GetAsync(thing.Project, cancellationToken) is not { } project)
            return PublicPage.NotFound;
        PublicPage.SetHeaders(context.Response);
        // Feed readers keep a copy to ask with If-None-Match; nobody between them and us may.
        context.Response.Headers.CacheControl = "private, no-cache";
        return await WriteAsync(project, context, addresses, links, cancellationToken);
    }

    private static Task<IResult> ForKeyAsync(
        string projectId, HttpContext context, PublicAddresses addresses, ILinkStore links, CancellationToken cancellationToken) =>
        WriteAsync(context.CurrentProject(), context, addresses, links, cancellationToken);

    private static async Task<IResult> WriteAsync(
        Project project, HttpContext context, PublicAddresses addresses, ILinkStore links, CancellationToken cancellationToken)
    {
        var changes = await links.ListChangesAsync(project.Id, null, MaxChanges, null, cancellationToken);
        var request = context.Request;
        var publicLinks = await addresses.GetAsync(cancellationToken);
        // Also with a key the feed names its public address: it is the one to give to a feed reader.
        var self = publicLinks.Feed(project.Id) ?? new Uri($"{request.Scheme}://{request.Host}{request.Path}");
        var feed = FeedWriter.Write(project, changes.Items, self, publicLinks);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(feed).AsSpan(0, 16))}\"");

        // Results.Bytes compares If-None-Match and If-Modified-Since.
        return Results.Bytes(
            feed, "application/rss+xml; charset=utf-8", entityTag: tag, lastModified: changes.Items is [var newest, ..] ? newest.Transition.At : project.CreatedAt);
    }
}
