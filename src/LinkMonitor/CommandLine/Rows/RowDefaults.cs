namespace LinkMonitor.CommandLine.Rows;

/// <summary>What the command line says for all rows of a file that does not say it itself.</summary>
/// <param name="Target">Null to ask for the column.</param>
/// <param name="Match">Null for the page.</param>
internal sealed record RowDefaults(string? Target, string? Match);
