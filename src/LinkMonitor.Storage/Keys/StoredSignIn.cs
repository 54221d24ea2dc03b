using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Keys;

/// <summary>What is kept of a one-time sign-in link: enough to recognise it, not enough to use it.</summary>
public sealed record StoredSignIn
{
    /// <summary>The SHA-256 of the token, in hex.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The key whose holder it signs in.</summary>
    public required string KeyId { get; init; }

    /// <summary>The stamp of the key's sessions when it was made: signing out everywhere ends links, too.</summary>
    public required string Stamp { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The version of the row that was read; null for one that is not stored yet.</summary>
    internal string? ETag { get; init; }
}

/// <summary>One-time sign-in links, in the <c>Keys</c> table.</summary>
public interface ISignInStore
{
    /// <exception cref="InvalidOperationException">There is one with this hash; tokens are drawn, so this is a bug.</exception>
    Task AddAsync(StoredSignIn signIn, CancellationToken cancellationToken);

    Task<StoredSignIn?> FindAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>Uses a link up. Of several callers at once one gets true.</summary>
    Task<bool> UseUpAsync(StoredSignIn signIn, CancellationToken cancellationToken);

    /// <summary>Removes links that have ended, and those that cannot be read.</summary>
    Task PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <inheritdoc cref="ISignInStore"/>
internal sealed class TableSignInStore(StoreTables tables) : ISignInStore
{
    private const string Partition = "sign-in";
    private const string KeyId = "keyId";
    private const string Stamp = "stamp";
    private const string ExpiresAt = "expiresAt";

    private readonly RowTable _table = tables.Open(TableNames.Keys);

    public async Task AddAsync(StoredSignIn signIn, CancellationToken cancellationToken)
    {
        var row = RowSchema.NewMarked(Partition, signIn.TokenHash);
        row[KeyId] = signIn.KeyId;
        row[Stamp] = signIn.Stamp;
        row[ExpiresAt] = signIn.ExpiresAt;
        if (await _table.AddAsync(row, cancellationToken) is null)
            throw new InvalidOperationException("A sign-in token was drawn twice.");
    }

    public Task<StoredSignIn?> FindAsync(string tokenHash, CancellationToken cancellationToken) =>
        _table.FindAsync(Partition, tokenHash, Read, cancellationToken);

    // By its version, as a row that is gone and one that was never there are refused alike.
    public Task<bool> UseUpAsync(StoredSignIn signIn, CancellationToken cancellationToken) =>
        _table.DeleteAsync(Partition, signIn.TokenHash, RowColumns.ToETag(signIn.ETag), cancellationToken);

    public async Task PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(new RowQuery(KeyRange.Whole(Partition)), Read, cancellationToken))
            if (!row.IsRead || row.Item!.ExpiresAt <= now)
                await _table.DeleteAsync(Partition, row.Key, Azure.ETag.All, cancellationToken);
    }

    private static StoredSignIn Read(TableEntity row) => new()
    {
        TokenHash = row.RowKey,
        KeyId = row.Text(KeyId),
        Stamp = row.Text(Stamp),
        ExpiresAt = row.Time(ExpiresAt),
        ETag = row.Version(),
    };
}
