using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Changes;

/// <summary>What changed: of a project, and of one link.</summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder api)
    {
        var project = api.MapProject().WithTags("Changes");
        project.MapGet("/changes", ListAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("A project's changes, newest first")
            .WithDescription("With since, only changes made after that time (ISO 8601 with an offset, for example 2026-11-21T08:00:00Z).");
        project.MapGet("/links/{linkId}/history", HistoryAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("One link's changes, newest first; also of a deleted link");
    }

    private static async Task<Ok<SliceView<ChangeView>>> ListAsync(
        string projectId,
        DateTimeOffset? since,
        [PageLimit] int? limit,
        [CursorOf(ListNames.Changes, "projectId")] string? cursor,
        HttpContext context,
        ILinkStore links,
        CancellationToken cancellationToken)
    {
        return View(
            await links.ListChangesAsync(
                context.CurrentProject().Id, since, limit ?? PageLimitAttribute.Default, cursor, cancellationToken));
    }

    private static async Task<Results<Ok<SliceView<ChangeView>>, ProblemHttpResult>> HistoryAsync(
        string projectId,
        string linkId,
        [PageLimit] int? limit,
        [CursorOf(ListNames.History, "projectId", "linkId")] string? cursor,
        HttpContext context,
        ILinkStore links,
        CancellationToken cancellationToken)
    {
        if (!LinkIdFactory.IsValid(linkId))
            return RouteLink.NotFound(linkId);

        var history = await links.ListHistoryAsync(
            context.CurrentProject().Id, new LinkId(linkId), limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        if (history.Items.Count == 0 && await links.FindAsync(context, linkId, cancellationToken) is null)
            return RouteLink.NotFound(linkId);
        return View(history);
    }

    private static Ok<SliceView<ChangeView>> View(Slice<LinkChange> slice) =>
        TypedResults.Ok(new SliceView<ChangeView>([.. slice.Items.Select(ChangeView.Of)], slice.Cursor));
}
