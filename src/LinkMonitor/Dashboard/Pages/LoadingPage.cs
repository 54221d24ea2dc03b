using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>In place of a page whose links take long to read: how many are read so far, until all are.</summary>
internal static class LoadingPage
{
    private const int SecondsWithoutScript = 3;

    // The page that waits, with its filter.
    private const string ThisPage = "";

    public static void MapLoading(this IEndpointRouteBuilder project) => project.MapGet("/loading", ShowProgressAsync);

    /// <param name="tab">The tab of the page that waits.</param>
    public static SlicePage Of(HttpContext context, DashboardFrame frame, LinkLists lists, string title, string tab)
    {
        var project = context.CurrentProject();
        return new SlicePage(Views.Slices.Loading.Create(new LoadingModel(
            frame.Of(context, title, tab) with { RefreshAfter = SecondsWithoutScript }, $"/app/p/{project.Id}/loading?here=1",
            new LoadingPart(lists.ReadSoFar(project), ThisPage))));
    }

    private static async Task<IResult> ShowProgressAsync(
        HttpContext context, LinkLists lists, CancellationToken cancellationToken, string? here = null)
    {
        var project = context.CurrentProject();
        var isDone = await lists.OpenSoonAsync(project, cancellationToken) is not null;
        return new SlicePage(Views.Slices._Loading.Create(
            new LoadingPart(isDone ? null : lists.ReadSoFar(project), here is null ? $"/app/p/{project.Id}" : ThisPage)));
    }
}
