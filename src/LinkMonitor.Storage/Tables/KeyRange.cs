namespace LinkMonitor.Storage.Tables;

/// <summary>Neighbouring rows of one partition: the only thing that is ever queried.</summary>
/// <param name="From">The first row key that belongs to it.</param>
/// <param name="Below">The first row key beyond it.</param>
internal sealed record KeyRange(string Partition, string From, string Below)
{
    // Keys contain neither control characters nor anything beyond ASCII, so this is above every continuation of a prefix.
    private const char AfterAll = '~';

    /// <summary>All rows whose key starts with <paramref name="prefix"/>.</summary>
    public static KeyRange StartingWith(string partition, string prefix) => new(partition, prefix, prefix + AfterAll);

    /// <summary>All rows of a partition.</summary>
    public static KeyRange Whole(string partition) => new(partition, "", AfterAll.ToString());

    public bool Contains(string rowKey) =>
        string.CompareOrdinal(rowKey, From) >= 0 && string.CompareOrdinal(rowKey, Below) < 0;
}
