namespace LinkMonitor.Imports.Rows;

/// <summary>What is said for a whole file, beside what stands in it.</summary>
/// <param name="Target">Where all links should point, for a file without a column for it; null to ask for it.</param>
/// <param name="Match">For rows that say none; null for the page.</param>
internal sealed record RowDefaults(string? Target, string? Match)
{
    public static RowDefaults None { get; } = new(null, null);

    /// <summary>The encoding of a text; null to find out.</summary>
    public string? Encoding { get; init; }

    /// <summary>The one sheet of a workbook to read; null for all that list links.</summary>
    public string? Sheet { get; init; }

    /// <summary>What columns are, by name or by number from 1, where the guess is wrong.</summary>
    public IReadOnlyDictionary<string, ColumnRole> Columns { get; init; } = new Dictionary<string, ColumnRole>();
}
