using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>Reads links for what is decided about others: one whose row cannot be read, which is listed, must not stop them.</summary>
public static class ReadableLinks
{
    /// <summary>Null when the link is gone, or cannot be read.</summary>
    public static async Task<WatchedLink?> FindReadableAsync(this ILinkStore links, ProjectId project, LinkId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(links);
        try
        {
            return await links.GetAsync(project, id, cancellationToken);
        }
        catch (UnreadableRowException)
        {
            return null;
        }
    }
}
