using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>
/// The links that wait for a person, those that have waited longest first. Links are stored in another order, so all of a project's are
/// read for each part of the list; only those of the part are kept.
/// </summary>
public static class WaitingLinks
{
    /// <summary>The next part of the list. A link that is answered or seen meanwhile is left out of the parts that follow.</summary>
    /// <param name="now">Which answers hold.</param>
    /// <param name="maxItems">1 to 1,000.</param>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    public static async Task<Slice<WatchedLink>> ListWaitingAsync(
        this ILinkStore links, ProjectId project, DateTimeOffset now, int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxItems, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxItems, SliceReader<WatchedLink>.MaxItems);
        var list = $"{ListNames.Human} {project}";
        var after = cursor is null ? null : Cursor.RowKeyOf(list, cursor) ?? throw new InvalidCursorException();
        var first = new SortedDictionary<string, WatchedLink>(StringComparer.Ordinal);
        var isMore = false;
        await foreach (var link in links.ReadAllAsync(project, new LinkFilter { Seen = false }, cancellationToken))
        {
            var key = PlaceOf(link);
            if (!link.NeedsHumanAt(now) || string.CompareOrdinal(key, after) <= 0)
                continue;
            first[key] = link;
            if (first.Count > maxItems)
            {
                isMore = true;
                first.Remove(first.Keys.Last());
            }
        }

        return new Slice<WatchedLink>([.. first.Values], isMore ? Cursor.Write(list, first.Keys.Last()) : null);
    }

    private static string PlaceOf(WatchedLink link) => $"{KeyTime.Ascending(link.Status.UntoldSince())}:{link.Id.Value}";
}
