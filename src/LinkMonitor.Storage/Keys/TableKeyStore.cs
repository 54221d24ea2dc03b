using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Keys;

/// <summary>The keys of the <c>Keys</c> table; see docs/tables/keys.md.</summary>
internal static class ApiKeyKeys
{
    public const string Partition = "keys";

    /// <summary>What is kept of sessions.</summary>
    public const string Sessions = "sessions";

    /// <summary>The sessions of the configured key.</summary>
    public const string Configured = "configured";

    public static string Key(string id) => id;

    public static KeyRange All => KeyRange.Whole(Partition);
}

/// <summary>An API key as a row.</summary>
internal static class ApiKeyRow
{
    public const string LastUsedAt = "lastUsedAt";
    private const string Name = "name";
    private const string Scope = "scope";
    private const string FirstProject = "projectId";
    private const string Projects = "projectIds";
    private const string Hash = "hash";
    private const string CreatedAt = "createdAt";
    private const string CreatedById = "createdById";
    private const string CreatedByName = "createdByName";
    private const string SignedOut = "signedOut";

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(ApiKey key)
    {
        var row = RowSchema.NewMarked(ApiKeyKeys.Partition, ApiKeyKeys.Key(key.Id));
        row[Name] = key.Name;
        row[Scope] = WireName.Of(key.Scope);
        if (key.Projects.Ids is { } ids)
        {
            // A version before lists reads the first alone: too little then, and never all.
            row[FirstProject] = ids[0].Value;
            row[Projects] = JsonSerializer.Serialize(
                [.. ids.Select(id => id.Value)], StorageJsonContext.Stored.IReadOnlyListString);
        }

        row[Hash] = key.Hash;
        row[CreatedAt] = key.CreatedAt;
        row[CreatedById] = key.CreatedBy?.Id;
        row[CreatedByName] = key.CreatedBy?.Name;
        row[LastUsedAt] = key.LastUsedAt;
        row[SignedOut] = key.SignedOut;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static ApiKey Read(TableEntity row) => new()
    {
        Id = row.RowKey,
        Name = row.Text(Name),
        Scope = WireName.Parse<ApiKeyScope>(row.Text(Scope)),
        Projects = ReadProjects(row),
        Hash = row.Text(Hash),
        CreatedAt = row.Time(CreatedAt),
        CreatedBy = row.GetString(CreatedById) is { } by ? new Author(by, row.GetString(CreatedByName) ?? string.Empty) : null,
        LastUsedAt = row.GetDateTimeOffset(LastUsedAt),
        SignedOut = row.GetString(SignedOut),
        Version = row.GetString(RowSchema.Write),
        ETag = row.Version(),
    };

    private static ProjectSet ReadProjects(TableEntity row)
    {
        if (row.JsonOrNull(Projects, StorageJsonContext.Stored.IReadOnlyListString) is { } ids)
            return ProjectSet.Of(ids.Select(id => new ProjectId(id)));
        return row.GetString(FirstProject) is { } only ? ProjectSet.Of([new ProjectId(only)]) : ProjectSet.All;
    }
}

/// <inheritdoc cref="IKeyStore"/>
internal sealed class TableKeyStore(StoreTables tables) : IKeyStore
{
    private const string SignedOut = "signedOut";
    private const string ChangedAt = "changedAt";

    private readonly RowTable _table = tables.Open(TableNames.Keys);

    public async Task<ApiKey?> AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var row = ApiKeyRow.Write(key);
        return await _table.AddAsync(row, cancellationToken) is { } version ? Stored(row, version) : null;
    }

    public async Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(ApiKeyKeys.Partition, ApiKeyKeys.Key(id), ApiKeyRow.Read, cancellationToken);

    public Task<RowsRead<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        _table.ReadAllAsync(ApiKeyKeys.All, ApiKeyRow.Read, cancellationToken);

    public async Task<ApiKey?> SaveAsync(ApiKey key, ApiKey? standing, CancellationToken cancellationToken)
    {
        var row = ApiKeyRow.Write(key);
        var version = RowColumns.ToETag(key.ETag);
        if (standing is null)
            return await _table.ReplaceAsync(row, version, cancellationToken) is { } written ? Stored(row, written) : null;
        return await _table.SubmitAsync([Transactions.Replace(row, version), Untouched(standing)], cancellationToken)
            ? await FindAsync(key.Id, cancellationToken)
            : null;
    }

    public Task<bool> RevokeAsync(ApiKey key, ApiKey? standing, CancellationToken cancellationToken)
    {
        var version = RowColumns.ToETag(key.ETag);
        return standing is null
            ? _table.DeleteAsync(ApiKeyKeys.Partition, ApiKeyKeys.Key(key.Id), version, cancellationToken)
            : _table.SubmitAsync(
                [Transactions.Delete(ApiKeyKeys.Partition, ApiKeyKeys.Key(key.Id), version), Untouched(standing)], cancellationToken);
    }

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(ApiKeyKeys.Partition, ApiKeyKeys.Key(id), ETag.All, cancellationToken);

    public Task NoteUseAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // In a transaction, which is refused when the row is gone: a plain merge would bring it back.
        var row = RowSchema.New(ApiKeyKeys.Partition, ApiKeyKeys.Key(id));
        row[ApiKeyRow.LastUsedAt] = at;
        return _table.SubmitAsync(
            [new TableTransactionAction(TableTransactionActionType.UpdateMerge, row, ETag.All)], cancellationToken);
    }

    public async Task<string?> FindConfiguredSignOutAsync(CancellationToken cancellationToken) =>
        await _table.FindAsync(ApiKeyKeys.Sessions, ApiKeyKeys.Configured, row => row.Text(SignedOut), cancellationToken);

    public Task SignConfiguredOutAsync(string signedOut, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(ApiKeyKeys.Sessions, ApiKeyKeys.Configured);
        row[SignedOut] = signedOut;
        row[ChangedAt] = at;
        return _table.PutAsync(row, cancellationToken);
    }

    // Changes nothing, and holds only when nobody wrote it.
    private static TableTransactionAction Untouched(ApiKey key) => new(
        TableTransactionActionType.UpdateMerge,
        RowSchema.New(ApiKeyKeys.Partition, ApiKeyKeys.Key(key.Id)),
        RowColumns.ToETag(key.ETag));

    private static ApiKey Stored(TableEntity row, ETag version) => ApiKeyRow.Read(row) with { ETag = version.ToString() };
}
