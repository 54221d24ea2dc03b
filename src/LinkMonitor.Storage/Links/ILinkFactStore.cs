using LinkMonitor.Storage.Ids;

namespace LinkMonitor.Storage.Links;

/// <summary>The links of a project as lists need them, read from few columns of the rows of the <c>Links</c> table.</summary>
public interface ILinkFactStore
{
    /// <summary>A project's links in order of identity, in parts of at most 1,000.</summary>
    /// <param name="writtenAfter">
    /// Only those written after this, by the storage's clock; null for all. The service looks at each row of the project for that, so it
    /// costs as many requests as reading all of them, and brings less. Links that were deleted are not told.
    /// </param>
    IAsyncEnumerable<IReadOnlyList<FactsRead>> ReadAsync(
        ProjectId projectId, DateTimeOffset? writtenAfter, CancellationToken cancellationToken);

    /// <summary>The changes made after a time, the newest first: each key once, and the link that changed. Costs what changed.</summary>
    IAsyncEnumerable<(string Key, LinkId Link)> ReadChangedAsync(
        ProjectId projectId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Some links, whole, in the order in which they are asked for, each as it is now.</summary>
    /// <param name="ids">At most 1,000.</param>
    /// <param name="areNeighbours">
    /// They are in order of identity with few others between them, as far as the caller knows: then they come in one request, not one each.
    /// </param>
    Task<IReadOnlyList<WholeLink>> GetAsync(
        ProjectId projectId, IReadOnlyList<LinkId> ids, bool areNeighbours, CancellationToken cancellationToken);
}

/// <summary>A link of a list.</summary>
/// <param name="Facts">Null when its row is there and cannot be read: it is noted already, and counts as neither there nor gone.</param>
public readonly record struct FactsRead(LinkId Id, LinkFacts? Facts);

/// <summary>A link that was asked for.</summary>
/// <param name="Link">Null when it is gone, or cannot be read.</param>
/// <param name="Facts">Those of <paramref name="Link"/>.</param>
/// <param name="IsThere">False when it is gone.</param>
public readonly record struct WholeLink(LinkId Id, WatchedLink? Link, LinkFacts? Facts, bool IsThere);

/// <summary>
/// Tells who keeps links in memory which of them this process has written, or tried to: what is stored must be read to know.
/// </summary>
public sealed class LinkWrites
{
    /// <summary>Called at once and by whoever writes, so a handler must be short and must not throw.</summary>
    public event Action<ProjectId, LinkId>? Written;

    /// <summary>The same when a project is being removed whole.</summary>
    public event Action<ProjectId>? Purged;

    internal async Task<T> TellAsync<T>(ProjectId project, LinkId link, Task<T> write)
    {
        try
        {
            return await write;
        }
        finally
        {
            // Also when it failed: it may have been done.
            Written?.Invoke(project, link);
        }
    }

    internal async Task<T> TellAsync<T>(ProjectId project, Task<T> purge)
    {
        try
        {
            return await purge;
        }
        finally
        {
            Purged?.Invoke(project);
        }
    }
}
