namespace LinkMonitor.Storage.Rows;

/// <summary>A range of rows that was read, and what of it could not be.</summary>
/// <param name="Items">What could be read, in order.</param>
/// <param name="SetAside">
/// The keys of rows that are there but cannot be read. They are noted already; who concludes something from a row that is missing must look here.
/// </param>
public sealed record RowsRead<T>(IReadOnlyList<T> Items, IReadOnlyList<string> SetAside)
{
    /// <summary>Whether nothing is there at all, readable or not.</summary>
    public bool IsEmpty => Items.Count == 0 && SetAside.Count == 0;
}
