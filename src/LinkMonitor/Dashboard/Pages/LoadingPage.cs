using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>In place of a page whose links take long to read: how many are read so far, until all are.</summary>
internal static class LoadingPage
{
    public static void MapLoading(this IEndpointRouteBuilder project) => project.MapGet("/loading", ShowProgressAsync);

    /// <param name="tab">The tab of the page that waits: <c>links</c>, <c>human</c>, or empty for the overview.</param>
    public static SlicePage Of(HttpContext context, DashboardFrame frame, LinkLists lists, string title, string tab)
    {
        var project = context.CurrentProject();
        var part = new LoadingPart(lists.ReadSoFar(project), context.Request.Path + context.Request.QueryString);
        return new SlicePage(Views.Slices.Loading.Create(new LoadingModel(
            frame.Of(context, title, tab), $"/app/p/{project.Id}/loading?for={Uri.EscapeDataString(tab)}", part)));
    }

    private static async Task<IResult> ShowProgressAsync(
        HttpContext context, LinkLists lists, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var path = context.Request.Query["for"].ToString() is var tab && tab is ("links" or "human")
            ? $"/app/p/{project.Id}/{tab}" : $"/app/p/{project.Id}";
        var isDone = await lists.OpenSoonAsync(project, cancellationToken) is not null;
        return new SlicePage(Views.Slices._Loading.Create(new LoadingPart(isDone ? null : lists.ReadSoFar(project), path)));
    }
}
