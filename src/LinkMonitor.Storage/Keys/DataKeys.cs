using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Keys;

/// <summary>
/// The keys that protect sessions and forms, in the <c>Keys</c> table: all instances of an installation share them, so that a session that
/// one began is known to the others.
/// </summary>
public interface IDataKeyStore
{
    /// <summary>Every key, as ASP.NET Core's data protection wrote it.</summary>
    Task<RowsRead<DataKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Stores a key; writing one again replaces it.</summary>
    Task PutAsync(DataKey key, CancellationToken cancellationToken);
}

/// <summary>A key of data protection.</summary>
/// <param name="Name">1 to 100 letters, digits and hyphens; unique.</param>
/// <param name="Xml">An element of XML of at most 30,000 characters.</param>
public sealed record DataKey(string Name, string Xml);

/// <inheritdoc cref="IDataKeyStore"/>
internal sealed class TableDataKeyStore(StoreTables tables) : IDataKeyStore
{
    private const string Partition = "data";
    private const string Xml = "xml";

    private readonly RowTable _table = tables.Open(TableNames.Keys);

    public Task<RowsRead<DataKey>> ListAsync(CancellationToken cancellationToken) =>
        _table.ReadAllAsync(KeyRange.Whole(Partition), row => new DataKey(row.RowKey, row.Text(Xml)), cancellationToken);

    public Task PutAsync(DataKey key, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(Partition, key.Name);
        row[Xml] = key.Xml;
        return _table.PutAsync(row, cancellationToken);
    }
}
