using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/changes</c>: every confirmed change, the newest first.</summary>
internal static class ChangesPage
{
    private const int PageSize = 50;

    public static void MapChangeList(this IEndpointRouteBuilder project) => project.MapGet("/changes", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, ILinkStore links, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null)
    {
        var project = context.CurrentProject();
        var slice = await links.ListChangesAsync(project.Id, null, PageSize, cursor, cancellationToken);
        var lines = new LineMaker(project, time.GetUtcNow());
        return new SlicePage(Views.Slices.Changes.Create(new ChangesModel(
            frame.Of(context, "Changes", "changes").LeavingOut(slice.SetAside, "change"), [.. slice.Items.Select(lines.Of)],
            Paging.Of(context, slice.Cursor, cursor))));
    }
}

/// <summary>The ways on from a part of a list.</summary>
internal static class Paging
{
    /// <param name="next">The cursor of what follows; null at the end.</param>
    /// <param name="current">The cursor of this part; null at the start.</param>
    public static Pager Of(HttpContext context, string? next, string? current)
    {
        var path = context.Request.Path.ToString();
        var kept = string.Concat(context.Request.Query.Where(one => one.Key != "cursor").Select(
            one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value.ToString())}&"));
        return new Pager(
            next is null ? null : $"{path}?{kept}cursor={Uri.EscapeDataString(next)}",
            current is null ? null : kept.Length == 0 ? path : $"{path}?{kept.TrimEnd('&')}");
    }
}
