using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Pages;

/// <summary>The keys of pages and their watchers in the <c>Pages</c> table; see docs/tables/pages.md.</summary>
public static class PageKeys
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
        return new PageKey(HostKeys.For(page).Shard, PageIdPrefix + ShortHash.Of(PageIdentity.Of(page)));
    }

    internal static string Page(string pageId) => PagePrefix + pageId;

    /// <summary>All pages of a shard.</summary>
    internal static KeyRange AllPages(string shard) => KeyRange.StartingWith(shard, PagePrefix);

    /// <summary>Reads a key that <see cref="Page"/> made.</summary>
    internal static string PageIdOf(string rowKey) => rowKey[PagePrefix.Length..];

    /// <summary>A page's place in the list of its host: the urgent ones first, then the longest overdue.</summary>
    internal static string Due(HostKey host, bool isUrgent, DateTimeOffset dueAt, string pageId) =>
        $"{HostKeys.PageList(host)}{(isUrgent ? Urgent : Ordinary)}:{KeyTime.Ascending(dueAt)}:{pageId}";

    /// <summary>Reads a key that <see cref="Due"/> made, or one of the version before: <c>due:{ticks}:{pageId}</c>.</summary>
    /// <exception cref="FormatException">Not such a key.</exception>
    internal static (bool IsUrgent, DateTimeOffset DueAt, string PageId) ReadDue(string dueKey)
    {
        var parts = dueKey.Split(':');
        if (parts.Length == 3 && dueKey.StartsWith(EarlierDuePrefix, StringComparison.Ordinal))
            return (false, KeyTime.ParseAscending(parts[1]), parts[2]);
        return parts.Length == 5
            ? (parts[2] == "0", KeyTime.ParseAscending(parts[3]), parts[4])
            : throw new FormatException($"'{dueKey}' is no place in a schedule.");
    }

    internal static string Watch(string pageId, ProjectId projectId, LinkId linkId) =>
        $"{WatchPrefix}{pageId}:{projectId.Value}:{linkId.Value}";

    /// <summary>The watcher whose watch has this key, for a row that says nothing itself: its age is not known, so it counts as new. Null for any other key.</summary>
    internal static Watcher? ReadWatch(string key) =>
        key.Split(':') is ["watch", _, { Length: > 0 } project, { Length: > 0 } link]
            ? new Watcher(new ProjectId(project), new LinkId(link), DateTimeOffset.MaxValue)
            : null;

    internal static KeyRange Watchers(PageKey page) => KeyRange.StartingWith(page.Shard, $"{WatchPrefix}{page.PageId}:");
}
