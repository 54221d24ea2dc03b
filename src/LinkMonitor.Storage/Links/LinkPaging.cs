using System.Runtime.CompilerServices;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>Reads lists of any length slice by slice.</summary>
public static class LinkPaging
{
    // A link carries its evidence, so slices are small.
    private const int SliceSize = 100;

    public static async IAsyncEnumerable<WatchedLink> ReadAllAsync(
        this ILinkStore links, ProjectId project, LinkFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var slice = await links.ListAsync(project, filter, SliceSize, cursor, cancellationToken);
            foreach (var link in slice.Items)
                yield return link;
            cursor = slice.Cursor;
        }
        while (cursor is not null);
    }

    /// <summary>The newest first.</summary>
    public static async IAsyncEnumerable<ChangeProof> ReadProofsAsync(
        this ILinkStore links, WatchedLink link, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var slice = await links.ListProofsAsync(link.ProjectId, link.Id, SliceSize, cursor, cancellationToken);
            foreach (var proof in slice.Items)
                yield return proof;
            cursor = slice.Cursor;
        }
        while (cursor is not null);
    }
}

/// <summary>Reads links for what is decided about others: one whose row cannot be read, which is listed, must not stop them.</summary>
public static class ReadableLinks
{
    /// <summary>Null when the link is gone, or cannot be read.</summary>
    public static async Task<WatchedLink?> FindReadableAsync(
        this ILinkStore links, ProjectId project, LinkId id, CancellationToken cancellationToken)
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
