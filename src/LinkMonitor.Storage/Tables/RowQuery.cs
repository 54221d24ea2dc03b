namespace LinkMonitor.Storage.Tables;

/// <summary>Which rows are wanted, and what of them.</summary>
internal sealed record RowQuery(KeyRange Range)
{
    /// <summary>The most rows that the service sends at once. Source: https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination.</summary>
    public const int MaxPerPage = 1_000;

    /// <summary>Only rows beyond this key; null for all.</summary>
    public string? After { get; init; }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<ColumnCondition> Conditions { get; init; } = [];

    /// <summary>How many rows are asked for at a time, 1 to <see cref="MaxPerPage"/>; null for as many as the service sends.</summary>
    public int? PerPage { get; init; }

    /// <summary>Bring the keys and no other columns.</summary>
    public bool KeysOnly { get; init; }
}
