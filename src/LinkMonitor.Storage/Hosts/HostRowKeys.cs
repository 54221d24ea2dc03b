using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Hosts;

/// <summary>
/// The keys of hosts, of the lists of their pages and of the schedule in the <c>Pages</c> table; see docs/tables/pages.md.
/// </summary>
public static class HostRowKeys
{
    /// <summary>How many partitions the hosts and their pages are spread over.</summary>
    public const int ShardCount = 64;

    private const string IdPrefix = "h_";
    private const string HostPrefix = "host:";
    private const string SchedulePrefix = "due:";
    private const string RunSuffix = ":run";

    /// <summary>All shards, <c>00</c> to <c>63</c>.</summary>
    public static IReadOnlyList<string> Shards { get; } = [.. Enumerable.Range(0, ShardCount).Select(ShardName)];

    /// <summary>Where a host's rows are. The same in every process and for ever.</summary>
    /// <param name="host">As in URLs; empty for URLs without one.</param>
    public static HostKey For(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(host.ToLowerInvariant()));
        var shard = ShardName(BinaryPrimitives.ReadUInt16BigEndian(hash) % ShardCount);
        return new HostKey(shard, IdPrefix + ShortHash.Base32(hash, ShortHash.Length));
    }

    /// <inheritdoc cref="For(string)"/>
    public static HostKey For(WebUrl page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return For(page.Host ?? string.Empty);
    }

    internal static string Host(HostKey host) => HostPrefix + host.HostId;

    /// <summary>What is known of an origin's robots.txt. Between the host's own row and its pages.</summary>
    internal static string Robots(HostKey host, string origin) => $"{RobotsOf(host)}{ShortHash.Of(origin)}";

    /// <summary>What the keys of <see cref="Robots"/> begin with.</summary>
    internal static string RobotsOf(HostKey host) => $"{PageList(host)}-robots:";

    /// <summary>What the keys of a host's pages begin with. They sort right behind the host's own row.</summary>
    internal static string PageList(HostKey host) => $"{HostPrefix}{host.HostId}:";

    /// <summary>The host's own row and the list of its pages.</summary>
    internal static KeyRange HostAndPages(HostKey host) => new(host.Shard, Host(host), PageList(host) + "~");

    /// <summary>
    /// A host's place in the schedule because of a page. Rounded to the minute that the scheduler ticks at, so that a host has few places
    /// however many pages it has: down when the page is due already, up otherwise.
    /// </summary>
    internal static string Scheduled(HostKey host, DateTimeOffset dueAt, DateTimeOffset now)
    {
        var down = dueAt.UtcTicks - (dueAt.UtcTicks % TimeSpan.TicksPerMinute);
        var ticks = dueAt <= now || down == dueAt.UtcTicks ? down : down + TimeSpan.TicksPerMinute;
        return $"{SchedulePrefix}{KeyTime.Ascending(new DateTimeOffset(ticks, TimeSpan.Zero))}:{host.HostId}";
    }

    /// <summary>A host's place in the schedule for the case that its run dies.</summary>
    internal static string RunEnds(HostKey host, DateTimeOffset until) =>
        $"{SchedulePrefix}{KeyTime.Ascending(until)}:{host.HostId}{RunSuffix}";

    /// <summary>The schedule of a shard up to a point in time, that included.</summary>
    internal static KeyRange ScheduledUntil(string shard, DateTimeOffset until) =>
        new(shard, SchedulePrefix, SchedulePrefix + KeyTime.Ascending(until.AddTicks(1)));

    /// <summary>The schedule of a shard after a point in time.</summary>
    internal static KeyRange ScheduledAfter(string shard, DateTimeOffset at) =>
        new(shard, SchedulePrefix + KeyTime.Ascending(at.AddTicks(1)), SchedulePrefix + "~");

    /// <summary>Whether a key of the schedule is one of <see cref="RunEnds"/>.</summary>
    internal static bool IsRunEnd(string rowKey) => rowKey.EndsWith(RunSuffix, StringComparison.Ordinal);

    /// <summary>Reads a key of the schedule; null for one that no program of ours wrote, which must not hide the others.</summary>
    internal static ScheduleEntry? Find(string shard, string rowKey)
    {
        var id = SchedulePrefix.Length + KeyTime.Length + 1;
        if (rowKey.Length < id || KeyTime.FindAscending(rowKey.AsSpan(SchedulePrefix.Length)) is not { } at)
            return null;
        var host = rowKey[id..];
        return new ScheduleEntry(
            new HostKey(shard, host.EndsWith(RunSuffix, StringComparison.Ordinal) ? host[..^RunSuffix.Length] : host), at, rowKey);
    }

    /// <summary>Whether a schedule's key names a host; the version before scheduled pages.</summary>
    internal static bool IsHostId(string id) => id.StartsWith(IdPrefix, StringComparison.Ordinal);

    private static string ShardName(int shard) => shard.ToString("D2", CultureInfo.InvariantCulture);
}
