using System.Globalization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Outages;

/// <summary>The latest outage as a row; see docs/tables/failures.md.</summary>
internal static class OutageRow
{
    public const string Partition = "outages";
    public const string Latest = "latest";

    private const string OutageId = "outageId";
    private const string Kind = "kind";
    private const string Since = "since";
    private const string LastAt = "lastAt";
    private const string Checks = "checks";

    public static string IdOf(DateTimeOffset since) => "out_" + since.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);

    public static TableEntity Write(Outage outage)
    {
        var row = RowSchema.NewMarked(Partition, Latest);
        row[OutageId] = outage.Id;
        row[Kind] = WireName.Of(outage.Kind);
        row[Since] = outage.Since;
        row[LastAt] = outage.LastAt;
        row[Checks] = outage.Checks;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Outage Read(TableEntity row) => new()
    {
        Id = row.Text(OutageId),
        Kind = WireName.Parse<OutageKind>(row.Text(Kind)),
        Since = row.Time(Since),
        LastAt = row.Time(LastAt),
        Checks = row.Number(Checks),
    };
}
