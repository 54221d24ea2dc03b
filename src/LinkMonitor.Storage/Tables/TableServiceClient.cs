using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// The tables of one account. Names and meanings are those of Azure.Data.Tables 12. Safe for use by several threads; keep one.
/// </summary>
public sealed partial class TableServiceClient
{
    private const string Scope = "https://storage.azure.com/.default";

    private readonly TableConnection _connection;

    /// <param name="connectionString">
    /// <c>AccountName</c>, <c>AccountKey</c> and, where the endpoint does not follow from the account, <c>TableEndpoint</c> or
    /// <c>EndpointSuffix</c>; or <c>UseDevelopmentStorage=true</c> for Azurite on its usual ports.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">A part is missing or malformed; the message names it and holds no secret.</exception>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(Tables.ConnectionString.Parse(connectionString), options)
    {
    }

    /// <param name="endpoint"><c>https://ACCOUNT.table.core.windows.net</c>, or an emulator's with the account as its path.</param>
    /// <param name="credential">The account and its key.</param>
    /// <param name="options">Null for the defaults.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        options ??= new TableClientOptions();
        _connection = new TableConnection(endpoint, new SharedKeyLitePolicy(credential, options.Clock), options);
    }

    /// <param name="endpoint">Must be https, because the token is worth as much as the key.</param>
    /// <param name="tokenCredential">For example a managed identity with the role "Storage Table Data Contributor".</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The endpoint is not https.</exception>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(tokenCredential);
        if (endpoint.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"A token is only sent over https, and {endpoint} is not.", nameof(endpoint));
        _connection = new TableConnection(
            endpoint, new BearerTokenAuthenticationPolicy(tokenCredential, Scope), options ?? new TableClientOptions());
    }

    private TableServiceClient(ConnectionString parts, TableClientOptions? options)
        : this(parts.TableEndpoint, parts.Credential, options)
    {
    }

    /// <summary>The endpoint, with a slash at its end.</summary>
    public Uri Uri => _connection.Endpoint;

    /// <param name="tableName">3 to 63 ASCII letters and digits, a letter first. The table need not exist.</param>
    /// <exception cref="ArgumentException">The name breaks that rule.</exception>
    public TableClient GetTableClient(string tableName)
    {
        ArgumentNullException.ThrowIfNull(tableName);
        return TableName().IsMatch(tableName) && !tableName.Equals("tables", StringComparison.OrdinalIgnoreCase)
            ? new TableClient(this, _connection, tableName)
            : throw new ArgumentException(
                $"'{tableName}' is no table name: 3 to 63 letters and digits, a letter first, and not 'tables'.", nameof(tableName));
    }

    /// <summary>Succeeds when the table exists already.</summary>
    public async Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken)
    {
        var table = GetTableClient(tableName);
        var response = await SendCreateAsync(table.Name, cancellationToken);
        return response.IsError && TableConnection.ErrorCode(response) != TableErrorCode.TableAlreadyExists
            ? throw TableConnection.Failed(response)
            : Response.FromValue(new TableItem(table.Name), response);
    }

    /// <summary>The answer has status 404 when there was no such table.</summary>
    public async Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken)
    {
        var table = GetTableClient(tableName);
        using var message = _connection.CreateMessage(RequestMethod.Delete, $"Tables('{table.Name}')");
        var response = await _connection.SendAsync(message, cancellationToken);
        return response.IsError && response.Status != 404 ? throw TableConnection.Failed(response) : response;
    }

    /// <summary>Tables by name.</summary>
    /// <param name="filter">For example <c>TableName eq 'links'</c>; null for all.</param>
    /// <param name="maxPerPage">1 to 1,000; null for the service's choice.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public AsyncPageable<TableItem> QueryAsync(string? filter, int? maxPerPage, CancellationToken cancellationToken) =>
        new TableQueries(_connection).Tables(filter, maxPerPage, cancellationToken);

    internal async Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken)
    {
        var response = await SendCreateAsync(tableName, cancellationToken);
        return response.IsError ? throw TableConnection.Failed(response) : Response.FromValue(new TableItem(tableName), response);
    }

    private async Task<Response> SendCreateAsync(string tableName, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("TableName", tableName);
            json.WriteEndObject();
        }

        using var message = _connection.CreateMessage(RequestMethod.Post, "Tables", buffer.ToArray());
        return await _connection.SendAsync(message, cancellationToken);
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();
}
