namespace LinkMonitor.Storage.Rows;

/// <summary>Names what was set aside: the same thing has the same name every time.</summary>
/// <param name="Area">The table that a row is in, or the function that leaves something out.</param>
/// <param name="Partition">The row's partition key; empty for what is no row.</param>
/// <param name="Key">The row's key, or the project.</param>
public readonly record struct SetAsideName(string Area, string Partition, string Key)
{
    public override string ToString() => Partition.Length == 0 ? $"{Area}: {Key}" : $"{Area}: {Partition} {Key}";
}
