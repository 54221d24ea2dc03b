using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Links;

/// <summary>Counts the links of a project, read once.</summary>
internal static class LinkCounting
{
    private const int ReadAtOnce = 1_000;

    public static async Task<LinkCounts> CountAsync(ILinkStore links, ProjectId project, LinkFilter filter, CancellationToken cancellationToken)
    {
        var tally = new LinkTally();
        string? cursor = null;
        do
        {
            var slice = await links.ListAsync(project, filter, ReadAtOnce, cursor, cancellationToken);
            foreach (var link in slice.Items)
                tally.Add(link);
            cursor = slice.Cursor;
        }
        while (cursor is not null);
        return tally.ToCounts();
    }
}
