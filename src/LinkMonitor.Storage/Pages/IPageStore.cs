using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Pages;

/// <summary>The <c>Pages</c> table: pages, their schedule and their watchers, by shard.</summary>
/// <remarks>
/// Every page has exactly one place, in the list of its host. It only ever moves in one transaction with the page's own row, and with a
/// place of the host in the schedule that comes no later.
/// </remarks>
public interface IPageStore
{
    /// <summary>
    /// What <see cref="TryWatchNewAsync"/> takes at most, counting three rows for a page and one for a link: a transaction has a hundred.
    /// </summary>
    const int MostNewRows = 100;

    /// <summary>The rows of a new page besides its links.</summary>
    const int RowsOfPage = 3;

    /// <summary>
    /// Makes a link a watcher of its page, the page known and due at <paramref name="dueAt"/> or earlier. Doing it again changes nothing,
    /// but that the page may become due sooner and the watch counts as new. A check that is under way and has read the watchers before
    /// cannot move the page any more (<see cref="WatchedPage.WatchersOver"/>), so that it stays due.
    /// </summary>
    Task WatchAsync(WebUrl page, ProjectId projectId, LinkId linkId, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>
    /// Makes links watchers of pages that nobody watches yet, all in one transaction: a fraction of what <see cref="WatchAsync"/> costs for
    /// each. Does nothing when one of the pages is there already.
    /// </summary>
    /// <param name="links">At most <see cref="MostNewRows"/>, with pages of one shard; several may have the same page.</param>
    /// <returns>Whether all was written; nothing was otherwise.</returns>
    Task<bool> TryWatchNewAsync(
        ProjectId projectId, IReadOnlyList<(WebUrl Page, LinkId LinkId)> links, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps links that have just been registered with their pages, in one transaction, so that the first check need not read them. Does
    /// nothing when something is kept of one of the pages already.
    /// </summary>
    /// <param name="links">At most 100 pages, of one shard, with their links as they are stored.</param>
    Task TryKeepAsync(
        IReadOnlyList<(PageKey Page, IReadOnlyList<LinkCopy> Links)> links, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Whether a link watches its page. Reads one row.</summary>
    Task<bool> IsWatchedByAsync(PageKey page, ProjectId projectId, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>
    /// Ends one watch, and what is kept of the page's links goes with it. Gone already is no error. The page itself goes at its next check
    /// when nobody watches it any more.
    /// </summary>
    Task UnwatchAsync(PageKey page, ProjectId projectId, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>Ends watches whose projects are gone. Gone already is no error.</summary>
    Task UnwatchAsync(PageKey page, IReadOnlyCollection<Watcher> watchers, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a watch whose link is not there, unless it was renewed since it was read: a registration writes the watch before the link.
    /// </summary>
    /// <returns>False when it was renewed, or is gone.</returns>
    Task<bool> RemoveOrphanAsync(PageKey page, Watcher watcher, CancellationToken cancellationToken);

    /// <summary>
    /// Has the page's links read at its next check: something else is expected of one, so that its site need not be asked first. Does
    /// nothing when they are anyway, or when others write the page all the time: whoever checks finds out by the link's version.
    /// </summary>
    Task UnsettleAsync(PageKey page, CancellationToken cancellationToken);

    Task<WatchedPage?> GetAsync(PageKey page, CancellationToken cancellationToken);

    IAsyncEnumerable<Watcher> ReadWatchersAsync(PageKey page, CancellationToken cancellationToken);

    /// <summary>The watchers with what is kept of their links, in one query for a thousand.</summary>
    Task<WatchersRead> ReadLinksAsync(PageKey page, CancellationToken cancellationToken);

    /// <summary>The version of a page's watchers now. Reads one row.</summary>
    Task<WatchersVersion> GetWatchersVersionAsync(PageKey page, CancellationToken cancellationToken);

    /// <summary>A host's state and the first of its pages.</summary>
    /// <param name="count">How many pages at most, 1 or more.</param>
    Task<HostPages> ReadHostAsync(HostKey host, int count, CancellationToken cancellationToken);

    /// <summary>The page of a place in its host's list; null when the page is gone or was moved meanwhile.</summary>
    /// <exception cref="UnreadableRowException">The page's row is damaged, or of a later version.</exception>
    Task<WatchedPage?> FindAsync(DuePage due, CancellationToken cancellationToken);

    /// <summary>Moves the place of a page whose row cannot be read to a later time; the row stays as it is.</summary>
    /// <returns>False when the place was taken meanwhile.</returns>
    Task<bool> SetAsideAsync(HostKey host, DuePage due, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// The pages of a shard that were written after a time, by the clock of who wrote them, in no useful order. Reads no others.
    /// </summary>
    IAsyncEnumerable<WatchedPage> ReadWrittenAfterAsync(string shard, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Moves a page in the schedule over the version that was read.</summary>
    /// <param name="dueAt">When it is due then. It is not urgent any more, unless <see cref="WatchedPage.IsUrgent"/> was set anew.</param>
    /// <param name="checkedAt">Set when a check ran to its end; null leaves the last time.</param>
    /// <param name="hostStep">What becomes of the host's row in the same transaction; null to leave it.</param>
    Task<SaveOutcome> MoveDueAsync(
        WatchedPage page, DateTimeOffset dueAt, DateTimeOffset? checkedAt, HostStep? hostStep, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a page that the version before scheduled by itself into the list of its host; a place that its page does not know of is taken
    /// out.
    /// </summary>
    /// <param name="earlier">With <see cref="ScheduleEntry.EarlierPageId"/>.</param>
    /// <exception cref="UnreadableRowException">The page's row is damaged, or of a later version.</exception>
    Task TakeOverAsync(ScheduleEntry earlier, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a page that nobody watches, with its place in the schedule, over the version that was read. A page that somebody watches,
    /// or has begun to watch, is left: <see cref="SaveOutcome.Conflict"/>.
    /// </summary>
    Task<SaveOutcome> RemoveAsync(WatchedPage page, CancellationToken cancellationToken);
}

/// <summary>A page that at least one link is watched on, with its place in the schedule.</summary>
public sealed record WatchedPage
{
    public required PageKey Key { get; init; }

    public required WebUrl Url { get; init; }

    /// <summary>When the next check is due; in the past while the page waits for its host's turn or a check is under way.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whether somebody asked for a check at once: the page comes before the others of its host.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The last check that ran to its end; null before the first.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>What the last full fetch left to ask with whether the page has changed; null before one did.</summary>
    public LastFetch? LastFetch { get; init; }

    /// <summary>
    /// The watcher whose link's target is checked first in the next round, because the last one had no time for it; null to begin with
    /// the first watcher.
    /// </summary>
    public WatcherPlace? TargetsFrom { get; init; }

    /// <summary>What the last round had no time for; null when it came to its end.</summary>
    public RemainingLinks? Rest { get; init; }

    /// <summary>What is kept of its links for a check that finds nothing changed; null when they must be read.</summary>
    public SettledLinks? Settled { get; init; }

    /// <summary>
    /// What is to be kept of its links, written with the page; null to leave what is there. Never read with the page
    /// (<see cref="IPageStore.ReadLinksAsync"/>).
    /// </summary>
    public KeptLinks? Kept { get; init; }

    /// <summary>
    /// Moves the page only while its watchers are those that were read, so never past one that was added since. Null when they were not
    /// read: then the page itself is written when one is added (<see cref="Settled"/>).
    /// </summary>
    public WatchersVersion? WatchersOver { get; init; }

    /// <summary>The row key of the page's place in the schedule, as read; null for a page that is not stored yet.</summary>
    internal string? Place { get; init; }

    /// <summary>What the write drew that the page was read from, with its place or by itself; null for one that is not stored.</summary>
    internal string? Write { get; init; }

    /// <summary>Whether nobody wrote the page between two readings of it.</summary>
    public bool IsSameVersionAs(WatchedPage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Write is not null || other.Write is not null ? Write == other.Write : ETag == other.ETag;
    }

    /// <summary>The version of the place that the page was read with; null for one that was read by itself.</summary>
    internal string? PlaceVersion { get; init; }

    /// <summary>The version that was read; null for one that came with its place.</summary>
    public string? ETag { get; init; }
}

/// <summary>The links of a page that its last round had no time for: the next round judges these, and no others.</summary>
/// <param name="From">The first of them.</param>
/// <param name="Until">Where they end, not included, after the last watcher if need be; null for the end of the watchers.</param>
/// <param name="Due">When the links that were judged want their next check; null when none does.</param>
public sealed record RemainingLinks(WatcherPlace From, WatcherPlace? Until, DateTimeOffset? Due);

/// <summary>A watched link seen from its page.</summary>
/// <param name="Since">
/// When the watch was written last; an orphan (no such link) is removed only when it is old enough not to be a registration under way.
/// </param>
public sealed record Watcher(ProjectId ProjectId, LinkId LinkId, DateTimeOffset Since)
{
    /// <summary>The version that was read; it changes whenever the link is registered again.</summary>
    public string? ETag { get; init; }
}

/// <summary>Where a watcher stands among those of its page, which are read in the order of their keys.</summary>
public sealed record WatcherPlace(ProjectId ProjectId, LinkId LinkId)
{
    /// <summary>Whether a watcher stands before this place.</summary>
    public bool IsAfter(Watcher watcher)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        var byProject = string.CompareOrdinal(watcher.ProjectId.Value, ProjectId.Value);
        return byProject < 0 || (byProject == 0 && string.CompareOrdinal(watcher.LinkId.Value, LinkId.Value) < 0);
    }
}
