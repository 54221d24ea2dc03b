using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Outreach;

/// <summary>Finds in a link's history what it was like when all was well.</summary>
internal sealed class OutreachCases(ILinkStore links)
{
    private const int SliceSize = 20;

    public async Task<OutreachCase> FindAsync(Project project, WatchedLink link, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var slice = await links.ListHistoryAsync(project.Id, link.Id, SliceSize, cursor, cancellationToken);
            var fall = slice.Items.FirstOrDefault(change => change.Transition is { From: LinkState.Live, Before: not null });
            if (fall is not null)
                return new OutreachCase(project, link, fall.Transition.Before);
            cursor = slice.Cursor;
        }
        while (cursor is not null);
        return new OutreachCase(project, link, null);
    }
}
