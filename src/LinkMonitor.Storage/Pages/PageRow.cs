using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Pages;

/// <summary>A page as a row, and its place in the schedule.</summary>
internal static class PageRow
{
    private const string Url = "url";
    private const string DueKey = "dueKey";
    private const string DueAt = "dueAt";
    private const string LastCheckedAt = "lastCheckedAt";
    private const string WrittenAt = "writtenAt";
    private const string Sight = "sight";
    private const string TargetsFrom = "targetsFrom";
    private const string Rest = "rest";
    private const string Removing = "removing";

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    /// <summary>The page's row, with a marker of its own.</summary>
    /// <param name="isRemoving">Somebody found no watchers and is about to remove the page.</param>
    public static TableEntity Write(WatchedPage page, DateTimeOffset now, bool isRemoving = false)
    {
        var row = RowSchema.NewMarked(page.Key.Shard, PageKeys.Page(page.Key.PageId));
        row[Url] = page.Url.Href;
        row[DueKey] = isRemoving ? page.Place : PlaceOf(page);
        row[DueAt] = page.DueAt;
        row[LastCheckedAt] = page.LastCheckedAt;
        row[WrittenAt] = now;
        row[Sight] = page.Sight is { } sight ? JsonSerializer.Serialize(sight, Json.PageSight) : null;
        row[TargetsFrom] = page.TargetsFrom is { } place ? JsonSerializer.Serialize(place, PageRowJson.Stored.WatcherPlace) : null;
        row[Rest] = page.Rest is { } rest ? JsonSerializer.Serialize(rest, PageRowJson.Stored.RoundRest) : null;
        if (isRemoving)
            row[Removing] = true;
        return row;
    }

    /// <summary>The row in the host's list. It holds nothing but its key: the page's row says the rest, and cannot disagree.</summary>
    public static TableEntity WriteDue(WatchedPage page) => RowSchema.New(page.Key.Shard, PlaceOf(page));

    /// <summary>The row key of the place that a page is to have.</summary>
    public static string PlaceOf(WatchedPage page) => PageKeys.Due(HostKeys.For(page.Url), page.IsUrgent, page.DueAt, page.Key.PageId);

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static WatchedPage Read(TableEntity row, PageKey key)
    {
        var place = row.Text(DueKey);
        var (isUrgent, dueAt, _) = PageKeys.ReadDue(place);
        return new()
        {
            Key = key,
            Url = StoredUrl.Parse(row.Text(Url)),
            DueAt = dueAt,
            IsUrgent = isUrgent,
            Place = place,
            LastCheckedAt = row.GetDateTimeOffset(LastCheckedAt),
            Sight = row.JsonOrNull(Sight, Json.PageSight),
            TargetsFrom = row.JsonOrNull(TargetsFrom, PageRowJson.Stored.WatcherPlace),
            Rest = row.JsonOrNull(Rest, PageRowJson.Stored.RoundRest),
            ETag = row.Version(),
        };
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static WatchedPage Read(TableEntity row) => Read(row, new PageKey(row.PartitionKey, PageKeys.PageIdOf(row.RowKey)));

    /// <summary>Holds for pages that were written after a time, by the clock of who wrote them.</summary>
    public static ColumnCondition WrittenAfter(DateTimeOffset at) => ColumnCondition.Later(WrittenAt, at);

    public static bool IsRemoving(TableEntity row) => row.GetBoolean(Removing) == true;
}
