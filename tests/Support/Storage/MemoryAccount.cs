using System.Collections.Concurrent;
using Azure.Data.Tables;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>
/// A storage account in memory, for tests that would spend their time on requests: the same answers as Azurite at the ports of the storage,
/// which
/// the contracts beside it show by running on both.
/// </summary>
/// <param name="time">The clock of the service: what is visible on a queue follows it.</param>
internal sealed class MemoryAccount(TimeProvider time) : ITableService, IMessageQueues
{
    private readonly ConcurrentDictionary<string, MemoryRows> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, MemoryMessages> _queues = new(StringComparer.Ordinal);

    /// <summary>The same account over a line on which the answer of every write is lost once.</summary>
    public LosingTables Losing() => new(this);

    /// <summary>Remembers all tables.</summary>
    /// <returns>Brings them back, and empties all queues.</returns>
    public Action Save()
    {
        var tables = _tables.Values.Select(rows => rows.Save()).ToList();
        return () =>
        {
            foreach (var restore in tables)
                restore();
            foreach (var messages in _queues.Values)
                messages.Clear();
        };
    }

    ITable ITableService.Open(string name) => new MemoryTable(Rows(name));

    IQueueAccess IMessageQueues.Open(string name) => name.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal)
        ? new MemoryQueue(name, Messages(name), null)
        : new MemoryQueue(name, Messages(name), Messages(name + QueueNames.PoisonSuffix));

    /// <summary>What lies in one partition of a table, or in the whole of it.</summary>
    public List<TableEntity> ReadAll(string table, string? partition) => Rows(table).ReadAll(partition);

    /// <summary>How many rows a table has.</summary>
    public int CountAll(string table) => Rows(table).CountAll();

    internal MemoryRows Rows(string table) => _tables.GetOrAdd(table, static (name, time) => new MemoryRows(name, time), time);

    internal MemoryMessages Messages(string queue) => _queues.GetOrAdd(queue, static (name, time) => new MemoryMessages(name, time), time);
}
