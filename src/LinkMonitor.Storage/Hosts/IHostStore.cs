using System.Collections.Concurrent;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Hosts;

/// <summary>The hosts in the <c>Pages</c> table: their schedule and what all processes must know of them, by shard.</summary>
public interface IHostStore
{
    /// <summary>The places in a shard's schedule up to a point in time, that included, the oldest first.</summary>
    IAsyncEnumerable<ScheduleEntry> ReadScheduleAsync(string shard, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The places in a shard's schedule for runs that end after a point in time. Reads keys only.</summary>
    IAsyncEnumerable<ScheduleEntry> ReadRunEndsAfterAsync(string shard, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Moves the end of a run in the schedule.</summary>
    /// <returns>False when nothing was moved.</returns>
    Task<bool> MoveRunEndAsync(ScheduleEntry entry, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Null when nobody is at the host, and no more than the ordinary pause is kept from it.</summary>
    Task<HostState?> GetAsync(HostKey host, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a run over the host's pages: writes the state over the version in it (or where none is yet), takes the places out of the
    /// schedule, and puts one in for the case that the run dies.
    /// </summary>
    /// <param name="taken">
    /// Row keys of the host's places in the schedule. More than fit into the transaction are taken out after it.
    /// </param>
    /// <returns>False when somebody else wrote the state or took the places.</returns>
    Task<bool> BeginRunAsync(HostState state, IReadOnlyList<string> taken, CancellationToken cancellationToken);

    /// <summary>
    /// Begins runs over the pages of hosts of one shard that nobody is at, all in one transaction of at most
    /// <see cref="MostRunActions"/> rows: two for each host, and one for each place in the schedule.
    /// </summary>
    /// <returns>False when somebody is at one of them, or took a place: then none was begun.</returns>
    Task<bool> BeginRunsAsync(
        IReadOnlyList<(HostState State, IReadOnlyList<string> Taken)> runs, CancellationToken cancellationToken);

    /// <summary>The most rows of one transaction that begins runs.</summary>
    const int MostRunActions = 100;

    /// <summary>Writes the state over the version in it, or where none is yet.</summary>
    /// <returns>The state with its new version; null when somebody else wrote it.</returns>
    Task<HostState?> TrySaveAsync(HostState state, CancellationToken cancellationToken);

    /// <summary>Writes a step over the version that was read.</summary>
    /// <returns>False when somebody else wrote the state.</returns>
    Task<bool> StepAsync(HostStep hostStep, CancellationToken cancellationToken);

    /// <summary>What is known of an origin's robots.txt; null for nothing.</summary>
    Task<RobotsRecord?> GetRobotsAsync(HostKey host, string origin, CancellationToken cancellationToken);

    /// <summary>Keeps what was learnt of an origin's robots.txt, unless it is too large.</summary>
    Task PutRobotsAsync(HostKey host, RobotsRecord record, CancellationToken cancellationToken);

    /// <summary>Removes the row in the version that was read. False when somebody else wrote it.</summary>
    Task<bool> RemoveAsync(HostState state, CancellationToken cancellationToken);
}

/// <summary>
/// What all processes must know of a host: who goes through its due pages, and from when on a request may be sent to it. The row is there
/// only while somebody does, or while the host is to be left alone for longer than the ordinary pause.
/// </summary>
public sealed record HostState
{
    public required HostKey Key { get; init; }

    /// <summary>The host's name, for people.</summary>
    public required string Host { get; init; }

    /// <summary>Names the one message that may continue with the host's pages; null when nobody goes through them.</summary>
    public string? Run { get; init; }

    /// <summary>When the run counts as dead, so that another may begin; null without a run.</summary>
    public DateTimeOffset? RunUntil { get; init; }

    /// <summary>Whose turn it is until <see cref="FreeAt"/>; null when that is only a pause.</summary>
    public string? Turn { get; init; }

    /// <summary>Before this only the owner of the turn sends requests to the host.</summary>
    public required DateTimeOffset FreeAt { get; init; }

    /// <summary>The version that was read or written last; null for a row that is not there yet.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether a run is under way.</summary>
    public bool IsRunAlive(DateTimeOffset now) => Run is not null && RunUntil > now;
}

/// <summary>What becomes of a host's row in the transaction that moves one of its pages.</summary>
/// <param name="Before">As it was read or written last.</param>
/// <param name="After">As it is to be; null to remove it.</param>
/// <param name="NextDue">
/// When the host's next page is due, which gets a place in the schedule; null when it has none, or the run goes on.
/// </param>
public sealed record HostStep(HostState Before, HostState? After, DateTimeOffset? NextDue = null)
{
    /// <summary>What was learnt of the host's robots.txt files meanwhile.</summary>
    public IReadOnlyList<RobotsRecord> Robots { get; init; } = [];
}

/// <summary>A place in the schedule of a shard.</summary>
/// <param name="Host">
/// Whose place it is. In a place that the version before wrote, the id is that of a page; see <see cref="EarlierPageId"/>.
/// </param>
/// <param name="At">When the host is to be checked.</param>
/// <param name="RowKey">The row that says so.</param>
public sealed record ScheduleEntry(HostKey Host, DateTimeOffset At, string RowKey)
{
    /// <summary>The page that the version before scheduled by itself; null for a host.</summary>
    public string? EarlierPageId => HostRowKeys.IsHostId(Host.HostId) ? null : Host.HostId;
}

/// <inheritdoc cref="IScheduleAge"/>
/// <remarks>Reads the first place in the schedule of each shard: a key alone, so that a damaged row cannot hide how late it is.</remarks>
internal sealed class ShardScheduleAge(StoreTables tables) : IScheduleAge
{
    private const int ShardsAtATime = 8;

    private readonly RowTable _table = tables.Open(TableNames.Pages);

    public async Task<DateTimeOffset?> OldestDueAsync(CancellationToken cancellationToken)
    {
        var first = new ConcurrentBag<DateTimeOffset>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(HostRowKeys.Shards, parallel, async (shard, stop) =>
        {
            var range = HostRowKeys.ScheduledUntil(shard, DateTimeOffset.MaxValue.AddTicks(-1));
            await foreach (var key in _table.ReadKeysAsync(range, stop, perPage: 1))
            {
                // A key that no program of ours wrote says nothing, and must not blind us for the rest.
                if (HostRowKeys.Find(shard, key) is not { } due)
                    continue;
                first.Add(due.At);
                break;
            }
        });
        return first.IsEmpty ? null : first.Min();
    }
}

/// <summary>How far behind the schedule of the pages is.</summary>
public interface IScheduleAge
{
    /// <summary>
    /// When the host is, or was, to be checked that is first in the schedule; null when no page is watched. In the past, its pages are
    /// due and nobody has begun to check them. A number of reads that does not grow with the pages.
    /// </summary>
    Task<DateTimeOffset?> OldestDueAsync(CancellationToken cancellationToken);
}
