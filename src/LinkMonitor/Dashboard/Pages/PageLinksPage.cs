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
            SaidOf([.. found.Append(asked).DistinctBy(link => link.Id)]))));
    }

    // One sentence where it holds for all of them; of links that are not alike none does.
    private static string SaidOf(IReadOnlyList<WatchedLink> links)
    {
        var said = links.Select(link => CheckWords.Said(link.Status) ?? "Not checked yet.").Distinct(StringComparer.Ordinal).ToList();
        if (said is [var one])
            return one;
        var states = links.CountBy(link => link.Status.State).OrderBy(state => state.Key)
            .Select(state => $"{state.Value} {States.Words(WireName.Of(state.Key))}");
        return $"{CountText.Of(links.Count, "link")}: {string.Join(", ", states)}. What the last check says of each is on its own page.";
    }
}
