using System.Text;
using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// One table. Names and meanings are those of Azure.Data.Tables 12, asynchronous only and for <see cref="TableEntity"/> only; see
/// docs/decisions for the differences. Safe for use by several threads. Every method throws <see cref="RequestFailedException"/> with the
/// service's status and <see cref="TableErrorCode"/> when the service refuses or, after the retries, cannot be reached, and
/// <see cref="ArgumentException"/> before anything is sent when a key, a property or a transaction breaks a limit of the service.
/// </summary>
public sealed class TableClient
{
    private readonly TableServiceClient _service;
    private readonly TableQueries _queries;
    private readonly EntityWrites _entities;

    internal TableClient(TableServiceClient service, TableConnection connection, string tableName)
    {
        _service = service;
        _queries = new TableQueries(connection);
        _entities = new EntityWrites(connection, tableName);
        Name = tableName;
    }

    public string Name { get; }

    /// <summary>Fails with 409 <see cref="TableErrorCode.TableAlreadyExists"/> when the table exists.</summary>
    public Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken) =>
        _service.CreateTableAsync(Name, cancellationToken);

    /// <summary>Succeeds when the table exists already.</summary>
    public Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken) =>
        _service.CreateTableIfNotExistsAsync(Name, cancellationToken);

    /// <summary>Deletes the table with all it holds; the answer has status 404 when there was none.</summary>
    public Task<Response> DeleteAsync(CancellationToken cancellationToken) => _service.DeleteTableAsync(Name, cancellationToken);

    /// <summary>
    /// Inserts; fails with 409 <see cref="TableErrorCode.EntityAlreadyExists"/> when the entity exists, unless an earlier try of this very
    /// call wrote it and its answer was lost. The answer carries the new ETag.
    /// </summary>
    public Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellationToken) =>
        _entities.SendAsync(new TableTransactionAction(TableTransactionActionType.Add, entity), cancellationToken);

    /// <summary>Fails with 404 when there is no such entity.</summary>
    /// <param name="partitionKey">Of the entity.</param>
    /// <param name="rowKey">Of the entity.</param>
    /// <param name="select">The properties wanted besides the keys; null for all.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<Response<TableEntity>> GetEntityAsync(
        string partitionKey, string rowKey, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        var (entity, response) = await _entities.ReadAsync(EntityPath(partitionKey, rowKey, select), cancellationToken);
        return entity is null ? throw TableConnection.Failed(response) : Response.FromValue(entity, response);
    }

    /// <summary>Without a value when there is no such entity; a missing table is still a failure.</summary>
    /// <inheritdoc cref="GetEntityAsync"/>
    public async Task<NullableResponse<TableEntity>> GetEntityIfExistsAsync(
        string partitionKey, string rowKey, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        var (entity, response) = await _entities.ReadAsync(EntityPath(partitionKey, rowKey, select), cancellationToken);
        return entity is null ? new NoEntity(response) : Response.FromValue(entity, response);
    }

    /// <summary>Inserts, or merges into or replaces what is there, whatever its version. The answer carries the new ETag.</summary>
    public Task<Response> UpsertEntityAsync(TableEntity entity, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        var type = mode == TableUpdateMode.Merge ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace;
        return _entities.SendAsync(new TableTransactionAction(type, entity), cancellationToken);
    }

    /// <summary>
    /// Merges into or replaces an existing entity; fails with 404 when there is none and with 412
    /// <see cref="TableErrorCode.UpdateConditionNotSatisfied"/> when its version is another, unless an earlier try of this very call made
    /// it so and its answer was lost. The answer carries the new ETag.
    /// </summary>
    /// <param name="entity">What to write.</param>
    /// <param name="ifMatch">The version expected; <see cref="ETag.All"/> for any. The default value is refused.</param>
    /// <param name="mode">What becomes of properties not named.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Response> UpdateEntityAsync(TableEntity entity, ETag ifMatch, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        var type = mode == TableUpdateMode.Merge ? TableTransactionActionType.UpdateMerge : TableTransactionActionType.UpdateReplace;
        return _entities.SendAsync(new TableTransactionAction(type, entity, ifMatch), cancellationToken);
    }

    /// <summary>The answer has status 404 when there was no such entity; fails with 412 when its version is another.</summary>
    /// <param name="partitionKey">Of the entity.</param>
    /// <param name="rowKey">Of the entity.</param>
    /// <param name="ifMatch">The version expected; <see cref="ETag.All"/> or the default value for any.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch, CancellationToken cancellationToken)
    {
        var action = new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), ifMatch);
        try
        {
            return await _entities.SendAsync(action, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404 && gone.ErrorCode != TableErrorCode.TableNotFound)
        {
            return gone.GetRawResponse()!;
        }
    }

    /// <summary>
    /// Entities in the order of their keys. <c>AsPages</c> takes the token of an earlier page to go on after it; any other text throws
    /// <see cref="ArgumentException"/>. A page may be empty and still not be the last.
    /// </summary>
    /// <param name="filter">OData, best made by <see cref="CreateQueryFilter"/>; null for the whole table.</param>
    /// <param name="maxPerPage">1 to 1,000; null for the service's choice.</param>
    /// <param name="select">The properties wanted besides the keys; null for all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public AsyncPageable<TableEntity> QueryAsync(
        string? filter, int? maxPerPage, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        _queries.Entities(Name, filter, maxPerPage, TableQueries.Select(select), cancellationToken);

    /// <summary>
    /// Writes 1 to 100 entities of one partition, each once and together at most 4 MiB as sent, all or none. The value holds an answer per
    /// action in their order, with the new ETag of each entity written.
    /// </summary>
    /// <exception cref="ArgumentException">The list breaks one of these limits; the message names the index. Nothing was sent.</exception>
    /// <exception cref="TableTransactionFailedException">The service refused an action; nothing was written.</exception>
    public Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        return _entities.SendAsync([.. transactionActions], cancellationToken);
    }

    /// <summary>
    /// A filter with every value as the OData literal of its type, quotes doubled:
    /// <c>CreateQueryFilter($"PartitionKey eq {id} and RowKey lt {end}")</c>.
    /// </summary>
    /// <exception cref="ArgumentException">A value is null or has a type without a literal.</exception>
    public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Create(filter);

    private string EntityPath(string partitionKey, string rowKey, IEnumerable<string>? select)
    {
        EntityKeys.Validate(partitionKey, nameof(partitionKey));
        EntityKeys.Validate(rowKey, nameof(rowKey));
        var query = new StringBuilder();
        TableQueries.Append(query, "$select", TableQueries.Select(select));
        return EntityKeys.Path(Name, partitionKey, rowKey) + query;
    }
}
