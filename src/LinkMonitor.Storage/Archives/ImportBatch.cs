using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Archives;

/// <summary>Rows that wait to be written in one transaction: of one partition, as many as it takes.</summary>
internal sealed class ImportBatch(ITableService tables)
{
    private readonly List<TableTransactionAction> _actions = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private string _table = string.Empty;
    private string _partition = string.Empty;
    private long _bytes;

    public async Task AddAsync(string table, TableEntity row, CancellationToken cancellationToken)
    {
        var bytes = RowSize.AtMost(row);
        if (table != _table || row.PartitionKey != _partition || _actions.Count == TransactionLimits.MaxActions
            || _bytes + bytes > TransactionLimits.MaxBytes || _keys.Contains(row.RowKey))
            await WriteAsync(cancellationToken);
        (_table, _partition) = (table, row.PartitionKey);
        _actions.Add(Transactions.Put(row));
        _keys.Add(row.RowKey);
        _bytes += bytes;
    }

    /// <summary>Writes what waits. Writing it again changes nothing.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_actions.Count == 1)
            await tables.Open(_table).PutAsync((TableEntity)_actions[0].Entity, cancellationToken);
        else if (_actions.Count > 1 && !await tables.Open(_table).SubmitAsync(_actions, cancellationToken))
            throw new InvalidOperationException("A transaction without conditions was refused.");
        _actions.Clear();
        _keys.Clear();
        _bytes = 0;
    }
}
