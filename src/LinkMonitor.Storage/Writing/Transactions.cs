using Azure;
using Azure.Data.Tables;

namespace LinkMonitor.Storage.Writing;

/// <summary>Short names for the actions of a transaction.</summary>
internal static class Transactions
{
    public static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    /// <summary>Writes the row whether or not it is there.</summary>
    public static TableTransactionAction Put(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    public static TableTransactionAction Replace(TableEntity row, ETag version) =>
        new(TableTransactionActionType.UpdateReplace, row, version);

    public static TableTransactionAction Delete(string partition, string rowKey, ETag version) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, rowKey), version);
}
