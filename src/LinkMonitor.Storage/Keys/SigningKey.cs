using System.Security.Cryptography;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Keys;

/// <summary>What public addresses are signed with.</summary>
/// <param name="Version">1 at first; tokens of another version are worth nothing, so raising it revokes them all.</param>
/// <param name="Secret">32 random bytes.</param>
/// <param name="DatedSince">Since when tokens say when they end: those that do not are older. Null when none of those counts.</param>
public sealed record SigningKey(int Version, ReadOnlyMemory<byte> Secret, DateTimeOffset? DatedSince = null);

/// <summary>The signing key in the <c>Keys</c> table.</summary>
public interface ISigningKeyStore
{
    /// <summary>The installation's key; made at the first call. Whoever calls at the same time gets the same.</summary>
    Task<SigningKey> GetAsync(CancellationToken cancellationToken);
}

/// <summary>The key of the signing key's row in the <c>Keys</c> table; see docs/tables/keys.md.</summary>
internal static class SigningKeyKeys
{
    public const string Partition = "signing";
    public const string PublicAddresses = "public-addresses";
}

/// <inheritdoc cref="ISigningKeyStore"/>
internal sealed class TableSigningKeyStore(StoreTables tables, TimeProvider time) : ISigningKeyStore
{
    private const string Version = "version";
    private const string Secret = "secret";
    private const string DatedSince = "datedSince";
    private const int Bytes = 32;

    private readonly RowTable _table = tables.Open(TableNames.Keys);

    public async Task<SigningKey> GetAsync(CancellationToken cancellationToken)
    {
        // Only the first write counts; whoever comes second, or whose answer was lost, reads what is there.
        if (await FindAsync(cancellationToken) is not { } stored)
        {
            var row = RowSchema.New(SigningKeyKeys.Partition, SigningKeyKeys.PublicAddresses);
            row[Version] = 1;
            row[Secret] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
            row[DatedSince] = time.GetUtcNow();
            await _table.AddAsync(row, cancellationToken);
        }
        else if (!stored.ContainsKey(DatedSince))
        {
            // Written by a version whose tokens have no end: from now on they have.
            stored[DatedSince] = time.GetUtcNow();
            await _table.ReplaceAsync(stored, stored.ETag, cancellationToken);
        }
        else
        {
            return Read(stored);
        }

        return await FindAsync(cancellationToken) is { } written
            ? Read(written)
            : throw new ContentionException("The signing key was removed while it was made.");
    }

    // As it is stored, so that a column is added and the rest stays.
    private Task<TableEntity?> FindAsync(CancellationToken cancellationToken) =>
        _table.FindAsync(SigningKeyKeys.Partition, SigningKeyKeys.PublicAddresses, Checked, cancellationToken);

    private static TableEntity Checked(TableEntity row)
    {
        Read(row);
        return row;
    }

    private static SigningKey Read(TableEntity row) => new(
        row.GetInt32(Version) ?? throw new FormatException("The signing key has no version."),
        Convert.FromBase64String(row.Text(Secret)),
        row.GetDateTimeOffset(DatedSince));
}

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
