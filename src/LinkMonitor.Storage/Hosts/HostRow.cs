using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Hosts;

/// <summary>A host's state as a row.</summary>
internal static class HostRow
{
    private const string HostColumn = "host";
    private const string Run = "run";
    private const string RunUntil = "runUntil";
    private const string Turn = "turn";
    private const string FreeAt = "freeAt";

    /// <summary>Longer than any turn may last.</summary>
    internal static readonly TimeSpan UnreadableFor = TimeSpan.FromMinutes(15);

    public static TableEntity Write(HostState state)
    {
        var row = RowSchema.NewMarked(state.Key.Shard, HostRowKeys.Host(state.Key));
        row[HostColumn] = state.Host;
        row[Run] = state.Run;
        row[RunUntil] = state.RunUntil;
        row[Turn] = state.Turn;
        row[FreeAt] = state.FreeAt;
        return row;
    }

    /// <summary>
    /// The state in a row. It is worth minutes only, so a row that is damaged or of a later version does not stop the host: it counts as a
    /// turn of somebody unknown, which ends <see cref="UnreadableFor"/> after the row was written, and is then written over.
    /// </summary>
    public static HostState Read(TableEntity row, HostKey key) =>
        RowMapping.Try(TableNames.Pages, row, sound => ReadSound(sound, key), out _) ?? Unreadable(row, key);

    private static HostState ReadSound(TableEntity row, HostKey key) => new()
    {
        Key = key,
        Host = row.Text(HostColumn),
        Run = row.GetString(Run),
        RunUntil = row.GetDateTimeOffset(RunUntil),
        Turn = row.GetString(Turn),
        FreeAt = row.Time(FreeAt),
        ETag = row.Version(),
    };

    private static HostState Unreadable(TableEntity row, HostKey key)
    {
        var written = row.Timestamp ?? DateTimeOffset.MinValue;
        return new() { Key = key, Host = string.Empty, Turn = "unreadable", FreeAt = written + UnreadableFor, ETag = row.Version() };
    }

    /// <summary>The actions that write a step, with the run's place in the schedule and that of the next page.</summary>
    public static IEnumerable<TableTransactionAction> Actions(HostStep step, DateTimeOffset now)
    {
        var (before, after) = (step.Before, step.After);
        var version = RowColumns.ToETag(before.ETag);
        yield return after is null
            ? Transactions.Delete(before.Key.Shard, HostRowKeys.Host(before.Key), version)
            : Transactions.Replace(Write(after), version);
        foreach (var robots in step.Robots)
        {
            if (RobotsRow.Write(before.Key, robots) is { } row)
                yield return Transactions.Put(row);
        }

        if (step.NextDue is { } at)
            yield return Schedule(before.Key, at, now);
        if (before.RunUntil == after?.RunUntil)
            yield break;
        if (before.RunUntil is { } old)
            yield return Transactions.Delete(before.Key.Shard, HostRowKeys.RunEnds(before.Key, old), ETag.All);
        if (after?.RunUntil is { } next)
            yield return ScheduleEnd(before.Key, next);
    }

    /// <summary>Puts a host into the schedule because of a page.</summary>
    public static TableTransactionAction Schedule(HostKey host, DateTimeOffset dueAt, DateTimeOffset now) =>
        Transactions.Put(RowSchema.New(host.Shard, HostRowKeys.Scheduled(host, dueAt, now)));

    /// <summary>Puts a host into the schedule for the case that its run dies.</summary>
    public static TableTransactionAction ScheduleEnd(HostKey host, DateTimeOffset until) =>
        Transactions.Put(RowSchema.New(host.Shard, HostRowKeys.RunEnds(host, until)));
}

/// <summary>What is known of an origin's robots.txt as a row of its host.</summary>
internal static class RobotsRow
{
    // https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#property-types
    private const int MostBytes = 64 * 1024;

    private const string Origin = "origin";
    private const string FreshUntil = "freshUntil";
    private const string Content = "content";
    private const string ReadAt = "readAt";
    private const string FailingSince = "failingSince";
    private const string Failure = "failure";
    private const string Message = "message";

    /// <summary>Null for a file that is too large for a column even when compressed: every process asks for such a one itself.</summary>
    public static TableEntity? Write(HostKey host, RobotsRecord record)
    {
        var content = record.Content is { } bytes ? Compress(bytes) : null;
        if (content?.Length > MostBytes)
            return null;
        var row = RowSchema.New(host.Shard, HostRowKeys.Robots(host, record.Origin));
        row[Origin] = record.Origin;
        row[FreshUntil] = record.FreshUntil;
        row[Content] = content;
        row[ReadAt] = record.ReadAt;
        row[FailingSince] = record.FailingSince;
        row[Failure] = record.Failure is { } failure ? WireName.Of(failure) : null;
        row[Message] = record.Message;
        return row;
    }

    /// <summary>Null for a row that cannot be read: the origin is asked again, and the row is written over.</summary>
    public static RobotsRecord? Read(TableEntity row) => RowMapping.Try(TableNames.Pages, row, ReadSound, out _);

    private static RobotsRecord ReadSound(TableEntity row) => new()
    {
        Origin = row.Text(Origin),
        FreshUntil = row.Time(FreshUntil),
        Content = row.GetBinary(Content) is { } content ? Expand(content) : null,
        ReadAt = row.GetDateTimeOffset(ReadAt),
        FailingSince = row.GetDateTimeOffset(FailingSince),
        Failure = row.GetString(Failure) is { } failure ? WireName.Parse<FetchFailure>(failure) : null,
        Message = row.GetString(Message),
    };

    private static byte[] Compress(ReadOnlyMemory<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var stream = new BrotliStream(compressed, CompressionLevel.Fastest))
            stream.Write(content.Span);
        return compressed.ToArray();
    }

    private static ReadOnlyMemory<byte> Expand(byte[] compressed)
    {
        var content = new byte[RobotsTxt.MaxBytes + 1];
        using var stream = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content.AsMemory(0, length).ToArray();
    }
}

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
