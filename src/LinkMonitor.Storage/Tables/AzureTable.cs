using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using LinkMonitor.Storage.Border;

namespace LinkMonitor.Storage.Tables;

/// <inheritdoc cref="ITable"/>
/// <param name="name">One of <see cref="TableNames"/>; its requests are counted under it.</param>
internal sealed class AzureTable(TableClient client, string name) : ITable
{
    private static readonly string[] Keys = [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)];

    // A transaction's address names no table.
    private readonly Dictionary<string, object?> _said = new() { [CountedRequests.TableName] = name };

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var said = Say();
        await StorageBorder.CrossAsync(client.CreateIfNotExistsAsync(cancellationToken), cancellationToken);
    }

    public async Task<TableEntity?> GetAsync(string partition, string rowKey, CancellationToken cancellationToken)
    {
        RowLimits.CheckKey(partition, nameof(partition));
        RowLimits.CheckKey(rowKey, nameof(rowKey));
        using var said = Say();
        var answer = await StorageBorder.CrossAsync(
            client.GetEntityIfExistsAsync<TableEntity>(partition, rowKey, null, cancellationToken), cancellationToken);
        if (answer.HasValue)
            return answer.Value;

        MissingTable.ThrowIfSaidBy(answer.GetRawResponse(), client.Name);
        return null;
    }

    public async IAsyncEnumerable<TableEntity> QueryAsync(RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = client.QueryAsync<TableEntity>(ODataFilter.Of(query), query.PerPage, ColumnsOf(query), cancellationToken);
        await using var pages = rows.AsPages().GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pages, cancellationToken))
            foreach (var row in pages.Current.Values)
                yield return row;
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<Page<TableEntity>> pages, CancellationToken cancellationToken)
    {
        using var said = Say();
        return await StorageBorder.CrossAsync(pages.MoveNextAsync().AsTask(), cancellationToken);
    }

    private IDisposable Say() => HttpPipeline.CreateHttpMessagePropertiesScope(_said);

    public async Task<ETag?> AddAsync(TableEntity row, CancellationToken cancellationToken)
    {
        RowLimits.Check(row);
        using var said = Say();
        var answer = await WriteAsync(client.AddEntityAsync(row, cancellationToken), cancellationToken);
        return answer is null ? await OwnVersionAsync(row, cancellationToken) : answer.Headers.ETag;
    }

    public async Task<ETag?> ReplaceAsync(TableEntity row, ETag version, CancellationToken cancellationToken)
    {
        RowLimits.Check(row);
        if (version == default)
            throw new ArgumentException("A row is written over in the version that was read.", nameof(version));
        using var said = Say();
        var update = client.UpdateEntityAsync(row, version, TableUpdateMode.Replace, cancellationToken);
        var answer = await WriteAsync(update, cancellationToken);
        return answer is null ? await OwnVersionAsync(row, cancellationToken) : answer.Headers.ETag;
    }

    public Task PutAsync(TableEntity row, CancellationToken cancellationToken) =>
        UpsertAsync(row, TableUpdateMode.Replace, cancellationToken);

    public Task MergeAsync(TableEntity row, CancellationToken cancellationToken) =>
        UpsertAsync(row, TableUpdateMode.Merge, cancellationToken);

    public async Task<bool> DeleteAsync(string partition, string rowKey, ETag version, CancellationToken cancellationToken)
    {
        RowLimits.CheckKey(partition, nameof(partition));
        RowLimits.CheckKey(rowKey, nameof(rowKey));
        using var said = Say();
        var answer = await WriteAsync(client.DeleteEntityAsync(partition, rowKey, version, cancellationToken), cancellationToken);
        if (answer is not { Status: 404 })
            return answer is not null;

        MissingTable.ThrowIfSaidBy(answer, client.Name);
        return false;
    }

    public async Task<IReadOnlyList<ETag?>?> SubmitForVersionsAsync(
        IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        TransactionLimits.Check(actions);
        using var said = Say();
        if (await WriteAsync(client.SubmitTransactionAsync(actions, cancellationToken), cancellationToken) is { } answer)
            return [.. answer.Value.Select(row => row.Headers.ETag)];

        foreach (var row in OwnWrite.Witnesses(actions))
            if (await OwnVersionAsync(row, cancellationToken) is not null)
                return [];
        return null;
    }

    private static string[]? ColumnsOf(RowQuery query) =>
        query.KeysOnly ? Keys : query.Columns is { } columns ? [.. Keys, nameof(TableEntity.Timestamp), .. columns] : null;

    private async Task UpsertAsync(TableEntity row, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        RowLimits.Check(row);
        using var said = Say();
        await StorageBorder.CrossAsync(client.UpsertEntityAsync(row, mode, cancellationToken), cancellationToken);
    }

    /// <summary>The version that is stored when it is our own write that is in its own way; null when it is another's.</summary>
    private async Task<ETag?> OwnVersionAsync(TableEntity row, CancellationToken cancellationToken)
    {
        if (row.GetString(OwnWrite.Marker) is null)
            return null;
        var stored = await GetAsync(row.PartitionKey, row.RowKey, cancellationToken);
        return OwnWrite.Is(stored, row) ? stored!.ETag : null;
    }

    /// <summary>Null when a condition did not hold.</summary>
    private static async Task<T?> WriteAsync<T>(Task<T> write, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await write;
        }
        catch (RequestFailedException refused) when (IsUnmetCondition(refused))
        {
            return null;
        }
        catch (Exception exception) when (StorageBorder.Translate(exception, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    // A table that is missing or going answers 404 and 409 as well, and is no missing row: it must be seen.
    private static bool IsUnmetCondition(RequestFailedException refused) =>
        refused.Status is 404 or 409 or 412
        && refused.ErrorCode != TableErrorCode.TableNotFound && refused.ErrorCode != TableErrorCode.TableBeingDeleted;
}

/// <inheritdoc cref="ITableService"/>
/// <param name="prefix">Stands before every name.</param>
internal sealed class AzureTableService(TableServiceClient service, string prefix) : ITableService
{
    public ITable Open(string name) => new AzureTable(service.GetTableClient(prefix + name), name);
}

/// <summary>A query as the service writes it.</summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities#constructing-filter-
/// strings.</remarks>
internal static class ODataFilter
{
    public static string Of(RowQuery query)
    {
        var range = query.Range;
        var lower = query.After is { } after ? $"RowKey gt {Quote(after)}" : $"RowKey ge {Quote(range.From)}";
        string[] upper = range.Below is { } below ? [$"RowKey lt {Quote(below)}"] : [];
        return string.Join(
            " and ", [$"PartitionKey eq {Quote(range.Partition)}", lower, .. upper, .. query.Conditions.Select(Of)]);
    }

    private static string Of(ColumnCondition condition) => condition switch
    {
        { After: { } after } => $"{condition.Column} gt datetime'{after.UtcDateTime:O}'",
        { Value: { } value } => $"{condition.Column} eq {Quote(value)}",
        _ => $"{condition.Column} gt ''",
    };

    /// <summary>A text as a literal.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>Tells a missing table from a missing row: the client answers both with the same "not there".</summary>
internal static class MissingTable
{
    /// <exception cref="StorageFailureException">The 404 is for the table.</exception>
    public static void ThrowIfSaidBy(Response notFound, string table)
    {
        if (ErrorCode(notFound) == TableErrorCode.TableNotFound)
            throw new StorageFailureException(StorageFailureKind.NotCreated, notFound.Status, $"The table '{table}' does not exist.", null);
    }

    private static string? ErrorCode(Response response)
    {
        try
        {
            using var body = JsonDocument.Parse(response.Content.ToMemory());
            return body.RootElement.TryGetProperty("odata.error", out var error) && error.TryGetProperty("code", out var code)
                ? code.GetString()
                : null;
        }
        catch (JsonException)
        {
            // A gateway's page in place of the service's answer: no more than a 404.
            return null;
        }
    }
}

/// <summary>
/// A transaction is answered 202 whatever happened in it, so a busy service shows only inside. Turned into an exception here, between the
/// retries
/// and the buffered answer, it is tried again like any other 503. Add it per retry.
/// </summary>
internal sealed class BusyTransactionPolicy : HttpPipelineSynchronousPolicy
{
    private const int Accepted = 202;

    public override void OnReceivedResponse(HttpMessage message)
    {
        var response = message.Response;
        if (response.Status == Accepted
            && response.ContentStream is not null
            && StatusOfFirstPart(response.Content.ToMemory().Span) is { } status
            && RetryRules.IsPassing(status))
            throw new RequestFailedException(status, "The storage was too busy for a transaction, and nothing of it was written.");
    }

    // A transaction that failed has one part only, so the first tells.
    private static int? StatusOfFirstPart(ReadOnlySpan<byte> body)
    {
        var line = body.IndexOf("\nHTTP/1."u8);
        return line >= 0 && line + 13 <= body.Length
            && int.TryParse(body.Slice(line + 10, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;
    }
}
