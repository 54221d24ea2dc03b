using System.Globalization;
using System.Text;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Projects;
using LinkMonitor.SavedViews;
using LinkMonitor.Sharing;
using LinkMonitor.Sharing.Feeds;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>The routes <c>/api/v1/projects/{id}/export.csv</c>, <c>.xlsx</c> and <c>.jsonl</c>.</summary>
internal static class ExportEndpoints
{
    public static IServiceCollection AddExports(this IServiceCollection services) =>
        services.AddSingleton<LinkExport>().AddSingleton<ExportAddressBook>().AddSingleton<ViewFeed>();

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        Map(api, "csv", ExportFormat.Csv, "text/csv")
            .WithSummary("A project's links as CSV, or those that a filter or a saved view finds")
            .WithDescription(
                "Streamed, with stable columns (docs/exports.md). Cells that a spreadsheet would run as a formula begin with an "
                    + "apostrophe; "
                    + "our own import takes it away again. bom=false leaves out the byte order mark that Excel needs.");
        Map(api, "xlsx", ExportFormat.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .WithSummary("The same as an Excel workbook")
            .WithDescription("400 when there are more links than a sheet has rows.");
        Map(api, "jsonl", ExportFormat.Jsonl, "application/jsonl")
            .WithSummary("The same as JSON lines: each link as the API gives it, one a line");
    }

    /// <summary>The line of a filter, of a saved view, or of both.</summary>
    /// <returns>Null when there is no view that the caller may see.</returns>
    public static async Task<FilterLine?> LineAsync(
        HttpContext context, FilterLine line, string? view, ViewRegistry views, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(view))
            return line;
        var text = BuiltInViews.All.FirstOrDefault(one => one.Id == view)?.Line.Text
            ?? (await views.FindAsync(context.CurrentProject().Id, context.Holder(), view, cancellationToken))?.Line;
        return text is not null && FilterParser.Read(text).Line is { } seen ? line.And(seen) : null;
    }

    /// <summary>The name of the file without its ending: the project and the day, without anything that a file system minds.</summary>
    public static string FileName(string project, DateTimeOffset now)
    {
        var plain = string.Join('-', string.Concat(project.Select(character => char.IsLetterOrDigit(character) ? character : '-'))
            .Split('-', StringSplitOptions.RemoveEmptyEntries));
        return string.Create(
            CultureInfo.InvariantCulture, $"{(plain.Length == 0 ? "links" : plain[..Math.Min(plain.Length, 60)])}-{now:yyyy-MM-dd}");
    }

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder api, string ending, ExportFormat format, string type) =>
        api.MapProject().MapGet($"/export.{ending}", (
                string projectId, [AsParameters] LinkQuery query, string? view, bool? bom, HttpContext context, LinkExport export,
                LinkLists lists, ViewRegistry views, NamedTypes types, TimeProvider time, CancellationToken cancellationToken) =>
                ExportAsync(format, query, view, bom, context, export, lists, views, types, time, cancellationToken))
            .RequireAuthorization(KeyPolicies.Read).WithTags("Exports")
            .Produces(StatusCodes.Status200OK, contentType: type)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ExportAsync(
        ExportFormat format, LinkQuery query, string? view, bool? bom, HttpContext context, LinkExport export, LinkLists lists,
        ViewRegistry views, NamedTypes types, TimeProvider time, CancellationToken cancellationToken)
    {
        var (project, errors) = (context.CurrentProject(), new FieldErrors());
        await types.CheckAsync(project, query.Filter, problem => errors.Add("filter", problem), cancellationToken);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());
        if (await LineAsync(context, LinkFilterReader.ReadLine(query), view, views, cancellationToken) is not { } line)
            return Problems.NotFound($"There is no view '{FieldErrors.Cut(view!)}'.");
        var listing = await lists.OpenAsync(project, cancellationToken);
        return export.Answer(context, listing, line, format, bom ?? true, FileName(project.Name, time.GetUtcNow()));
    }
}

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
                    Encoding.UTF8.GetBytes(CalendarFile.Write(
                        opened.Project, opened.View, listing.Matching(opened.Line), listing.Moment, listing.Snapshot.Unreadable.Count)),
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
        var (found, looked, unreadable, cursor) = (new List<LinkChange>(), 0, 0, (string?)null);
        do
        {
            var slice = await links.ListChangesAsync(opened.Project.Id, null, AtOnce, cursor, cancellationToken);
            found.AddRange(slice.Items.Where(change => wanted?.Contains(change.LinkId) is not false).Take(MaxChanges - found.Count));
            (looked, unreadable, cursor) = (looked + slice.Items.Count + slice.SetAside, unreadable + slice.SetAside, slice.Cursor);
        }
        while (cursor is not null && found.Count < MaxChanges && looked < MaxLookedAt);
        // Whoever reads can do nothing: no item leads to a page of ours.
        return FeedWriter.Write(
            opened.Project with { Name = $"{opened.Project.Name}: {opened.View}" }, found, self, PublicLinks.None,
            new LeftOfFeed(unreadable, wanted is null ? 0 : listing.Snapshot.Unreadable.Count));
    }
}
