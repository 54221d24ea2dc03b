using Azure;
using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// Sends writes to one table. A write may have happened though its answer was lost; the retry is then refused by our own first try
/// (409 for an insert, 412 for an update, either or 404 for a transaction). Such a refusal is only passed on after a look at what is
/// stored: when <see cref="OwnWrite"/> explains all of it the write has succeeded, otherwise the refusal is the truth.
/// </summary>
internal sealed class EntityWrites(TableConnection connection, string table)
{
    // The Date header is cut to the second, and Timestamp may be taken a moment before the answer is dated.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    public async Task<Response> SendAsync(TableTransactionAction action, CancellationToken cancellationToken)
    {
        var request = EntityRequest.For(table, action);
        var started = connection.Clock.GetTimestamp();
        using var message = Message(request);
        var response = await connection.SendAsync(message, cancellationToken);
        if (!response.IsError)
            return response;
        if (message.ProcessingContext.RetryNumber > 0
            && await FindOwnAsync([action], response.Status, Since(response, started), cancellationToken) is { } versions)
            return PartResponse.Written(versions[0]);
        throw TableConnection.Failed(response);
    }

    public async Task<Response<IReadOnlyList<Response>>> SendAsync(
        IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        TransactionLimits.Validate(actions);
        var started = connection.Clock.GetTimestamp();
        using var message = Message(actions);
        var response = await connection.SendAsync(message, cancellationToken);
        if (response.Status != BatchReply.Accepted)
            throw TableConnection.Failed(response);

        var parts = BatchReply.Parse(response);
        if (BatchReply.Failure(parts) is { } failure)
            return message.ProcessingContext.RetryNumber > 0
                && await FindOwnAsync(actions, failure.Status, Since(response, started), cancellationToken) is { } versions
                ? Result([.. versions.Select(PartResponse.Written)], response)
                : throw BatchReply.Failed(failure, actions.Count);
        return parts.Count == actions.Count
            ? Result(parts, response)
            : throw new RequestFailedException(
                response.Status, $"The table service answered {parts.Count} parts to a transaction of {actions.Count} actions.");
    }

    /// <summary>The stored entity, or null when there is none.</summary>
    /// <param name="path">Of the entity with the query, escaped.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<(TableEntity? Entity, Response Response)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var message = connection.CreateMessage(RequestMethod.Get, path);
        var response = await connection.SendAsync(message, cancellationToken);
        if (response.Status == 404 && TableConnection.ErrorCode(response) != TableErrorCode.TableNotFound)
            return (null, response);
        return response.IsError ? throw TableConnection.Failed(response) : (EntityJson.Entity(response), response);
    }

    private HttpMessage Message(EntityRequest request)
    {
        var message = request.Body is null
            ? connection.CreateMessage(request.Method, request.Path)
            : connection.CreateMessage(request.Method, request.Path, request.Body);
        if (request.IfMatch is not null)
            message.Request.Headers.SetValue("If-Match", request.IfMatch);
        return message;
    }

    private HttpMessage Message(IReadOnlyList<TableTransactionAction> actions)
    {
        var body = new BatchBody(Guid.NewGuid());
        var content = body.Write(connection.Endpoint, table, actions);
        var message = connection.CreateMessage(RequestMethod.Post, "$batch", content);
        message.Request.Headers.SetValue("Content-Type", body.ContentType);
        return message;
    }

    // On the service's clock, as Timestamp is.
    private DateTimeOffset Since(Response response, long started) =>
        (response.Headers.Date ?? connection.Clock.GetUtcNow()) - connection.Clock.GetElapsedTime(started) - Slack;

    /// <summary>The versions our lost write left, one per action (null for a delete); null when what is stored is not all ours.</summary>
    private async Task<IReadOnlyList<ETag?>?> FindOwnAsync(
        IReadOnlyList<TableTransactionAction> actions, int status, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // That something is absent proves nothing: at least one entity must show our hand.
        if (status is not (404 or 409 or 412) || actions.All(action => action.ActionType == TableTransactionActionType.Delete))
            return null;

        var versions = new ETag?[actions.Count];
        for (var i = 0; i < actions.Count; i++)
        {
            var (partitionKey, rowKey) = (actions[i].Entity.PartitionKey, actions[i].Entity.RowKey);
            var (stored, _) = await ReadAsync(EntityKeys.Path(table, partitionKey, rowKey), cancellationToken);
            if (!OwnWrite.Explains(actions[i], stored, since))
                return null;
            versions[i] = stored?.ETag;
        }

        return versions;
    }

    private static Response<IReadOnlyList<Response>> Result(IReadOnlyList<Response> parts, Response response) =>
        Response.FromValue(parts, response);
}
