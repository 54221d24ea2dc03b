using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>
/// One table as stores use it. A row never leaves it unread: who asks for a range gets what can be read, and the rest is noted and stays
/// where it is; who asks for one row that cannot be read gets <see cref="UnreadableRowException"/>, never "not there".
/// </summary>
internal sealed class RowTable(string name, ITable table, ISetAside aside) : ITableWriter
{
    private static readonly FrozenSet<string> Keys =
        FrozenSet.Create(
            nameof(TableEntity.PartitionKey),
            nameof(TableEntity.RowKey),
            nameof(TableEntity.Timestamp),
            "odata.etag",
            "odata.metadata",
            "odata.type");

    /// <summary>The row; null when it is not there, or when no row can have such a key.</summary>
    /// <param name="read">A pure function of the row.</param>
    /// <exception cref="UnreadableRowException">It is there, and cannot be read.</exception>
    public async Task<T?> FindAsync<T>(string partition, string rowKey, Func<TableEntity, T> read, CancellationToken cancellationToken)
        where T : class
    {
        if (await GetAsync(partition, rowKey, cancellationToken) is not { } row)
            return null;
        var item = RowMapping.Try(name, row, read, out var problem);
        await SayAsync(row, problem, cancellationToken);
        return problem is null ? item : throw problem;
    }

    /// <summary>One row of many that somebody reads: read, or set aside; null when it is not there.</summary>
    public async Task<ReadRow<T>?> TryFindAsync<T>(
        string partition, string rowKey, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        if (await GetAsync(partition, rowKey, cancellationToken) is not { } row)
            return null;
        var item = RowMapping.Try(name, row, read, out var problem);
        await SayAsync(row, problem, cancellationToken);
        return new ReadRow<T>(item, rowKey, problem is null);
    }

    /// <summary>Whether there is such a row, readable or not.</summary>
    public async Task<bool> IsThereAsync(string partition, string rowKey, CancellationToken cancellationToken) =>
        await GetAsync(partition, rowKey, cancellationToken) is not null;

    /// <summary>
    /// What can be read of a range, in order. For who concludes nothing from a row that is missing; others use <see cref="ReadAllAsync"/>.
    /// </summary>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        KeyRange range, Func<TableEntity, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in ReadAsync(new RowQuery(range), read, cancellationToken))
            if (row.IsRead)
                yield return row.Item!;
    }

    /// <summary>All of a range, and which rows of it cannot be read.</summary>
    public async Task<RowsRead<T>> ReadAllAsync<T>(KeyRange range, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        List<T> items = [];
        List<string> setAside = [];
        await foreach (var row in ReadAsync(new RowQuery(range), read, cancellationToken))
        {
            if (row.IsRead)
                items.Add(row.Item!);
            else
                setAside.Add(row.Key);
        }

        return new RowsRead<T>(items, setAside);
    }

    /// <summary>Every row of a query with its key: read, or noted and set aside.</summary>
    public async IAsyncEnumerable<ReadRow<T>> ReadAsync<T>(
        RowQuery query, Func<TableEntity, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in table.QueryAsync(query, cancellationToken))
        {
            var item = RowMapping.Try(name, row, read, out var problem);
            await SayAsync(row, problem, cancellationToken);
            yield return new ReadRow<T>(item, row.RowKey, problem is null);
        }
    }

    /// <summary>
    /// The same for some columns of the rows. What is damaged is noted; but a row that could be read may be damaged in another column, so
    /// a note of it stays.
    /// </summary>
    public async IAsyncEnumerable<ReadRow<T>> ReadPartlyAsync<T>(
        RowQuery query, Func<TableEntity, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in table.QueryAsync(query, cancellationToken))
        {
            var item = RowMapping.Try(name, row, read, out var problem);
            if (problem?.Note is { } note)
                await aside.NoteAsync(note, cancellationToken);
            yield return new ReadRow<T>(item, row.RowKey, problem is null);
        }
    }

    /// <summary>
    /// The row for a reader that knows what a damaged row stands for, and takes rows of any version; null when it is not there.
    /// </summary>
    /// <param name="read">A pure function of the row that throws for no content.</param>
    public async Task<T?> FindAnyAsync<T>(string partition, string rowKey, Func<TableEntity, T?> read, CancellationToken cancellationToken)
        where T : class =>
        await GetAsync(partition, rowKey, cancellationToken) is { } row ? read(row) : null;

    /// <summary>
    /// The rows of a query for a reader that takes rows of any version: mostly those whose key says all. What it throws over is set aside.
    /// </summary>
    public async IAsyncEnumerable<T> ReadAnyAsync<T>(
        RowQuery query, Func<TableEntity, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in table.QueryAsync(query, cancellationToken))
        {
            var item = RowMapping.TryUnchecked(name, row, read, out var problem);
            await SayAsync(row, problem, cancellationToken);
            if (problem is null)
                yield return item!;
        }
    }

    /// <summary>The row keys of a range, in order, whatever the rows hold.</summary>
    /// <param name="perPage">How many are asked for at a time; null for as many as the service sends.</param>
    public async IAsyncEnumerable<string> ReadKeysAsync(
        KeyRange range, [EnumeratorCancellation] CancellationToken cancellationToken, int? perPage = null)
    {
        await foreach (var row in table.QueryAsync(new RowQuery(range) { KeysOnly = true, PerPage = perPage }, cancellationToken))
            yield return row.RowKey;
    }

    /// <summary>Whether a range holds any row, readable or not.</summary>
    public async Task<bool> AnyAsync(KeyRange range, CancellationToken cancellationToken) =>
        await FindFirstKeyAsync(range, cancellationToken) is not null;

    /// <summary>The first key of a range, readable or not; null when it holds none. Reads one row.</summary>
    public async Task<string?> FindFirstKeyAsync(KeyRange range, CancellationToken cancellationToken)
    {
        await foreach (var row in table.QueryAsync(new RowQuery(range) { KeysOnly = true, PerPage = 1 }, cancellationToken))
            return row.RowKey;
        return null;
    }

    /// <summary>Writes a row as it is under another key, whatever it holds. Does nothing when it is not there.</summary>
    public async Task CopyAsync(string partition, string from, string to, CancellationToken cancellationToken)
    {
        if (await GetAsync(partition, from, cancellationToken) is not { } row)
            return;
        var copy = new TableEntity(partition, to);
        foreach (var (column, value) in row)
            if (!Keys.Contains(column))
                copy[column] = value;
        await table.PutAsync(copy, cancellationToken);
    }

    /// <inheritdoc cref="ITableWriter.AddAsync"/>
    public Task<ETag?> AddAsync(TableEntity row, CancellationToken cancellationToken) => table.AddAsync(row, cancellationToken);

    /// <inheritdoc cref="ITableWriter.ReplaceAsync"/>
    public Task<ETag?> ReplaceAsync(TableEntity row, ETag version, CancellationToken cancellationToken) =>
        table.ReplaceAsync(row, version, cancellationToken);

    /// <inheritdoc cref="ITableWriter.PutAsync"/>
    public Task PutAsync(TableEntity row, CancellationToken cancellationToken) => table.PutAsync(row, cancellationToken);

    /// <inheritdoc cref="ITableWriter.MergeAsync"/>
    public Task MergeAsync(TableEntity row, CancellationToken cancellationToken) => table.MergeAsync(row, cancellationToken);

    /// <inheritdoc cref="ITableWriter.DeleteAsync"/>
    public Task<bool> DeleteAsync(string partition, string rowKey, ETag version, CancellationToken cancellationToken) =>
        table.DeleteAsync(partition, rowKey, version, cancellationToken);

    /// <inheritdoc cref="ITableWriter.SubmitAsync"/>
    public Task<bool> SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        table.SubmitAsync(actions, cancellationToken);

    /// <inheritdoc cref="ITableWriter.SubmitForVersionsAsync"/>
    public Task<IReadOnlyList<ETag?>?> SubmitForVersionsAsync(
        IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        table.SubmitForVersionsAsync(actions, cancellationToken);

    private Task<TableEntity?> GetAsync(string partition, string rowKey, CancellationToken cancellationToken) =>
        RowKeyText.IsPossible(partition) && RowKeyText.IsPossible(rowKey)
            ? table.GetAsync(partition, rowKey, cancellationToken)
            : Task.FromResult<TableEntity?>(null);

    private ValueTask SayAsync(TableEntity row, UnreadableRowException? problem, CancellationToken cancellationToken) =>
        problem?.Note is { } note
        ? aside.NoteAsync(note, cancellationToken)
        : aside.ClearAsync(new SetAsideName(name, row.PartitionKey, row.RowKey), cancellationToken);
}

/// <summary>One row of a range: read, or set aside.</summary>
/// <param name="Item">Default when it cannot be read.</param>
/// <param name="IsRead">False for a row that is there but damaged or newer; it is noted already.</param>
public readonly record struct ReadRow<T>(T? Item, string Key, bool IsRead);

/// <summary>A range of rows that was read, and what of it could not be.</summary>
/// <param name="Items">What could be read, in order.</param>
/// <param name="SetAside">
/// The keys of rows that are there but cannot be read. They are noted already; who concludes something from a row that is missing must look
/// here.
/// </param>
public sealed record RowsRead<T>(IReadOnlyList<T> Items, IReadOnlyList<string> SetAside)
{
    /// <summary>How many are there, readable or not.</summary>
    public int Count => Items.Count + SetAside.Count;

    /// <summary>Whether nothing is there at all, readable or not.</summary>
    public bool IsEmpty => Count == 0;
}

/// <summary>What a partition or row key may hold.</summary>
/// <remarks>
/// Source:
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#characters-disallowed-in-key-fields
/// </remarks>
internal static class RowKeyText
{
    // Azure takes 1,024 characters, Azurite 512.
    private const int MaxLength = 512;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.");

    /// <summary>
    /// Whether some row could have this key: identities come in from URLs, and one that cannot be a key is simply not there. Narrower than
    /// the service's rule; wide enough for every key that we build.
    /// </summary>
    public static bool IsPossible(string key) => key.Length is > 0 and <= MaxLength && !key.AsSpan().ContainsAnyExcept(Plain);
}
