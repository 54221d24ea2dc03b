using Azure.Data.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>The rows of one partition by their key. A tree: a list would move half of its rows with every new one.</summary>
internal sealed class MemoryPartition
{
    // No key of the service holds it, and it sorts after all that do.
    private const string Last = "\uFFFF";

    private readonly SortedSet<Entry> _rows = new(Comparer<Entry>.Create((one, other) => string.CompareOrdinal(one.Key, other.Key)));

    public TableEntity? Find(string rowKey) => _rows.TryGetValue(new Entry(rowKey, null), out var found) ? found.Row : null;

    /// <summary>The rows in the order of their keys, the first of which is not below <paramref name="rowKey"/>.</summary>
    public IEnumerable<TableEntity> From(string rowKey) => string.CompareOrdinal(rowKey, Last) > 0
        ? []
        : _rows.GetViewBetween(new Entry(rowKey, null), new Entry(Last, null)).Select(entry => entry.Row!);

    public void Put(TableEntity row)
    {
        Remove(row.RowKey);
        _rows.Add(new Entry(row.RowKey, row));
    }

    public void Remove(string rowKey) => _rows.Remove(new Entry(rowKey, null));

    private readonly record struct Entry(string Key, TableEntity? Row);
}
