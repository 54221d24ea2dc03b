using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.Links;

/// <summary>
/// Does one thing with many links. Each is done or not on its own: what was answered as done stays done, whatever comes of the others.
/// </summary>
internal sealed class LinkBulk(ILinkStore links, LinkRegistry registry, ILinkTypeStore types)
{
    private const int AtATime = 16;

    /// <param name="mayCheck">Counts a check of one page against the caller's limit.</param>
    /// <param name="undoId">The act by which what is deleted can be brought back; null for none.</param>
    public async Task<BulkResult> RunAsync(
        ProjectId project, BulkOrder order, Author by, string? undoId, Func<bool> mayCheck, CancellationToken cancellationToken)
    {
        var statuses = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var found = new ConcurrentBag<WatchedLink>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(order.Links, parallel, async (id, stop) =>
        {
            if (LinkIdFactory.IsValid(id) && await links.GetAsync(project, new LinkId(id), stop) is { } link)
                found.Add(link);
            else
                statuses[id] = StatusCodes.Status404NotFound;
        });

        var known = order.Action == BulkAction.SetType ? await types.ReadAsync(project, cancellationToken) : ProjectTypes.BuiltIn;

        // Links of one page go one after the other: side by side they would only fight for the page's row. One check is for all of them.
        await Parallel.ForEachAsync(found.GroupBy(link => link.PageKey), parallel, async (page, stop) =>
        {
            var status = order.Action == BulkAction.Check ? await CheckAsync(page.First(), mayCheck, stop) : 0;
            foreach (var link in page)
                statuses[link.Id.Value] =
                    order.Action == BulkAction.Check ? status : await DoAsync(link, order, known, by, undoId, stop);
        });
        return BulkResult.Of(order.Action, [.. order.Links.Select(id => new BulkItem(id, statuses[id]))]);
    }

    private async Task<int> CheckAsync(WatchedLink link, Func<bool> mayCheck, CancellationToken cancellationToken)
    {
        if (!mayCheck())
            return StatusCodes.Status429TooManyRequests;
        await registry.CheckNowAsync(link, cancellationToken);
        return StatusCodes.Status202Accepted;
    }

    private async Task<int> DoAsync(
        WatchedLink link, BulkOrder order, ProjectTypes known, Author by, string? undoId, CancellationToken cancellationToken)
    {
        if (order.Action == BulkAction.Delete)
            return await registry.RemoveAsync(link, by, undoId, null, cancellationToken)
                ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        if (order.Action == BulkAction.SetType)
            return await registry.EditAsync(
                link.ProjectId, link.Id, now => LinkTyping.Apply(now with { Type = order.Type }, known), cancellationToken) is null
                ? StatusCodes.Status404NotFound
                : StatusCodes.Status200OK;
        var (muted, until) = (order.Action == BulkAction.Mute, order.MutedUntil);
        return await registry.EditAsync(
            link.ProjectId, link.Id, now => now with { Muted = muted, MutedUntil = until }, cancellationToken) is null
            ? StatusCodes.Status404NotFound
            : StatusCodes.Status200OK;
    }
}

/// <summary>What can be done with many links at once.</summary>
[JsonConverter(typeof(WireNameJsonConverter<BulkAction>))]
public enum BulkAction
{
    Check,
    Mute,
    Unmute,
    Delete,
    SetType,
}

/// <summary>What became of one link.</summary>
/// <param name="Status">200 changed, 202 to be checked, 204 deleted, 404 not there, 429 too many checks in a minute.</param>
public sealed record BulkItem(string LinkId, int Status);

/// <summary>A bulk request that was read and is sound.</summary>
/// <param name="Links">1 to 1,000, each once; none yet when there is a line.</param>
/// <param name="Line">The links that it wants are meant; null for those that are named.</param>
/// <param name="Type">For <see cref="BulkAction.SetType"/>: the key of the type; null to take it away.</param>
internal sealed record BulkOrder(
    BulkAction Action, IReadOnlyList<string> Links, DateTimeOffset? MutedUntil, FilterLine? Line = null, string? Type = null)
{
    public const int MaxLinks = 1_000;

    /// <param name="now">A muting ends after it.</param>
    /// <param name="types">Those of the project.</param>
    /// <param name="saysType">Whether the request has a type, which may be null.</param>
    /// <returns>Null exactly when <paramref name="errors"/> has any.</returns>
    public static BulkOrder? Read(BulkRequest request, DateTimeOffset now, ProjectTypes types, bool saysType, FieldErrors errors)
    {
        if (request.Action == BulkAction.SetType && !saysType)
            errors.AddIfNone("type", "Say which type: the key of one of the project's, or null to take it away.");
        if (saysType && request.Action is not (BulkAction.SetType or null))
            errors.Add("type", "Only set-type sets a type. Leave it out.");
        if (request.Action is null)
            errors.AddIfNone("action", $"Say what to do: one of {string.Join(", ", WireName.All<BulkAction>())}.");
        var line = ReadLine(request, errors);
        if (request is { MutedUntil: not null, Action: not (BulkAction.Mute or null) })
            errors.Add("mutedUntil", "Only muting has an end. Leave it out.");
        var until = LinkRequestReader.ReadMutedUntil(request.MutedUntil, now, errors);
        var type = LinkRequestReader.ReadType(request.Type, types, errors);
        return errors.Any
            ? null
            : new BulkOrder(request.Action!.Value, [.. (request.Links ?? []).Distinct(StringComparer.Ordinal)], until, line, type);
    }

    private static FilterLine? ReadLine(BulkRequest request, FieldErrors errors)
    {
        if (request.Filter is null)
        {
            if (request.Links is not { Count: >= 1 and <= MaxLinks })
                errors.AddIfNone(
                    "links", $"1 to {MaxLinks} ids of links, or a filter in their place; there are {request.Links?.Count ?? 0} ids.");
            return null;
        }

        if (request.Links is not null)
            errors.Add("filter", "Send links or a filter, not both.");
        var reading = FilterParser.Read(request.Filter);
        foreach (var problem in reading.Problems)
            errors.Add("filter", problem.ToString());

        // Nobody should delete everything by a variable that was empty.
        if (reading.Line is { Terms.Count: 0 })
            errors.Add("filter", "It wants every link. Say which ones, for example state:lost; added:>=2000-01-01 is all of them.");
        return reading.Line;
    }
}

/// <summary>One thing to do with many links.</summary>
public sealed record BulkRequest : IRequestBody<BulkRequest>
{
    static JsonTypeInfo<BulkRequest> IRequestBody<BulkRequest>.Shape => LinkJson.Default.BulkRequest;

    /// <summary><c>check</c>, <c>mute</c>, <c>unmute</c>, <c>delete</c> or <c>set-type</c>; needed.</summary>
    public BulkAction? Action { get; init; }

    /// <summary>The ids of 1 to 1,000 links; needed unless there is a filter.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>A filter line in place of ids: all links that it wants, at most 10,000.</summary>
    public string? Filter { get; init; }

    /// <summary>For <c>mute</c>: when the muting ends by itself; absent for never.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>For <c>set-type</c>, and needed there: the key of one of the project's types; null takes the type away.</summary>
    public string? Type { get; init; }
}

/// <summary>What became of each link, in the order of the request.</summary>
/// <param name="Done">How many it was done with.</param>
/// <param name="NotFound">How many the project does not have.</param>
/// <param name="TooMany">How many checks were more than the key may ask for in a minute; ask for these again.</param>
public sealed record BulkResult(BulkAction Action, int Done, int NotFound, int TooMany, IReadOnlyList<BulkItem> Results)
{
    /// <summary>Undoes it (<c>POST …/links/undo/{undoId}</c>); null for checks, of which there is nothing to undo.</summary>
    public string? UndoId { get; init; }

    /// <summary>It can be undone before this; null when there is nothing to undo.</summary>
    public DateTimeOffset? UndoUntil { get; init; }

    internal static BulkResult Of(BulkAction action, IReadOnlyList<BulkItem> items) => new(
        action,
        items.Count(item => item.Status < StatusCodes.Status300MultipleChoices),
        items.Count(item => item.Status == StatusCodes.Status404NotFound),
        items.Count(item => item.Status == StatusCodes.Status429TooManyRequests),
        items);
}

/// <summary>What was undone.</summary>
/// <param name="Links">How many links are as they were before.</param>
/// <param name="Left">The ids of those that somebody has written since, deleted or added anew: they stay as they are.</param>
public sealed record UndoResult(int Links, IReadOnlyList<string> Left);

/// <summary>Acts in words.</summary>
internal static class BulkWords
{
    /// <summary>For example <c>Muted</c>.</summary>
    public static string Did(BulkAction action) => action switch
    {
        BulkAction.Check => "Asked for a check of",
        BulkAction.Mute => "Muted",
        BulkAction.Unmute => "Unmuted",
        BulkAction.SetType => "Set the type of",
        _ => "Deleted",
    };
}
