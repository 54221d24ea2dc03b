using LinkMonitor.Alerts.Letters;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>
/// Links of one page were seen by the same checks: what these saw of the page is reported with the first of them, and the others refer to
/// it.
/// </summary>
internal sealed class PageEvidence
{
    private readonly List<(string Page, IReadOnlyList<EvidenceRow> Rows, int Number)> _told = [];

    /// <summary>The story without what another one before it has reported of their page.</summary>
    public ChangeStory Shorten(ChangeStory story)
    {
        if (story.Number is not { } number)
            return story;
        var rows = story.Evidence.Where(row => row.IsOfPage).ToList();
        var earlier = _told.Find(told => told.Page == story.Page.Href && told.Rows.SequenceEqual(rows));
        if (earlier.Rows is not null)
            return story with { Evidence = [.. story.Evidence.Where(row => !row.IsOfPage)], PageToldAt = earlier.Number };
        _told.Add((story.Page.Href, rows, number));
        return story;
    }
}
