using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Links;

/// <summary>The <c>Links</c> table: links, changes and outbox of a project in one partition, so that they change together.</summary>
public interface ILinkStore
{
    /// <summary>
    /// The most links that <see cref="TryRegisterAsync"/> and <see cref="TryNoteAsync"/> take: a row of what can be given at first stays
    /// far below 160 KB, and a transaction takes 4 MB.
    /// </summary>
    const int MostNewLinks = 25;

    /// <summary>Stores a link unless it is there already. The page must be watched before (<c>IPageStore.WatchAsync</c>).</summary>
    Task<RegisterResult> RegisterAsync(WatchedLink link, CancellationToken cancellationToken);

    /// <summary>Stores links of one project that are not there yet, in one transaction; nothing when one of them is there.</summary>
    /// <param name="links">Different ones, at most <see cref="MostNewLinks"/>.</param>
    /// <returns>The links as they are stored, with their versions where these are known; null when nothing was stored.</returns>
    Task<IReadOnlyList<WatchedLink>?> TryRegisterAsync(IReadOnlyList<WatchedLink> links, CancellationToken cancellationToken);

    Task<WatchedLink?> GetAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>A project's links in order of identity.</summary>
    /// <param name="maxItems">1 to 1,000.</param>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    Task<Slice<WatchedLink>> ListAsync(
        ProjectId projectId, LinkFilter filter, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>Writes what the user may edit (expectation, tags, note, terms) and the status over the version that was read.</summary>
    Task<SaveOutcome> SaveAsync(WatchedLink link, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what other tools say of links of one project (<see cref="WatchedLink.VendorNotes"/>), and nothing else, over the versions
    /// that were read, in one transaction; nothing when somebody wrote or deleted one of them since.
    /// </summary>
    /// <param name="links">Different ones, at most <see cref="MostNewLinks"/>.</param>
    /// <returns>Whether they were written.</returns>
    Task<bool> TryNoteAsync(IReadOnlyList<WatchedLink> links, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the outcome of a check over the version that was read: the link and, where there is a change, its change rows and (if it
    /// alerts) its outbox row, all in one transaction.
    /// </summary>
    Task<SaveOutcome> SaveCheckAsync(WatchedLink link, LinkChange? change, CancellationToken cancellationToken);

    /// <summary>
    /// The same, with what the change means for a case of the link. A case that was written meanwhile is a conflict like a link that was.
    /// </summary>
    /// <param name="taken">Null when no case has to do with it.</param>
    Task<SaveOutcome> SaveCheckAsync(WatchedLink link, LinkChange? change, CaseStep? taken, CancellationToken cancellationToken);

    /// <summary>
    /// The same for many links of a project in as few transactions as they fit in, each link whole in one: a hundred rows, of which a link
    /// has one and a change with its case up to five more.
    /// </summary>
    /// <param name="judged">Different ones.</param>
    /// <returns>
    /// In their order; null for each link of a transaction that was refused because somebody wrote or deleted a link or a case of it
    /// meanwhile: nothing of that transaction was written.
    /// </returns>
    Task<IReadOnlyList<SavedLink?>> SaveAllAsync(
        ProjectId projectId, IReadOnlyList<JudgedWrite> judged, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that links are as they were, in one transaction: their times move, the rest of their rows stays. See
    /// <see cref="UnchangedPage"/>.
    /// </summary>
    /// <param name="links">1 to <see cref="SettledLinks.MostLinks"/> of the project, each in the version that was written last.</param>
    /// <param name="at">When that was known.</param>
    /// <param name="days">The days of all such words since the links were written whole.</param>
    /// <returns>
    /// The new versions, in order; empty when it was done but its answer was lost; null when one of them was written or deleted meanwhile:
    /// then nothing was written.
    /// </returns>
    Task<IReadOnlyList<string>?> ConfirmAsync(
        ProjectId projectId, IReadOnlyList<LinkAtRest> links, DateTimeOffset at, UnchangedBy by, DayLog days,
        CancellationToken cancellationToken);

    /// <summary>Removes a link; its changes stay. False when it was not there.</summary>
    Task<bool> DeleteAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>Removes a thousand rows of a project: links, changes, outbox, templates. May be called again after a crash.</summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>A project's changes, newest first.</summary>
    /// <param name="since">Only changes made after this; null for all.</param>
    Task<Slice<LinkChange>> ListChangesAsync(
        ProjectId projectId, DateTimeOffset? since, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>One link's changes, the newest first.</summary>
    Task<Slice<LinkChange>> ListHistoryAsync(
        ProjectId projectId, LinkId linkId, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>One link's changes with their evidence as it is stored, the newest first.</summary>
    Task<Slice<ChangeProof>> ListProofsAsync(
        ProjectId projectId, LinkId linkId, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>
    /// The changes not reported yet, the oldest first. One that cannot be read keeps its place, and is read again the next time.
    /// </summary>
    IAsyncEnumerable<OutboxEntry> ReadOutboxAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>The places in the outbox alone, the oldest first.</summary>
    Task<IReadOnlyList<string>> ReadOutboxKeysAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>The oldest place in the outbox; null when there is none. Reads one row, however many there are.</summary>
    Task<string?> FindFirstOutboxKeyAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Takes reported changes out of the outbox. Gone already is no error.</summary>
    Task RemoveFromOutboxAsync(ProjectId projectId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>
    /// The changes that have or had these places in the outbox, the oldest first; one that was purged is left out. The places of those that
    /// cannot be read are set aside.
    /// </summary>
    Task<RowsRead<LinkChange>> GetChangesAsync(
        ProjectId projectId, IReadOnlyCollection<string> outboxKeys, CancellationToken cancellationToken);

    /// <summary>A project's changes made at or after a time and before another, the newest first.</summary>
    IAsyncEnumerable<LinkChange> ReadChangesAsync(
        ProjectId projectId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>The same with null in the place of each that cannot be read: it is noted, and one of a link nobody knows which.</summary>
    IAsyncEnumerable<LinkChange?> ReadEveryChangeAsync(
        ProjectId projectId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Puts changes that could not be read, and so could not be reported, back into the outbox: they are reported when they can be.
    /// </summary>
    Task ReturnToOutboxAsync(ProjectId projectId, IReadOnlyCollection<string> outboxKeys, CancellationToken cancellationToken);

    /// <summary>One link's changes after a time, the newest first.</summary>
    Task<RowsRead<LinkChange>> ReadHistoryAsync(
        ProjectId projectId, LinkId linkId, DateTimeOffset after, CancellationToken cancellationToken);

    /// <summary>
    /// Takes changes out of the outbox untold, and marks them as held where they are kept. May be called again after a crash.
    /// </summary>
    Task HoldAsync(ProjectId projectId, IReadOnlyCollection<OutboxEntry> entries, CancellationToken cancellationToken);
}

/// <summary>A stored transition of a link's state, with its evidence. Alerts come only from changes.</summary>
public sealed record LinkChange
{
    /// <summary><c>chg_</c> and 26 base-32 characters. Goes out as the event id on every channel.</summary>
    public required string Id { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required LinkId LinkId { get; init; }

    public required WebUrl Page { get; init; }

    public required WebUrl Target { get; init; }

    public required LinkTransition Transition { get; init; }

    /// <summary>The key of the type that the link had then; null for none.</summary>
    public string? Type { get; init; }

    /// <summary>It would have been reported, but was not on its own: the link was unstable.</summary>
    public bool Held { get; init; }

    /// <summary>The trace of the check that found it, as a W3C <c>traceparent</c>; null when nobody recorded one.</summary>
    public string? Trace { get; init; }

    /// <summary>The place in the outbox that it has, or had if it was ever to be reported.</summary>
    public string OutboxKey => LinkKeys.Outbox(Transition.At, Id);
}

/// <summary>A link that was written.</summary>
/// <param name="Version">Its new version; null when that is not known.</param>
/// <param name="CaseVersion">The new version of its case; null when that is not known, or when no case was written.</param>
public readonly record struct SavedLink(string? Version, string? CaseVersion);

/// <summary>The outcome of a check of one link, to be written.</summary>
/// <param name="Link">Over the version that it names.</param>
/// <param name="Taken">Null when no case has to do with it.</param>
public sealed record JudgedWrite(WatchedLink Link, LinkChange? Change, CaseStep? Taken);

/// <summary>A change that has not been reported yet.</summary>
/// <param name="Key">Its place in the outbox; entries come in the order of this key, the oldest first.</param>
public sealed record OutboxEntry(string Key, LinkChange Change);

/// <summary>What came of storing a link.</summary>
/// <param name="Created">False when the link was there already; it is left as it was.</param>
/// <param name="Link">As stored now.</param>
public sealed record RegisterResult(bool Created, WatchedLink Link);

/// <summary>Reads lists of any length slice by slice.</summary>
public static class LinkPaging
{
    // A link carries its evidence, so slices are small.
    private const int SliceSize = 100;

    public static async IAsyncEnumerable<WatchedLink> ReadAllAsync(
        this ILinkStore links, ProjectId project, LinkFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var slice in links.ReadSlicesAsync(project, filter, cancellationToken))
            foreach (var link in slice.Items)
                yield return link;
    }

    /// <summary>The same in parts, each with how many rows of it cannot be read.</summary>
    public static async IAsyncEnumerable<Slice<WatchedLink>> ReadSlicesAsync(
        this ILinkStore links, ProjectId project, LinkFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var slice = await links.ListAsync(project, filter, SliceSize, cursor, cancellationToken);
            yield return slice;
            cursor = slice.Cursor;
        }
        while (cursor is not null);
    }

    /// <summary>The newest first, in parts, each with how many rows of it cannot be read.</summary>
    public static async IAsyncEnumerable<Slice<ChangeProof>> ReadProofsAsync(
        this ILinkStore links, WatchedLink link, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var slice = await links.ListProofsAsync(link.ProjectId, link.Id, SliceSize, cursor, cancellationToken);
            yield return slice;
            cursor = slice.Cursor;
        }
        while (cursor is not null);
    }
}

/// <summary>Reads links for what is decided about others: one whose row cannot be read, which is listed, must not stop them.</summary>
public static class ReadableLinks
{
    /// <summary>Null when the link is gone, or cannot be read.</summary>
    public static async Task<WatchedLink?> FindReadableAsync(
        this ILinkStore links, ProjectId project, LinkId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(links);
        try
        {
            return await links.GetAsync(project, id, cancellationToken);
        }
        catch (UnreadableRowException)
        {
            return null;
        }
    }
}
