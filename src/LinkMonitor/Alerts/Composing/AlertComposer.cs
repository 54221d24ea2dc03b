using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Puts alerts into words. Pure: the same input gives the same words.</summary>
public static class AlertComposer
{
    /// <summary>So many changes are told with all their evidence, which keeps an ordinary mail under the 102 kB that Gmail shows at once; further
    /// ones get a few lines each, and none is left out.</summary>
    public const int MaxToldInFull = 12;

    /// <summary>Writes an alert for every kind of channel.</summary>
    /// <param name="links">Addresses that the words may lead to; <see cref="PublicLinks.None"/> leaves them out.</param>
    /// <exception cref="ArgumentException">There is nothing to tell: no change, or no event.</exception>
    public static AlertMail Compose(AlertMatter matter, PublicLinks links) => matter switch
    {
        IncidentMatter incident => Compose(incident, links),
        _ => throw new NotSupportedException($"There are no words for {matter.GetType().Name} yet."),
    };

    /// <summary>Writes the changes worst first, grouped by kind and by the page's host.</summary>
    private static AlertMail Compose(IncidentMatter matter, PublicLinks links)
    {
        if (matter.Incident.Changes.Count == 0)
            throw new ArgumentException("An incident has at least one change.", nameof(matter));
        var (project, ordered) = (matter.Project, Order(matter.Incident.Changes));
        var time = new ProjectTime(project.TimeZone);
        var telling = new StoryTelling(project, time, links);
        var letter = new AlertLetter
        {
            ProjectName = WebText.Cut(project.Name, 200),
            Summary = SubjectLine.Counts(ordered.Select(change => ChangeKinds.Of(change.Transition))),
            TimeNote = time.Note,
            Stories = [.. ordered.Select(telling.Tell)],
            Whole = links.Alert(project.Id, matter.AlertId),
        };
        return new AlertMail
        {
            Subject = SubjectLine.Write(project.Name, ordered),
            Text = TextLetter.Write(letter),
            Html = HtmlLetter.Write(letter),
            Summary = Summarize(letter),
            EventIds = [.. ordered.Select(change => change.Id)],
        };
    }

    private static AlertSummary Summarize(AlertLetter letter) => new()
    {
        Headline = WebText.Short(letter.Summary, AlertSummary.MaxHeadline),
        Lines = [.. letter.Stories.Take(AlertSummary.MaxLines).Select(Line)],
        More = Math.Max(letter.Stories.Count - AlertSummary.MaxLines, 0),
        Details = letter.Whole,
    };

    private static SummaryLine Line(ChangeStory story) => new(
        $"{ChangeKinds.Shape(story.Kind)} {ChangeKinds.Word(story.Kind)}",
        WebText.Short(story.Gist, SummaryLine.MaxText),
        story.Page.IsHttp ? new Uri(story.Page.Href) : null,
        WebText.Short(story.Page.Href, SummaryLine.MaxText),
        WebText.Short(story.Target.Href, SummaryLine.MaxText),
        story.Details);

    private static List<LinkChange> Order(IReadOnlyList<LinkChange> changes) =>
    [
        .. changes
            .OrderBy(change => ChangeKinds.Of(change.Transition))
            .ThenBy(change => change.Page.Host, StringComparer.Ordinal)
            .ThenBy(change => change.Page.Href, StringComparer.Ordinal)
            .ThenBy(change => change.Target.Href, StringComparer.Ordinal)
            .ThenBy(change => change.Id, StringComparer.Ordinal),
    ];
}
