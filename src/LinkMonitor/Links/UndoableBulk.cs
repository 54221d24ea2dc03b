using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;

namespace LinkMonitor.Links;

/// <summary>
/// Does one thing with many links, and undoes it for ten minutes: what each link was is kept before anything is done with it. A crash
/// between leaves a link that was kept and not touched, which undoing leaves as it is.
/// </summary>
internal sealed class UndoableBulk(
    LinkBulk bulk, ILinkStore links, IPageStore pages, IUndoStore undo, LinkRegistry registry, ILinkTypeStore types, TimeProvider time)
{
    /// <summary>The most links of one act.</summary>
    public const int MaxLinks = 10_000;

    /// <summary>How long an act can be undone.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int AtATime = 16;

    /// <param name="by">The id of the caller's key.</param>
    /// <param name="mayCheck">Counts a check of one page against the caller's limit.</param>
    /// <returns>What became of the links, and the act's id; null for checks, of which there is nothing to undo.</returns>
    public async Task<(BulkResult Result, string? UndoId)> RunAsync(
        ProjectId project, BulkOrder order, string by, Func<bool> mayCheck, CancellationToken cancellationToken)
    {
        await ForgetPastAsync(project, cancellationToken);
        if (order.Action == BulkAction.Check || order.Links.Count == 0)
            return (await bulk.RunAsync(project, order, mayCheck, cancellationToken), null);
        var id = UndoIds.New();
        var act = new Undoable(project, id, WireName.Of(order.Action), by, time.GetUtcNow() + Window);
        await undo.BeginAsync(act, cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            order.Links.Where(LinkIdFactory.IsValid), parallel, async (link, stop) => await undo.KeepAsync(act, new LinkId(link), stop));
        var result = await bulk.RunAsync(project, order, mayCheck, cancellationToken);
        return (result with { UndoId = id, UndoUntil = act.Until }, id);
    }

    /// <summary>Mutes, unmutes or deletes one link.</summary>
    /// <returns>The act's id; null when there is no such link.</returns>
    public async Task<string?> RunOneAsync(
        ProjectId project, BulkAction action, string link, string by, CancellationToken cancellationToken)
    {
        if (!LinkIdFactory.IsValid(link) || await links.GetAsync(project, new LinkId(link), cancellationToken) is null)
            return null;
        var (result, id) = await RunAsync(project, new BulkOrder(action, [link], null), by, () => true, cancellationToken);
        return result.Done == 1 ? id : null;
    }

    /// <summary>Makes links what they were before an act. Safe to repeat after a crash at any point.</summary>
    /// <returns>How many; null when the act is not known, or too old.</returns>
    public async Task<int?> UndoAsync(ProjectId project, string id, CancellationToken cancellationToken)
    {
        if (!UndoIds.IsValid(id) || await undo.FindAsync(project, id, cancellationToken) is not { } act
            || act.Until <= time.GetUtcNow())
            return null;
        var count = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(undo.ReadAsync(act, cancellationToken), parallel, async (link, stop) =>
        {
            await (act.Act == WireName.Of(BulkAction.Delete) ? BringBackAsync(link, stop)
                : act.Act == WireName.Of(BulkAction.SetType) ? TypeAsWasAsync(link, stop)
                : MuteAsWasAsync(link, stop));
            Interlocked.Increment(ref count);
        });
        while (!await undo.ForgetAsync(act, cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
        return count;
    }

    // The watch comes first, as with every registration. A link that somebody has registered anew meanwhile stays as it is.
    private async Task BringBackAsync(WatchedLink link, CancellationToken cancellationToken)
    {
        await pages.WatchAsync(link.Page, link.ProjectId, link.Id, time.GetUtcNow(), cancellationToken);
        await links.RegisterAsync(link with { ETag = null }, cancellationToken);
    }

    private async Task MuteAsWasAsync(WatchedLink was, CancellationToken cancellationToken) => await registry.EditAsync(
        was.ProjectId, was.Id, now => now with { Muted = was.Muted, MutedUntil = was.MutedUntil }, cancellationToken);

    // What was given for the link meanwhile stays given.
    private async Task TypeAsWasAsync(WatchedLink was, CancellationToken cancellationToken)
    {
        var known = await types.ReadAsync(was.ProjectId, cancellationToken);
        await registry.EditAsync(
            was.ProjectId, was.Id, now => LinkTyping.Apply(now with { Type = was.Type }, known), cancellationToken);
    }

    private async Task ForgetPastAsync(ProjectId project, CancellationToken cancellationToken)
    {
        foreach (var act in await undo.ListPastAsync(project, time.GetUtcNow(), cancellationToken))
            while (!await undo.ForgetAsync(act, cancellationToken))
                cancellationToken.ThrowIfCancellationRequested();
    }
}
