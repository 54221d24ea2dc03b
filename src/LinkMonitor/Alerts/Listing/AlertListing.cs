using System.Globalization;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;

namespace LinkMonitor.Alerts.Listing;

/// <summary>
/// Lists alerts, those that are still being sent first, each part the newest first. An alert that is closed between two slices may come
/// twice; none is left out.
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
        var all = await alerts.ReadOpenAsync(partition, cancellationToken);
        var open = all.Items
            .Select(alert => (Alert: alert, Place: OpenCursor.Of(alert)))
            .Where(one => after is null || one.Place.IsBehind(after))
            .OrderByDescending(one => one.Place.CreatedAt).ThenBy(one => one.Place.Id, StringComparer.Ordinal)
            .Take(max)
            .ToList();

        // Those that cannot be read have no place: the first part tells of them.
        var unreadable = after is null ? all.SetAside.Count : 0;
        if (open.Count == max)
            return new Slice<Alert>([.. open.Select(one => one.Alert)], open[^1].Place.ToString()) { SetAside = unreadable };

        var closed = await alerts.ListAsync(partition, max - open.Count, null, cancellationToken);
        return new Slice<Alert>([.. open.Select(one => one.Alert), .. closed.Items], closed.Cursor)
        {
            SetAside = unreadable + closed.SetAside,
        };
    }
}

/// <summary>The place of an open alert in its list, the newest first.</summary>
internal sealed record OpenCursor(DateTimeOffset CreatedAt, string Id)
{
    // No cursor of the storage has a dot.
    private const string Prefix = "open.";

    public static OpenCursor Of(Alert alert) => new(alert.CreatedAt, alert.Id);

    public static bool IsOne(string cursor) => cursor.StartsWith(Prefix, StringComparison.Ordinal);

    /// <exception cref="InvalidCursorException">Not what <see cref="ToString"/> wrote.</exception>
    public static OpenCursor Read(string cursor) => TryRead(cursor) ?? throw new InvalidCursorException();

    /// <summary>Null when it is not what <see cref="ToString"/> wrote.</summary>
    public static OpenCursor? TryRead(string cursor) =>
        cursor.Split('.') is [_, var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
        && AlertIds.IsValid(id)
            ? new OpenCursor(new DateTimeOffset(at, TimeSpan.Zero), id)
            : null;

    /// <summary>Whether it comes later in the list.</summary>
    public bool IsBehind(OpenCursor other) =>
        CreatedAt < other.CreatedAt || (CreatedAt == other.CreatedAt && string.CompareOrdinal(Id, other.Id) > 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{CreatedAt.UtcTicks}.{Id}");
}
