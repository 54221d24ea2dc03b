namespace LinkMonitor.Storage.Tables;

/// <summary>
/// What the service takes as one transaction, checked before anything is sent because the emulator does not check all of it:
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions.
/// </summary>
internal static class TransactionLimits
{
    public const int MaxActions = 100;
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="ArgumentException">Empty, too many, mixed partitions, or an entity twice; the message names the index.</exception>
    public static void Validate(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count == 0)
            throw Refused("it has no actions.");
        if (actions.Count > MaxActions)
            throw Refused($"it has {actions.Count} actions; action {MaxActions} is the first beyond the {MaxActions} allowed.");

        var partition = actions[0].Entity.PartitionKey;
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < actions.Count; i++)
        {
            var entity = actions[i].Entity;
            EntityKeys.Validate(entity);
            if (entity.PartitionKey != partition)
                throw Refused($"action {i} is in partition '{entity.PartitionKey}', action 0 in '{partition}'.");
            if (!rows.TryAdd(entity.RowKey, i))
                throw Refused($"action {i} writes the entity of action {rows[entity.RowKey]} again (row key '{entity.RowKey}').");
        }
    }

    public static ArgumentException TooLarge(int index) =>
        Refused($"with action {index} it exceeds the {MaxBytes} bytes allowed.");

    public static ArgumentException Invalid(int index, ArgumentException reason) =>
        new($"The transaction was not sent: action {index} cannot be written. {reason.Message}", reason);

    private static ArgumentException Refused(string reason) =>
        new($"The transaction was not sent: {reason}");
}
