using System.Runtime.CompilerServices;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Placements.Reporting;

/// <summary>Reads lists of any length slice by slice.</summary>
internal static class LinkPaging
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
