using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
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
        if (history is { Items.Count: 0, SetAside: 0 } && await links.FindAsync(context, linkId, cancellationToken) is null)
            return RouteLink.NotFound(linkId);
        return View(history);
    }

    private static Ok<SliceView<ChangeView>> View(Slice<LinkChange> slice) =>
        TypedResults.Ok(slice.View(ChangeView.Of));
}

/// <summary>A change as the API shows it, with its proof.</summary>
public sealed record ChangeView
{
    /// <summary>The event id: the same on every channel.</summary>
    public required string Id { get; init; }

    public required string LinkId { get; init; }

    public required string Page { get; init; }

    public required string Target { get; init; }

    public required LinkState From { get; init; }

    public required LinkState To { get; init; }

    public required IReadOnlyList<Reason> ReasonsBefore { get; init; }

    public required IReadOnlyList<Reason> ReasonsAfter { get; init; }

    /// <summary>The first observation that said so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The observation that confirmed it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Null at the first observation.</summary>
    public required Evidence? Before { get; init; }

    public required Evidence After { get; init; }

    /// <summary>Another page that carries the link, to watch instead of this one; null when none was found.</summary>
    public required string? SuggestedPage { get; init; }

    /// <summary>Whether it is reported in an alert.</summary>
    public required bool Alerts { get; init; }

    /// <summary>It was not reported on its own, because the link was unstable.</summary>
    public required bool Held { get; init; }

    internal static ChangeView Of(LinkChange change) => new()
    {
        Id = change.Id,
        LinkId = change.LinkId.Value,
        Page = change.Page.Href,
        Target = change.Target.Href,
        From = change.Transition.From,
        To = change.Transition.To,
        ReasonsBefore = change.Transition.ReasonsBefore,
        ReasonsAfter = change.Transition.ReasonsAfter,
        Since = change.Transition.Since,
        At = change.Transition.At,
        Before = change.Transition.Before,
        After = change.Transition.After,
        SuggestedPage = change.Transition.After.MovedTo?.Page.Href,
        Alerts = change.Transition.Alerts,
        Held = change.Held,
    };
}

/// <summary>The JSON of the API for changes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SliceView<ChangeView>))]
internal sealed partial class ChangeJson : JsonSerializerContext;
