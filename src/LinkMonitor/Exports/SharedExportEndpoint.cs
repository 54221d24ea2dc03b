using System.Text;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Sharing;
using LinkMonitor.Sharing.Feeds;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>The route <c>/s/exports/{token}/{file}</c>: a view for whoever has its address. Nothing can be done there.</summary>
internal static class SharedExportEndpoint
{
    public static void MapSharedExports(this IEndpointRouteBuilder app) =>
        app.MapGroup("/s/exports").ExcludeFromDescription().WithBodyLimit(BodyLimits.Form).WithTokenLimit(PublicAddresses.IsOursAsync)
            .MapGet("/{token}/{file}", ShowAsync);

    private static async Task<IResult> ShowAsync(
        string token, string file, HttpContext context, ExportAddressBook book, LinkExport export, LinkLists lists, ViewFeed feed,
        PublicAddresses addresses, TimeProvider time, CancellationToken cancellationToken, bool bom = false)
    {
        if (await book.OpenAsync(token, file, cancellationToken) is not { } opened)
            return PublicPage.NotFound;
        PublicPage.SetHeaders(context.Response);
        // Programs keep a copy to ask with If-None-Match; nobody between them and us may.
        context.Response.Headers.CacheControl = "private, no-cache";
        var listing = await lists.OpenAsync(opened.Project, cancellationToken);
        var name = ExportEndpoints.FileName(opened.Project.Name, time.GetUtcNow());
        switch (opened.Gives)
        {
            case ExportGift.Rss:
                var self = new Uri(
                    (addresses.BaseUrl?.AbsoluteUri.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}")
                        + context.Request.Path);
                return Whole(await feed.WriteAsync(opened, listing, self, cancellationToken), "application/rss+xml; charset=utf-8");
            case ExportGift.Ics:
                return Whole(
                    Encoding.UTF8.GetBytes(CalendarFile.Write(opened.Project, opened.View, listing.Matching(opened.Line), listing.Moment)),
                    "text/calendar; charset=utf-8");
            case ExportGift.Csv:
                return export.Answer(context, listing, opened.Line, ExportFormat.Csv, bom, name);
            case ExportGift.Xlsx:
                return export.Answer(context, listing, opened.Line, ExportFormat.Xlsx, false, name);
            default:
                return export.Answer(context, listing, opened.Line, ExportFormat.Jsonl, false, name);
        }
    }

    // Results.Bytes compares If-None-Match.
    private static IResult Whole(byte[] content, string type) => Results.Bytes(content, type, entityTag: EntityTags.Of(content));
}

/// <summary>The latest changes of the links of a view.</summary>
internal sealed class ViewFeed(ILinkStore links)
{
    private const int MaxChanges = 100;

    // Of a view that few changes are of, so many changes of the project are looked at.
    private const int MaxLookedAt = 2_000;
    private const int AtOnce = 500;

    /// <summary>The latest 100 changes, among the latest 2,000 of the project, of links that the view finds now.</summary>
    public async Task<byte[]> WriteAsync(OpenedExport opened, LinkListing listing, Uri self, CancellationToken cancellationToken)
    {
        var wanted = opened.Line.Terms.Count == 0
            ? null
            : listing.Matching(opened.Line).Select(link => link.Id).ToHashSet();
        var (found, looked, cursor) = (new List<LinkChange>(), 0, (string?)null);
        do
        {
            var slice = await links.ListChangesAsync(opened.Project.Id, null, AtOnce, cursor, cancellationToken);
            found.AddRange(slice.Items.Where(change => wanted?.Contains(change.LinkId) is not false).Take(MaxChanges - found.Count));
            (looked, cursor) = (looked + slice.Items.Count, slice.Cursor);
        }
        while (cursor is not null && found.Count < MaxChanges && looked < MaxLookedAt);
        // Whoever reads can do nothing: no item leads to a page of ours.
        return FeedWriter.Write(
            opened.Project with { Name = $"{opened.Project.Name}: {opened.View}" }, found, self, PublicLinks.None);
    }
}
