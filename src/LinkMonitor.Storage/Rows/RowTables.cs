using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>The tables as stores use them.</summary>
internal sealed class RowTables(ITables tables, ISetAside aside)
{
    /// <param name="name">One of <see cref="TableNames"/>.</param>
    public RowTable Open(string name) => new(name, tables.Open(name), aside);
}
