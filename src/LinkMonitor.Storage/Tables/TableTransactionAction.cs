using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>One write of a transaction.</summary>
public sealed class TableTransactionAction
{
    /// <summary>A write without a condition. Updates need one: use the other constructor.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, TableEntity entity)
        : this(actionType, entity, default)
    {
    }

    /// <param name="actionType">What to do.</param>
    /// <param name="entity">What to write; for a delete only the keys are read.</param>
    /// <param name="etag">
    /// The stored version an update or a delete expects; <see cref="ETag.All"/> for any. Not given, a delete takes any version and an
    /// update is refused when it is submitted, because the service would turn it into an upsert.
    /// </param>
    public TableTransactionAction(TableTransactionActionType actionType, TableEntity entity, ETag etag)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (!Enum.IsDefined(actionType))
            throw new ArgumentOutOfRangeException(nameof(actionType), actionType, "This is no kind of transaction action.");
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    public TableTransactionActionType ActionType { get; }

    public TableEntity Entity { get; }

    public ETag ETag { get; }
}
