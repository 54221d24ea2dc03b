using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>The rows of one table, with the conditions of the service: every change of a row gives it a new version.</summary>
internal sealed class MemoryRows(string name, TimeProvider time)
{
    private static readonly string[] SystemColumns = [
        nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey), nameof(TableEntity.Timestamp), "odata.etag",
    ];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MemoryPartition> _partitions = new(StringComparer.Ordinal);
    private bool _isCreated;
    private long _version;
    private DateTimeOffset _writtenAt;

    public void Create()
    {
        lock (_gate)
            _isCreated = true;
    }

    /// <summary>Remembers what is stored now.</summary>
    /// <returns>Brings it back. Versions go on: what was read in between is of another version.</returns>
    public Action Save()
    {
        var rows = ReadAll(null);
        return () =>
        {
            lock (_gate)
            {
                _partitions.Clear();
                foreach (var part in rows.GroupBy(row => row.PartitionKey))
                {
                    _partitions[part.Key] = new MemoryPartition();
                    foreach (var row in part)
                        _partitions[part.Key].Put(Copy(row));
                }
            }
        };
    }

    public TableEntity? Find(string partition, string rowKey)
    {
        lock (_gate)
            return Partition(partition)?.Find(rowKey) is { } row ? Copy(row) : null;
    }

    public int CountAll()
    {
        lock (_gate)
            return _partitions.Sum(part => part.Value.Count);
    }

    public List<TableEntity> ReadAll(string? partition)
    {
        lock (_gate)
            return [
                .. _partitions.Where(part => partition is null || part.Key == partition)
                    .SelectMany(part => part.Value.From(""))
                    .Select(Copy),
            ];
    }

    /// <summary>The next rows of a range beyond a key.</summary>
    public List<TableEntity> Next(RowQuery query, string? after, int count)
    {
        lock (_gate)
        {
            if (Partition(query.Range.Partition) is not { } rows)
                return [];

            List<TableEntity> found = [];
            foreach (var row in rows.From(after ?? query.Range.From))
            {
                if (found.Count == count || !query.Range.Contains(row.RowKey))
                    break;
                if (row.RowKey != after && query.Conditions.All(condition => Holds(condition, row)))
                    found.Add(query.KeysOnly ? new TableEntity(query.Range.Partition, row.RowKey) : Copy(row, query.Columns));
            }

            return found;
        }
    }

    /// <summary>Does all or nothing.</summary>
    /// <returns>The new version of each row, none for a delete; null when a condition does not hold.</returns>
    public IReadOnlyList<ETag>? Submit(IReadOnlyList<TableTransactionAction> actions)
    {
        lock (_gate)
        {
            var rows = Partition(actions[0].Entity.PartitionKey) ?? new MemoryPartition();
            if (!actions.All(action => IsMet(action, rows.Find(action.Entity.RowKey))))
                return null;
            foreach (var action in actions)
                MemoryRowLimits.Check((TableEntity)action.Entity);
            _partitions[actions[0].Entity.PartitionKey] = rows;
            return [.. actions.Select(action => Apply(action, rows))];
        }
    }

    private MemoryPartition? Partition(string partition)
    {
        if (!_isCreated)
            throw new StorageFailureException(StorageFailureKind.NotCreated, 404, $"The table '{name}' does not exist.", null);
        return _partitions.TryGetValue(partition, out var rows) ? rows : null;
    }

    private static bool IsMet(TableTransactionAction action, TableEntity? stored) => action.ActionType switch
    {
        TableTransactionActionType.Add => stored is null,
        TableTransactionActionType.UpsertMerge or TableTransactionActionType.UpsertReplace => true,
        _ => stored is not null && (action.ETag == ETag.All || action.ETag == stored.ETag),
    };

    private ETag Apply(TableTransactionAction action, MemoryPartition rows)
    {
        var row = (TableEntity)action.Entity;
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            rows.Remove(row.RowKey);
            return default;
        }

        var stored = new TableEntity(row.PartitionKey, row.RowKey);
        if (action.ActionType is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge
            && rows.Find(row.RowKey) is { } before)
            CopyColumns(before, stored);
        CopyColumns(row, stored);
        stored.ETag = new ETag(string.Create(CultureInfo.InvariantCulture, $"W/\"{++_version}\""));
        stored.Timestamp = NextTime();
        rows.Put(stored);
        return stored.ETag;
    }

    // Two versions of a row never have one time: the service makes their ETags of it.
    private DateTimeOffset NextTime()
    {
        var now = time.GetUtcNow();
        _writtenAt = now > _writtenAt ? now : _writtenAt.AddTicks(1);
        return _writtenAt;
    }

    // The service leaves rows out whose column is not there.
    private static bool Holds(ColumnCondition condition, TableEntity row) => condition.After is { } after
        ? row[condition.Column] is DateTimeOffset at && at > after
        : row.TryGetValue(condition.Column, out var value) && value is string text
            && (condition.Value is null ? text.Length > 0 : text == condition.Value);

    private static TableEntity Copy(TableEntity row) => Copy(row, null);

    private static TableEntity Copy(TableEntity row, IReadOnlyList<string>? columns)
    {
        var copy = new TableEntity(row.PartitionKey, row.RowKey) { ETag = row.ETag, Timestamp = row.Timestamp };
        CopyColumns(row, copy);
        if (columns is null)
            return copy;
        foreach (var column in copy.Keys.Except(SystemColumns).Except(columns).ToList())
            copy.Remove(column);
        return copy;
    }

    private static void CopyColumns(TableEntity from, TableEntity to)
    {
        foreach (var (column, value) in from)
            if (value is not null && !SystemColumns.Contains(column, StringComparer.Ordinal))
                to[column] = value switch
                {
                    DateTimeOffset moment => moment.ToUniversalTime(),
                    byte[] bytes => bytes.ToArray(),
                    _ => value,
                };
    }
}
