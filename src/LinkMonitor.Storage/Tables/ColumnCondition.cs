namespace LinkMonitor.Storage.Tables;

/// <summary>What the service can leave out of a range: rows whose column of text holds something else, or nothing.</summary>
/// <param name="Value">The text that is wanted, letter by letter; null for any that is not empty.</param>
internal sealed record ColumnCondition(string Column, string? Value);
