using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>Queries of one account, page by page.</summary>
internal sealed class TableQueries(TableConnection connection)
{
    private const string PartitionHeader = "x-ms-continuation-NextPartitionKey";
    private const string RowHeader = "x-ms-continuation-NextRowKey";
    private const string TableHeader = "x-ms-continuation-NextTableName";

    public AsyncPageable<TableEntity> Entities(
        string table, string? filter, int? maxPerPage, string? select, CancellationToken cancellationToken)
    {
        var size = PagedQuery<TableEntity>.Checked(maxPerPage);
        return new PagedQuery<TableEntity>(FetchAsync, size, cancellationToken);

        async Task<Page<TableEntity>> FetchAsync(ContinuationToken? token, int? top, CancellationToken stop)
        {
            var query = Query(filter, top, select);
            Append(query, "NextPartitionKey", token?.First);
            Append(query, "NextRowKey", token?.Second);
            using var message = connection.CreateMessage(RequestMethod.Get, $"{table}(){query}");
            var response = await GetAsync(message, stop);
            return Page<TableEntity>.FromValues(
                EntityJson.Entities(response), ContinuationToken.From(response, PartitionHeader, RowHeader), response);
        }
    }

    public AsyncPageable<TableItem> Tables(string? filter, int? maxPerPage, CancellationToken cancellationToken)
    {
        var size = PagedQuery<TableItem>.Checked(maxPerPage);
        return new PagedQuery<TableItem>(FetchAsync, size, cancellationToken);

        async Task<Page<TableItem>> FetchAsync(ContinuationToken? token, int? top, CancellationToken stop)
        {
            var query = Query(filter, top, select: null);
            Append(query, "NextTableName", token?.First);
            using var message = connection.CreateMessage(RequestMethod.Get, $"Tables{query}");
            var response = await GetAsync(message, stop);
            return Page<TableItem>.FromValues(EntityJson.Tables(response), ContinuationToken.From(response, TableHeader, null), response);
        }
    }

    /// <summary><c>$select</c> with the keys always in it, so that no entity comes back without them; null for all properties.</summary>
    public static string? Select(IEnumerable<string>? select)
    {
        var names = select?.ToList();
        return names is null or []
            ? null
            : string.Join(',', new[] { nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey) }.Union(names, StringComparer.Ordinal));
    }

    public static void Append(StringBuilder query, string name, string? value)
    {
        if (value is null)
            return;
        query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static StringBuilder Query(string? filter, int? top, string? select)
    {
        var query = new StringBuilder();
        Append(query, "$filter", string.IsNullOrWhiteSpace(filter) ? null : filter);
        Append(query, "$top", top?.ToString(CultureInfo.InvariantCulture));
        Append(query, "$select", select);
        return query;
    }

    private async Task<Response> GetAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(message, cancellationToken);
        return response.IsError ? throw TableConnection.Failed(response) : response;
    }
}
