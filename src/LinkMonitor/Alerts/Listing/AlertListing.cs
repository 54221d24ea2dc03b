using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Listing;

/// <summary>
/// Lists alerts, those that are still being sent first, each part the newest first. An alert that is closed between two slices may come twice; none is
/// left out.
/// </summary>
internal static class AlertListing
{
    /// <param name="max">The most alerts of the slice, 1 or more.</param>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    public static async Task<Slice<Alert>> ReadAsync(
        IAlertStore alerts, ProjectId partition, int max, string? cursor, CancellationToken cancellationToken)
    {
        if (cursor is not null && !OpenCursor.IsOne(cursor))
            return await alerts.ListAsync(partition, max, cursor, cancellationToken);

        var after = cursor is null ? null : OpenCursor.Read(cursor);
        var open = (await alerts.ReadOpenAsync(partition, cancellationToken)).Items
            .Select(alert => (Alert: alert, Place: OpenCursor.Of(alert)))
            .Where(one => after is null || one.Place.IsBehind(after))
            .OrderByDescending(one => one.Place.CreatedAt).ThenBy(one => one.Place.Id, StringComparer.Ordinal)
            .Take(max)
            .ToList();
        if (open.Count == max)
            return new Slice<Alert>([.. open.Select(one => one.Alert)], open[^1].Place.ToString());

        var closed = await alerts.ListAsync(partition, max - open.Count, null, cancellationToken);
        return new Slice<Alert>([.. open.Select(one => one.Alert), .. closed.Items], closed.Cursor);
    }
}
