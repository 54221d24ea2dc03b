namespace LinkMonitor.Storage.Tables;

/// <summary>A query as the service writes it.</summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities#constructing-filter-
/// strings.</remarks>
internal static class ODataFilter
{
    public static string Of(RowQuery query)
    {
        var range = query.Range;
        var lower = query.After is { } after ? $"RowKey gt {Quote(after)}" : $"RowKey ge {Quote(range.From)}";
        return string.Join(
            " and ",
            [$"PartitionKey eq {Quote(range.Partition)}", lower, $"RowKey lt {Quote(range.Below)}", .. query.Conditions.Select(Of)]);
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
