using System.Security.Cryptography;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Keys;

/// <inheritdoc cref="ISigningKeyStore"/>
internal sealed class TableSigningKeyStore(RowTables tables) : ISigningKeyStore
{
    private const string Version = "version";
    private const string Secret = "secret";
    private const int Bytes = 32;

    private readonly RowTable _table = tables.Open(TableNames.Keys);

    public async Task<SigningKey> GetAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } stored)
            return stored;

        // Only the first insert counts; whoever comes second, or whose answer was lost, reads what is there.
        var row = RowSchema.New(SigningKeyKeys.Partition, SigningKeyKeys.PublicAddresses);
        row[Version] = 1;
        row[Secret] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        await _table.AddAsync(row, cancellationToken);
        return await FindAsync(cancellationToken)
            ?? throw new ContentionException("The signing key was removed while it was made.");
    }

    private Task<SigningKey?> FindAsync(CancellationToken cancellationToken) =>
        _table.FindAsync(SigningKeyKeys.Partition, SigningKeyKeys.PublicAddresses, Read, cancellationToken);

    private static SigningKey Read(TableEntity row) =>
        new(row.GetInt32(Version) ?? throw new FormatException("The signing key has no version."), Convert.FromBase64String(row.Text(Secret)));
}
