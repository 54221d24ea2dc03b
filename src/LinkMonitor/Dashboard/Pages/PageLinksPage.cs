using LinkMonitor.Engine.Naming;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/links/{linkId}/page</c>: all links of a project that the page of a link should carry.</summary>
internal static class PageLinksPage
{
    private const int Shown = 200;

    public static void MapPageLinks(this IEndpointRouteBuilder project) => project.MapGet("/links/{linkId}/page", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, string linkId, DashboardFrame frame, IPageStore pages, ILinkStore links, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } asked)
            return DashboardMessages.NotFound;
        var (found, unreadable) = (new List<WatchedLink>(), 0);
        await foreach (var watcher in pages.ReadWatchersAsync(asked.PageKey, cancellationToken))
        {
            if (watcher.ProjectId != project.Id)
                continue;
            try
            {
                if (await links.GetAsync(project.Id, watcher.LinkId, cancellationToken) is { } link)
                    found.Add(link);
            }
            catch (UnreadableRowException)
            {
                unreadable++;
            }

            if (found.Count == Shown)
                break;
        }

        var lines = new LineMaker(project, time.GetUtcNow());
        var last = found.Append(asked).MaxBy(link => link.Status.LastCheckedAt)!;
        return new SlicePage(PageLinks.Create(new PageModel(
            frame.Of(context, lines.Of(last).PageWords, "links").LeavingOut(unreadable, "link"), last.Page.Href,
            $"{CountText.Of(found.Count, "watched link")} of this project on the page", [.. found.Select(lines.Of)],
            lines.Moments.Of(last.Status.LastCheckedAt),
            CheckWords.Said(last.Status) ?? "Not checked yet.")));
    }
}
