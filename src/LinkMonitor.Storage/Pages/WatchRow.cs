using Azure.Data.Tables;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Pages;

/// <summary>A watch as a row.</summary>
internal static class WatchRow
{
    private const string ProjectIdColumn = "projectId";
    private const string LinkIdColumn = "linkId";
    private const string Since = "since";

    public static TableEntity Write(PageKey page, ProjectId projectId, LinkId linkId, DateTimeOffset since)
    {
        var row = RowSchema.New(page.Shard, PageKeys.Watch(page.PageId, projectId, linkId));
        row[ProjectIdColumn] = projectId.Value;
        row[LinkIdColumn] = linkId.Value;
        row[Since] = since;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Watcher Read(TableEntity row) =>
        new(new ProjectId(row.Text(ProjectIdColumn)), new LinkId(row.Text(LinkIdColumn)), row.Time(Since)) { ETag = row.Version() };
}
