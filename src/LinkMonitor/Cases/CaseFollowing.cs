using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Cases;

/// <summary>
/// Lets the open case of a link go with it when another link takes its place: what was agreed, with whom and by when goes on, and the first
/// check that finds the link at its new place closes the case (docs/decisions/0035).
/// </summary>
internal sealed class CaseFollowing(ICaseStore cases, TimeProvider time)
{
    /// <summary>
    /// Whether a link has an open case, or one whose place cannot be told because its row cannot be read: then it has none.
    /// </summary>
    public async Task<bool> IsOpenAsync(WatchedLink link, CancellationToken cancellationToken) =>
        await CaseRegistry.LastOfAsync(cases, link, cancellationToken) is { IsOpen: true };

    /// <summary>Makes the case of a link that of its successor, which names it. Safe to repeat; does nothing when there is none.</summary>
    public Task FollowAsync(WatchedLink link, WatchedLink successor, Author by, CancellationToken cancellationToken) =>
        Contention.RunAsync($"Case {successor.CaseId}", async () =>
        {
            if (await CaseRegistry.LastOfAsync(cases, successor, cancellationToken) is not { } one || one.LinkId != link.Id)
                return true;
            var step = CaseRules.Follow(one, successor, by, time.GetUtcNow());
            return await cases.SaveAsync(step, cancellationToken) != SaveOutcome.Conflict;
        }, cancellationToken);
}
