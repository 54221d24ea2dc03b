using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>An unstable link as a row.</summary>
internal static class UnstableRow
{
    private const string LinkIdColumn = "linkId";
    private const string Since = "since";
    private const string StateBefore = "stateBefore";
    private const string StateTold = "stateTold";
    private const string SettlesAt = "settlesAt";

    public static TableEntity Write(UnstableLink link)
    {
        var row = RowSchema.New(link.ProjectId.Value, AlertKeys.Unstable(link.LinkId));
        row[LinkIdColumn] = link.LinkId.Value;
        row[Since] = link.Since;
        row[StateBefore] = WireName.Of(link.StateBefore);
        row[StateTold] = WireName.Of(link.StateTold);
        row[SettlesAt] = link.SettlesAt;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static UnstableLink Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        LinkId = new LinkId(row.Text(LinkIdColumn)),
        Since = row.Time(Since),
        StateBefore = WireName.Parse<LinkState>(row.Text(StateBefore)),
        StateTold = WireName.Parse<LinkState>(row.Text(StateTold)),
        SettlesAt = row.Time(SettlesAt),
    };
}
