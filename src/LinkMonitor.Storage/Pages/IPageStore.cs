using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Pages;

/// <summary>The <c>Pages</c> table: pages, their schedule and their watchers, by shard.</summary>
/// <remarks>Every page has exactly one row in the schedule. It only ever moves in one transaction with the page's own row.</remarks>
public interface IPageStore
{
    /// <summary>
    /// Makes a link a watcher of its page, the page known and due at <paramref name="dueAt"/> or earlier. Doing it again changes nothing,
    /// but that the page may become due sooner and the watch counts as new.
    /// </summary>
    Task WatchAsync(WebUrl page, ProjectId projectId, LinkId linkId, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>Ends one watch. Gone already is no error. The page itself goes at its next check when nobody watches it any more.</summary>
    Task UnwatchAsync(PageKey page, ProjectId projectId, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>Ends watches whose projects are gone. Gone already is no error.</summary>
    Task UnwatchAsync(PageKey page, IReadOnlyCollection<Watcher> watchers, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a watch whose link is not there, unless it was renewed since it was read: a registration writes the watch before the link.
    /// </summary>
    /// <returns>False when it was renewed, or is gone.</returns>
    Task<bool> RemoveOrphanAsync(PageKey page, Watcher watcher, CancellationToken cancellationToken);

    Task<WatchedPage?> GetAsync(PageKey page, CancellationToken cancellationToken);

    IAsyncEnumerable<Watcher> ReadWatchersAsync(PageKey page, CancellationToken cancellationToken);

    /// <summary>The pages of one shard due at or before <paramref name="until"/>, the longest overdue first.</summary>
    IAsyncEnumerable<WatchedPage> ReadDueAsync(string shard, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Moves a page in the schedule over the version that was read: a lease, or the next check.</summary>
    /// <param name="checkedAt">Set when a check ran to its end; null leaves the last time.</param>
    Task<SaveOutcome> MoveDueAsync(
        WatchedPage page, DateTimeOffset dueAt, DateTimeOffset? checkedAt, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a page that nobody watches, with its place in the schedule, over the version that was read. A page that somebody watches,
    /// or has begun to watch, is left: <see cref="SaveOutcome.Conflict"/>.
    /// </summary>
    Task<SaveOutcome> RemoveAsync(WatchedPage page, CancellationToken cancellationToken);
}
