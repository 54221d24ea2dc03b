using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
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
    internal const int AtATime = 16;

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

        if (order.Action == BulkAction.Check)
            return await CheckAsync(order, [.. found], statuses, mayCheck, cancellationToken);
        var changed = new ConcurrentBag<WatchedLink>();
        var known = order.Action == BulkAction.SetType ? await types.ReadAsync(project, cancellationToken) : ProjectTypes.BuiltIn;

        // Links of one page go one after the other: side by side they would only fight for the page's row.
        await Parallel.ForEachAsync(found.GroupBy(link => link.PageKey), parallel, async (page, stop) =>
        {
            foreach (var link in page)
            {
                var (done, isChanged) = await DoAsync(link, order, known, by, undoId, stop);
                statuses[link.Id.Value] = done;
                if (isChanged)
                    changed.Add(link);
            }
        });
        return Result(order, statuses) with { Changed = [.. changed] };
    }

    // One check is for all links of a page.
    private async Task<BulkResult> CheckAsync(
        BulkOrder order, IReadOnlyList<WatchedLink> found, ConcurrentDictionary<string, int> statuses, Func<bool> mayCheck,
        CancellationToken cancellationToken)
    {
        var asked = new List<WatchedLink>();
        foreach (var page in found.GroupBy(link => link.PageKey))
        {
            var isAllowed = mayCheck();
            foreach (var link in page)
                statuses[link.Id.Value] = isAllowed ? StatusCodes.Status202Accepted : StatusCodes.Status429TooManyRequests;
            if (isAllowed)
                asked.AddRange(page);
        }

        await registry.CheckNowAsync(asked, cancellationToken);
        return Result(order, statuses) with { Changed = asked };
    }

    private static BulkResult Result(BulkOrder order, ConcurrentDictionary<string, int> statuses) =>
        BulkResult.Of(order.Action, [.. order.Links.Select(id => new BulkItem(id, statuses[id]))]);

    private async Task<(int Status, bool IsChanged)> DoAsync(
        WatchedLink link, BulkOrder order, ProjectTypes known, Author by, string? undoId, CancellationToken cancellationToken)
    {
        if (order.Action == BulkAction.Delete)
            return await registry.RemoveAsync(link, by, undoId, null, cancellationToken)
                ? (StatusCodes.Status204NoContent, true) : (StatusCodes.Status404NotFound, false);
        var aspect = LinkAspect.Of(order.Action);
        var edited = await registry.EditAsync(link.ProjectId, link.Id, now =>
        {
            var then = order.Action == BulkAction.SetType
                ? LinkTyping.Apply(now with { Type = order.Type }, known)
                : now with { Muted = order.Action == BulkAction.Mute, MutedUntil = order.MutedUntil };

            // What says again what is so writes nothing, or the act that said it first could not be undone any more.
            return aspect.With(then, aspect.AreSame(then, now) ? aspect.ActOf(now) : undoId);
        }, cancellationToken);
        return edited is { } one
            ? (StatusCodes.Status200OK, undoId is not null && aspect.ActOf(one.Link) == undoId)
            : (StatusCodes.Status404NotFound, false);
    }
}

/// <summary>
/// What of a link one act sets, with the act that set it last, so that undoing takes back what that act wrote and nothing else.
/// </summary>
/// <param name="AreSame">Whether two versions of a link say the same there.</param>
/// <param name="ActOf">The act that set it last; null when people did otherwise.</param>
/// <param name="With">A link with another act there.</param>
/// <param name="PutBack">The first link as the second one is there.</param>
internal sealed record LinkAspect(
    Func<WatchedLink, WatchedLink, bool> AreSame, Func<WatchedLink, string?> ActOf, Func<WatchedLink, string?, WatchedLink> With,
    Func<WatchedLink, WatchedLink, WatchedLink> PutBack)
{
    /// <summary>Whether it is muted, and until when.</summary>
    public static LinkAspect Mute { get; } = new(
        (one, other) => (one.Muted, one.MutedUntil) == (other.Muted, other.MutedUntil),
        link => link.MuteAct,
        (link, act) => link with { MuteAct = act },
        (link, was) => link with { Muted = was.Muted, MutedUntil = was.MutedUntil, MuteAct = was.MuteAct });

    /// <summary>Its type. What the type makes of it is for whoever puts it back.</summary>
    public static LinkAspect Type { get; } = new(
        (one, other) => one.Type == other.Type,
        link => link.TypeAct,
        (link, act) => link with { TypeAct = act },
        (link, was) => link with { Type = was.Type, TypeAct = was.TypeAct });

    /// <summary>What muting, unmuting and giving a type set.</summary>
    public static LinkAspect Of(BulkAction action) => action == BulkAction.SetType ? Type : Mute;
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
    /// <summary>
    /// Undoes it (<c>POST …/links/undo/{undoId}</c>); null when there is nothing to undo: of checks, and when all links were so already.
    /// </summary>
    public string? UndoId { get; init; }

    /// <summary>It can be undone before this; null when there is nothing to undo.</summary>
    public DateTimeOffset? UndoUntil { get; init; }

    /// <summary>The links that are not as they were, or of which a check was asked for, as they were.</summary>
    internal IReadOnlyList<WatchedLink> Changed { get; init; } = [];

    /// <summary>What the audit log says of it; null when nothing changed.</summary>
    internal AuditNote? Note() => Changed is [] ? null : new AuditNote(BulkWords.What(Action, Changed), About ?? UndoId);

    /// <summary>The link that it was about; null when it was about several, or none.</summary>
    internal string? About => Changed is [var only] ? only.Id.Value : null;

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
/// <param name="Unreadable">How many more there are of which cannot be read what they were: they stay as they are.</param>
public sealed record UndoResult(int Links, IReadOnlyList<string> Left, int Unreadable);

/// <summary>Acts in words.</summary>
internal static class BulkWords
{
    /// <summary>For example <c>Muted 14 links</c>; a single link is named by its page.</summary>
    /// <param name="changed">At least one.</param>
    public static string What(BulkAction action, IReadOnlyList<WatchedLink> changed) => changed is [var only]
        ? $"{Did(action)} the link on {only.Page}{(action == BulkAction.Delete ? $" to {only.Expectation.Target}" : string.Empty)}"
        : $"{Did(action)} {CountText.Of(changed.Count, "link")}";

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
