namespace LinkMonitor.Storage.Archives;

/// <summary>What came of an import.</summary>
public abstract record ImportResult
{
    private ImportResult()
    {
    }

    /// <summary>All rows are there.</summary>
    /// <param name="Rows">How many, by table.</param>
    public sealed record Done(IReadOnlyDictionary<string, long> Rows) : ImportResult;

    /// <summary>The storage holds something already; nothing was written.</summary>
    /// <param name="Table">The first table with a row.</param>
    public sealed record NotEmpty(string Table) : ImportResult;

    /// <summary>The import of another archive did not end here; nothing was written.</summary>
    public sealed record OtherBegan : ImportResult;
}
