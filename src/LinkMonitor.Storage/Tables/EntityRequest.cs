using Azure;
using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>One write as HTTP, the same alone and inside a transaction.</summary>
internal sealed record EntityRequest
{
    public required RequestMethod Method { get; init; }

    /// <summary>Below the endpoint, escaped.</summary>
    public required string Path { get; init; }

    public required string? IfMatch { get; init; }

    /// <summary>JSON; null for a delete.</summary>
    public required byte[]? Body { get; init; }

    /// <exception cref="ArgumentException">A key or property is not allowed, or an update has no ETag.</exception>
    public static EntityRequest For(string table, TableTransactionAction action)
    {
        var entity = action.Entity;
        EntityKeys.Validate(entity);
        return new EntityRequest
        {
            Method = MethodOf(action.ActionType),
            Path = action.ActionType == TableTransactionActionType.Add
                ? table
                : EntityKeys.Path(table, entity.PartitionKey, entity.RowKey),
            IfMatch = Condition(action),
            Body = action.ActionType == TableTransactionActionType.Delete ? null : EntityWriter.Write(entity),
        };
    }

    private static RequestMethod MethodOf(TableTransactionActionType type) => type switch
    {
        TableTransactionActionType.Add => RequestMethod.Post,
        TableTransactionActionType.Delete => RequestMethod.Delete,
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => RequestMethod.Patch,
        _ => RequestMethod.Put,
    };

    private static string? Condition(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Delete => (action.ETag == default ? ETag.All : action.ETag).ToString("H"),
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace =>
            action.ETag == default
                ? throw new ArgumentException(
                    "An update needs the ETag of the entity as it was read; use ETag.All to overwrite whatever is there.", nameof(action))
                : action.ETag.ToString("H"),
        _ => null,
    };
}
