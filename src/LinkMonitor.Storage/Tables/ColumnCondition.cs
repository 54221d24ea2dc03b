namespace LinkMonitor.Storage.Tables;

/// <summary>What the service can leave out of a range: rows whose column holds something else, or nothing.</summary>
/// <param name="Value">The text that is wanted, letter by letter; null for any that is not empty.</param>
internal sealed record ColumnCondition(string Column, string? Value)
{
    /// <summary>For a column of time instead of text: only times after this are wanted.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Rows whose column of time lies after a time.</summary>
    public static ColumnCondition Later(string column, DateTimeOffset after) => new(column, null) { After = after };
}
