using System.Globalization;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Paging;

namespace LinkMonitor.Alerts.Listing;

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
