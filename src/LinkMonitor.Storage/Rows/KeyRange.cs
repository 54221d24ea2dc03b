namespace LinkMonitor.Storage.Rows;

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

    /// <summary>The OData filter.</summary>
    /// <param name="after">Only rows beyond this key; null for all.</param>
    /// <param name="condition">A further condition on columns, already escaped; null for none.</param>
    public string Filter(string? after = null, string? condition = null)
    {
        var lower = after is null ? $"RowKey ge {Quote(From)}" : $"RowKey gt {Quote(after)}";
        var range = $"PartitionKey eq {Quote(Partition)} and {lower} and RowKey lt {Quote(Below)}";
        return condition is null ? range : $"{range} and {condition}";
    }

    /// <summary>A text as an OData literal.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
