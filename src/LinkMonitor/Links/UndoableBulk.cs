using System.Collections.Concurrent;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;

namespace LinkMonitor.Links;

/// <summary>
/// Does one thing with many links, and undoes it for ten minutes: what each link was is kept before anything is done with it. A crash
/// between leaves a link that was kept and not touched, which undoing leaves as it is. What somebody wrote since is never undone.
/// </summary>
internal sealed class UndoableBulk(
    LinkBulk bulk, ILinkStore links, IPageStore pages, IUndoStore undo, LinkRegistry registry, LinkReplacement replacement,
    ILinkTypeStore types, TimeProvider time)
{
    /// <summary>The most links of one act.</summary>
    public const int MaxLinks = 10_000;

    private const int AtATime = 16;

    /// <param name="mayCheck">Counts a check of one page against the caller's limit.</param>
    /// <returns>
    /// What became of the links, and the act's id; null when there is nothing to undo: of checks, and when no link is another than before.
    /// </returns>
    public async Task<(BulkResult Result, string? UndoId)> RunAsync(
        ProjectId project, BulkOrder order, Author by, Func<bool> mayCheck, CancellationToken cancellationToken)
    {
        await ForgetPastAsync(project, cancellationToken);
        if (order.Action == BulkAction.Check || order.Links.Count == 0)
            return (await bulk.RunAsync(project, order, by, null, mayCheck, cancellationToken), null);
        var act = new Undoable(project, UndoIds.New(), WireName.Of(order.Action), by, time.GetUtcNow() + Undoable.Window)
        {
            What = $"{BulkWords.Did(order.Action)} {CountText.Of(order.Links.Count, "link")}",
        };
        await undo.BeginAsync(act, cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            order.Links.Where(LinkIdFactory.IsValid), parallel, async (link, stop) => await undo.KeepAsync(act, new LinkId(link), stop));
        var result = await bulk.RunAsync(project, order, by, act.Id, mayCheck, cancellationToken);
        if (result.Changed.Count == 0)
        {
            await ForgetAsync(act, cancellationToken);
            return (result, null);
        }

        // Now it is known what it did, and whether with a single link.
        await undo.BeginAsync(act with { What = BulkWords.What(order.Action, result.Changed) }, cancellationToken);
        return (result with { UndoId = act.Id, UndoUntil = act.Until }, act.Id);
    }

    /// <summary>Mutes, unmutes or deletes one link.</summary>
    /// <returns>What became of it; null when there is no such link.</returns>
    public async Task<BulkResult?> RunOneAsync(
        ProjectId project, BulkAction action, string link, Author by, CancellationToken cancellationToken)
    {
        if (!LinkIdFactory.IsValid(link) || await links.GetAsync(project, new LinkId(link), cancellationToken) is null)
            return null;
        var (result, _) = await RunAsync(project, new BulkOrder(action, [link], null), by, () => true, cancellationToken);
        return result.Done == 1 ? result : null;
    }

    /// <summary>
    /// Makes links what they were before an act, but for those that somebody has written since. Safe to repeat after a crash at any point.
    /// </summary>
    /// <returns>Null when the act is not known, or too old.</returns>
    public async Task<UndoOutcome?> UndoAsync(ProjectId project, string id, Author by, CancellationToken cancellationToken)
    {
        if (!UndoIds.IsValid(id) || await undo.FindAsync(project, id, cancellationToken) is not { } act
            || act.Until <= time.GetUtcNow())
            return null;
        var done = new ConcurrentBag<WatchedLink>();
        var left = new ConcurrentBag<WatchedLink>();
        var unreadable = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            undo.ReadAsync(act, cancellationToken), parallel,
            async (row, stop) =>
            {
                if (row.Item is { } was)
                    (await PutBackAsync(act, was, by, stop) ? done : left).Add(was);
                else
                    Interlocked.Increment(ref unreadable);
            });

        // What was kept and cannot be read is all that is left of a link that was deleted.
        if (unreadable == 0)
            await ForgetAsync(act, cancellationToken);
        return new UndoOutcome(act, [.. done], [.. left.OrderBy(link => link.Id.Value, StringComparer.Ordinal)], unreadable);
    }

    private Task<bool> PutBackAsync(Undoable act, WatchedLink was, Author by, CancellationToken cancellationToken) =>
        act.Act == LinkReplacement.Act ? replacement.UndoAsync(act, was, by, cancellationToken)
        : act.Act == WireName.Of(BulkAction.Delete) ? BringBackAsync(was, cancellationToken)
        : act.Act == WireName.Of(BulkAction.SetType) ? AsWasAsync(act, was, LinkAspect.Type, cancellationToken)
        : AsWasAsync(act, was, LinkAspect.Mute, cancellationToken);

    // The watch comes first, as with every registration. A link that somebody has added anew meanwhile stays as it is.
    private async Task<bool> BringBackAsync(WatchedLink was, CancellationToken cancellationToken)
    {
        await pages.WatchAsync(was.Page, was.ProjectId, was.Id, time.GetUtcNow(), cancellationToken);
        return (await links.RegisterAsync(was with { ETag = null }, cancellationToken)).Link.CreatedAt == was.CreatedAt;
    }

    // Only what the act wrote: what people wrote since stays, also when they wrote the same. A link that is as it was before the act is so
    // by the act's crash, by an undoing that crashed, or by somebody's hand: nothing is lost.
    private async Task<bool> AsWasAsync(Undoable act, WatchedLink was, LinkAspect aspect, CancellationToken cancellationToken)
    {
        var known = await types.ReadAsync(was.ProjectId, cancellationToken);
        var isDone = false;
        var edited = await registry.EditAsync(was.ProjectId, was.Id, now =>
        {
            var isOurs = aspect.ActOf(now) == act.Id;
            isDone = isOurs || aspect.AreSame(now, was);
            return isOurs ? LinkTyping.Apply(aspect.PutBack(now, was), known) : now;
        }, cancellationToken);
        return edited is not null && isDone;
    }

    private async Task ForgetPastAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var act in (await undo.ListAsync(project, cancellationToken)).Items.Where(act => act.Until <= now))
            await ForgetAsync(act, cancellationToken);
    }

    private async Task ForgetAsync(Undoable act, CancellationToken cancellationToken)
    {
        while (!await undo.ForgetAsync(act, cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
    }
}

/// <summary>What was undone.</summary>
/// <param name="Done">The links that are as before, as they were then.</param>
/// <param name="Left">Those that somebody has written since, which stay as they are.</param>
/// <param name="Unreadable">How many were kept and cannot be read: they stay as they are, and can be undone once they are mended.</param>
internal sealed record UndoOutcome(Undoable Act, IReadOnlyList<WatchedLink> Done, IReadOnlyList<WatchedLink> Left, int Unreadable)
{
    private const int MaxNamed = 3;

    /// <summary>What the audit log says of it; null when nothing was undone.</summary>
    public AuditNote? Note() => Done.Count == 0 ? null : new AuditNote($"Undid: {Act.What}", About);

    /// <summary>The link that the act was about; null when it was about several.</summary>
    public string? About => Unreadable == 0 && Done.Count + Left.Count == 1 ? Done.Concat(Left).Single().Id.Value : null;

    /// <summary>What became of them, in one or two sentences.</summary>
    public string Words
    {
        get
        {
            var undone = Done.Count == 0 ? "Nothing was undone." :
                $"Undone: {CountText.Of(Done.Count, "link")} {(Done.Count == 1 ? "is" : "are")} as before.";
            if (Unreadable > 0)
                undone += $" What {CountText.Of(Unreadable, "link")} {(Unreadable == 1 ? "was" : "were")} before cannot be read, and "
                    + $"{(Unreadable == 1 ? "is" : "are")} named among what is set aside.";
            if (Left.Count == 0)
                return undone;
            var named = string.Join(", ", Left.Take(MaxNamed).Select(link => link.Page.Href));
            var more = Left.Count > MaxNamed ? $" and {Left.Count - MaxNamed:N0} more" : string.Empty;
            return $"{undone} {CountText.Of(Left.Count, "link")} {(Left.Count == 1 ? "stays" : "stay")} as now, because somebody has "
                + $"written {(Left.Count == 1 ? "it" : "them")} since: {named}{more}.";
        }
    }
}
