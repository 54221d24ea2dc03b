namespace LinkMonitor.Storage.Tables;

/// <summary>
/// Tells whether what is stored can be explained by a write of ours whose answer was lost. The proof is the content and the time: every
/// property as we sent it, written since our first try. Two writers that insert the very same content within that time cannot be told
/// apart; where that matters, a property must name the writer.
/// </summary>
internal static class OwnWrite
{
    public static bool Explains(TableTransactionAction action, TableEntity? stored, DateTimeOffset since)
    {
        if (action.ActionType == TableTransactionActionType.Delete)
            return stored is null;
        if (stored is null || stored.Timestamp is not { } written || written < since)
            return false;

        var sent = action.Entity.Where(property => property.Value is not null && EntityWriter.IsStored(property.Key)).ToList();
        return sent.TrueForAll(property => Same(property.Value, stored[property.Key]))
            && (MayHoldMore(action.ActionType) || stored.Count(property => EntityWriter.IsStored(property.Key)) == sent.Count);
    }

    private static bool MayHoldMore(TableTransactionActionType type) =>
        type is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge;

    private static bool Same(object? sent, object? stored) =>
        (sent, stored) is (byte[] left, byte[] right) ? left.AsSpan().SequenceEqual(right) : Equals(sent, stored);
}
