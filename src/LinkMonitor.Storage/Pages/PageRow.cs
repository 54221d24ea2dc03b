using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
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
    private const string Settled = "settled";
    private const string PageWrite = "pageWrite";
    private const string Removing = "removing";

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    /// <summary>The page's row, with a marker of its own.</summary>
    /// <param name="isRemoving">Somebody found no watchers and is about to remove the page.</param>
    public static TableEntity Write(WatchedPage page, DateTimeOffset now, bool isRemoving = false)
    {
        var row = RowSchema.NewMarked(page.Key.Shard, PageRowKeys.Page(page.Key.PageId));
        row[Url] = page.Url.Href;
        row[DueKey] = isRemoving ? page.Place : PlaceOf(page);
        row[DueAt] = page.DueAt;
        row[LastCheckedAt] = page.LastCheckedAt;
        row[WrittenAt] = now;
        row[Sight] = page.LastFetch is { } lastFetch ? JsonSerializer.Serialize(lastFetch, Json.LastFetch) : null;
        row[TargetsFrom] = page.TargetsFrom is { } place ? JsonSerializer.Serialize(place, PageRowJson.Stored.WatcherPlace) : null;
        row[Rest] = page.Rest is { } rest ? JsonSerializer.Serialize(rest, PageRowJson.Stored.RemainingLinks) : null;
        row[Settled] = page.Settled?.Write();
        if (isRemoving)
            row[Removing] = true;
        return row;
    }

    /// <summary>
    /// The row in the host's list, with all that the page's row says. Whoever writes the one writes the other in the same transaction, so
    /// that the version of a place stands for that of its page.
    /// </summary>
    /// <param name="row">What <see cref="Write"/> made of the same page.</param>
    public static TableEntity WriteDue(WatchedPage page, TableEntity row)
    {
        var place = RowSchema.New(page.Key.Shard, PlaceOf(page));
        foreach (var (column, value) in row)
        {
            if (column is not (nameof(TableEntity.PartitionKey) or nameof(TableEntity.RowKey) or RowSchema.Write or RowSchema.Version))
                place[column] = value;
        }

        place[PageWrite] = row[RowSchema.Write];
        return place;
    }

    /// <summary>
    /// The page in a place of its host's list. Null for a place of an earlier version, one that was set aside, and one that cannot be read:
    /// then the page's own row says it.
    /// </summary>
    public static WatchedPage? FindInPlace(TableEntity place, string pageId)
    {
        if (place.GetString(Url) is null)
            return null;
        var page = RowMapping.Try(TableNames.Pages, place, row => Read(row, new PageKey(row.PartitionKey, pageId)), out _);
        return page is null ? null : page with { Place = place.RowKey, PlaceVersion = page.ETag, ETag = null };
    }

    /// <summary>The row key of the place that a page is to have.</summary>
    public static string PlaceOf(WatchedPage page) =>
        PageRowKeys.Due(HostRowKeys.For(page.Url), page.IsUrgent, page.DueAt, page.Key.PageId);

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static WatchedPage Read(TableEntity row, PageKey key)
    {
        var place = row.Text(DueKey);
        var (isUrgent, dueAt, _) = PageRowKeys.ReadDue(place);
        return new()
        {
            Key = key,
            Url = StoredUrl.Parse(row.Text(Url)),
            DueAt = dueAt,
            IsUrgent = isUrgent,
            Place = place,
            Write = row.GetString(PageWrite) ?? row.GetString(RowSchema.Write),
            LastCheckedAt = row.GetDateTimeOffset(LastCheckedAt),
            LastFetch = row.JsonOrNull(Sight, Json.LastFetch),
            TargetsFrom = row.JsonOrNull(TargetsFrom, PageRowJson.Stored.WatcherPlace),
            Rest = row.JsonOrNull(Rest, PageRowJson.Stored.RemainingLinks),
            Settled = row.JsonOrNull(Settled, PageRowJson.Stored.SettledLinks),
            ETag = row.Version(),
        };
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static WatchedPage Read(TableEntity row) => Read(row, new PageKey(row.PartitionKey, PageRowKeys.PageIdOf(row.RowKey)));

    /// <summary>Holds for pages that were written after a time, by the clock of who wrote them.</summary>
    public static ColumnCondition WrittenAfter(DateTimeOffset at) => ColumnCondition.Later(WrittenAt, at);

    public static bool IsRemoving(TableEntity row) => row.GetBoolean(Removing) == true;
}

/// <summary>The keys of pages and their watchers in the <c>Pages</c> table; see docs/tables/pages.md.</summary>
public static class PageRowKeys
{
    private const string PageIdPrefix = "pg_";
    private const string PagePrefix = "page:";
    private const string WatchPrefix = "watch:";
    private const string EarlierDuePrefix = "due:";
    private const char Urgent = '0';
    private const char Ordinary = '1';

    /// <summary>Where a page's rows are. The same in every process and for ever.</summary>
    public static PageKey For(WebUrl page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new PageKey(HostRowKeys.For(page).Shard, PageIdPrefix + ShortHash.Of(PageIdentity.Of(page)));
    }

    internal static string Page(string pageId) => PagePrefix + pageId;

    /// <summary>All pages of a shard.</summary>
    internal static KeyRange AllPages(string shard) => KeyRange.StartingWith(shard, PagePrefix);

    /// <summary>Reads a key that <see cref="Page"/> made.</summary>
    internal static string PageIdOf(string rowKey) => rowKey[PagePrefix.Length..];

    /// <summary>A page's place in the list of its host: the urgent ones first, then the longest overdue.</summary>
    internal static string Due(HostKey host, bool isUrgent, DateTimeOffset dueAt, string pageId) =>
        $"{HostRowKeys.PageList(host)}{(isUrgent ? Urgent : Ordinary)}:{KeyTime.Ascending(dueAt)}:{pageId}";

    /// <summary>Reads a key that <see cref="Due"/> made, or one of the version before: <c>due:{ticks}:{pageId}</c>.</summary>
    /// <exception cref="FormatException">Not such a key.</exception>
    internal static (bool IsUrgent, DateTimeOffset DueAt, string PageId) ReadDue(string dueKey)
    {
        var parts = dueKey.Split(':');
        if (parts.Length == 3 && dueKey.StartsWith(EarlierDuePrefix, StringComparison.Ordinal))
            return (false, KeyTime.ParseAscending(parts[1]), parts[2]);
        return parts.Length == 5
            ? (parts[2] == "0", KeyTime.ParseAscending(parts[3]), parts[4])
            : throw new FormatException($"'{dueKey}' is not a place in a schedule.");
    }

    internal static string Watch(string pageId, ProjectId projectId, LinkId linkId) =>
        $"{WatchPrefix}{pageId}:{projectId.Value}:{linkId.Value}";

    /// <summary>
    /// The watcher whose watch has this key, for a row that says nothing itself: its age is not known, so it counts as new. Null for any
    /// other key.
    /// </summary>
    internal static Watcher? ReadWatch(string key) =>
        key.Split(':') is ["watch", _, { Length: > 0 } project, { Length: > 0 } link]
            ? new Watcher(new ProjectId(project), new LinkId(link), DateTimeOffset.MaxValue)
            : null;

    internal static KeyRange Watchers(PageKey page) => KeyRange.StartingWith(page.Shard, $"{WatchPrefix}{page.PageId}:");

    /// <summary>What is kept of the page's links. It stands just before its watches, so that one query reads both.</summary>
    internal static string Kept(string pageId) => $"{WatchPrefix}{pageId}-links";

    /// <summary>Says that a link was added. It stands before what is kept, so it is never read after the watches.</summary>
    internal static string Added(string pageId) => $"{WatchPrefix}{pageId}-added";

    /// <summary>What says that links were added, what is kept of a page's links, and its watchers.</summary>
    internal static KeyRange KeptAndWatchers(PageKey page) =>
        Watchers(page) with { From = Added(page.PageId) };
}

/// <summary>The JSON in a page's row.</summary>
[JsonSerializable(typeof(WatcherPlace))]
[JsonSerializable(typeof(RemainingLinks))]
[JsonSerializable(typeof(SettledLinks))]
[JsonSerializable(typeof(KeptLinks))]
internal sealed partial class PageRowJson : JsonSerializerContext
{
    public static PageRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}

/// <summary>A watch as a row.</summary>
internal static class WatchRow
{
    private const string ProjectIdColumn = "projectId";
    private const string LinkIdColumn = "linkId";
    private const string Since = "since";

    public static TableEntity Write(PageKey page, ProjectId projectId, LinkId linkId, DateTimeOffset since)
    {
        var row = RowSchema.New(page.Shard, PageRowKeys.Watch(page.PageId, projectId, linkId));
        row[ProjectIdColumn] = projectId.Value;
        row[LinkIdColumn] = linkId.Value;
        row[Since] = since;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Watcher Read(TableEntity row) =>
        new(new ProjectId(row.Text(ProjectIdColumn)), new LinkId(row.Text(LinkIdColumn)), row.Time(Since)) { ETag = row.Version() };
}

/// <summary>What is kept of a page's links as a row: compressed, since the links of a page say much the same.</summary>
internal static class KeptRow
{
    // A column takes 64 KiB. What needs more than these is not kept.
    private const int MostBytesOfColumn = 64 * 1024;
    private static readonly string[] Columns = ["content", "content2", "content3", "content4"];

    // So much comes out of them at most.
    private const int MostContent = 8 * 1024 * 1024;

    /// <summary>Null when it takes too much room.</summary>
    public static TableEntity? Write(PageKey page, KeptLinks links)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(links, PageRowJson.Stored.KeptLinks);
        if (json.Length > MostContent)
            return null;
        using var compressed = new MemoryStream();
        using (var stream = new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(json);
        if (compressed.Length > Columns.Length * MostBytesOfColumn)
            return null;
        var row = RowSchema.New(page.Shard, PageRowKeys.Kept(page.PageId));
        foreach (var (part, column) in compressed.ToArray().Chunk(MostBytesOfColumn).Zip(Columns))
            row[column] = part;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static KeptLinks Read(TableEntity row)
    {
        using var compressed = new MemoryStream([.. Columns.SelectMany(column => row.GetBinary(column) ?? [])]);
        using var stream = new BrotliStream(compressed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        var buffer = new byte[MostBytesOfColumn];
        while (stream.Read(buffer) is > 0 and var length)
        {
            content.Write(buffer, 0, length);
            if (content.Length > MostContent)
                throw new FormatException("What is kept of the links is too large.");
        }

        return JsonSerializer.Deserialize(content.GetBuffer().AsSpan(0, (int)content.Length), PageRowJson.Stored.KeptLinks)
            ?? throw new FormatException("What is kept of the links is empty.");
    }
}
