using Azure.Data.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>The ways in which a row is damaged, or is one of a later program.</summary>
internal static class RowDamage
{
    public const string LaterVersion = "later version";
    public const string MissingColumn = "missing column";
    public const string BrokenJson = "broken JSON";
    public const string WrongType = "wrong type";

    private static readonly string[] System = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];
    private static readonly string[] Frame = [.. System, "v", "write"];

    public static TheoryData<string> All { get; } = [LaterVersion, MissingColumn, BrokenJson, WrongType];

    /// <summary>The damaged row; null when a row of this kind cannot be damaged so.</summary>
    public static TableEntity? Of(TableEntity row, string damage)
    {
        var copy = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (column, value) in row.Where(column => !System.Contains(column.Key)))
            copy[column] = value;
        return damage switch
        {
            LaterVersion => With(copy, "v", 2),
            MissingColumn => Without(copy),
            BrokenJson => Broken(copy),
            WrongType => Wrong(copy),
            _ => throw new ArgumentOutOfRangeException(nameof(damage), damage, "There is no such damage."),
        };
    }

    // All columns are missing but those that every row has: which of them a row can do without is its own business.
    private static TableEntity Without(TableEntity row) => Columns(row).Count == 0
        ? Without(row, ["v"])
        : Without(row, Columns(row));

    private static TableEntity? Broken(TableEntity row)
    {
        var json = Columns(row).Where(column => row[column] is string text && text is ['{' or '[', ..]).ToList();
        foreach (var column in json)
            row[column] = "{\"broken";
        return json.Count == 0 ? null : row;
    }

    private static TableEntity Wrong(TableEntity row)
    {
        foreach (var column in Columns(row))
            row[column] = row[column] is double ? "text" : 1.5;
        return Columns(row).Count == 0 ? With(row, "v", "one") : row;
    }

    private static List<string> Columns(TableEntity row) => [.. row.Keys.Except(Frame)];

    private static TableEntity With(TableEntity row, string column, object value)
    {
        row[column] = value;
        return row;
    }

    private static TableEntity Without(TableEntity row, List<string> columns)
    {
        foreach (var column in columns)
            row.Remove(column);
        return row;
    }
}
