using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Pages;

/// <summary>The keys of the <c>Pages</c> table; see docs/tables/pages.md.</summary>
public static class PageKeys
{
    /// <summary>How many partitions the pages are spread over.</summary>
    public const int ShardCount = 64;

    private const string PageIdPrefix = "pg_";
    private const string PagePrefix = "page:";
    private const string DuePrefix = "due:";
    private const string WatchPrefix = "watch:";

    /// <summary>All shards, <c>00</c> to <c>63</c>.</summary>
    public static IReadOnlyList<string> Shards { get; } = [.. Enumerable.Range(0, ShardCount).Select(ShardName)];

    /// <summary>Where a page's rows are. The same in every process and for ever.</summary>
    public static PageKey For(WebUrl page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new PageKey(ShardOf(page.Host ?? ""), PageIdPrefix + ShortHash.Of(PageIdentity.Of(page)));
    }

    internal static string Page(string pageId) => PagePrefix + pageId;

    internal static string Due(DateTimeOffset dueAt, string pageId) => $"{DuePrefix}{KeyTime.Ascending(dueAt)}:{pageId}";

    /// <summary>The time in a key that <see cref="Due"/> made.</summary>
    internal static DateTimeOffset DueAt(string dueKey) =>
        KeyTime.ParseAscending(dueKey.AsSpan(DuePrefix.Length, KeyTime.Length));

    /// <summary>The page in a key that <see cref="Due"/> made.</summary>
    internal static string PageIdOfDue(string dueKey) => dueKey[(DuePrefix.Length + KeyTime.Length + 1)..];

    internal static string Watch(string pageId, ProjectId projectId, LinkId linkId) =>
        $"{WatchPrefix}{pageId}:{projectId.Value}:{linkId.Value}";

    /// <summary>The schedule of a shard up to a point in time, that included.</summary>
    internal static KeyRange DueUntil(string shard, DateTimeOffset until) =>
        new(shard, DuePrefix, DuePrefix + KeyTime.Ascending(until.AddTicks(1)));

    internal static KeyRange Watchers(PageKey page) => KeyRange.StartingWith(page.Shard, $"{WatchPrefix}{page.PageId}:");

    private static string ShardOf(string host)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(host.ToLowerInvariant()));
        return ShardName(BinaryPrimitives.ReadUInt16BigEndian(hash) % ShardCount);
    }

    private static string ShardName(int shard) => shard.ToString("D2", CultureInfo.InvariantCulture);
}
