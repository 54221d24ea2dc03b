using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage;

/// <summary>Reads the list of a host's pages whole.</summary>
internal static class PageLists
{
    private const int All = 1_000;

    /// <summary>The pages of a host that are due by a time, in order.</summary>
    public static async Task<IReadOnlyList<WatchedPage>> ReadDueAsync(
        this IPageStore pages, HostKey host, DateTimeOffset until, CancellationToken cancellationToken)
    {
        List<WatchedPage> due = [];
        foreach (var place in (await pages.ReadHostAsync(host, All, cancellationToken)).First.Where(place => place.IsDue(until)))
            if (await pages.FindAsync(place, cancellationToken) is { } page)
                due.Add(page);
        return due;
    }

    /// <summary>Moves a page and leaves its host alone.</summary>
    public static Task<SaveOutcome> MoveDueAsync(
        this IPageStore pages, WatchedPage page, DateTimeOffset dueAt, DateTimeOffset? checkedAt, CancellationToken cancellationToken) =>
        pages.MoveDueAsync(page, dueAt, checkedAt, null, cancellationToken);
}
