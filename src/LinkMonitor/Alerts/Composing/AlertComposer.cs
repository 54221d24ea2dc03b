using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Writes the mail that tells a project's changes. Pure: the same input gives the same words.</summary>
public static class AlertComposer
{
    /// <summary>So many changes are told with all their evidence, which keeps an ordinary mail under the 102 kB that Gmail shows at once; further
    /// ones get a few lines each, and none is left out.</summary>
    public const int MaxToldInFull = 12;

    /// <summary>Writes the changes worst first, grouped by kind and by the page's host.</summary>
    /// <exception cref="ArgumentException">There is no change to tell.</exception>
    public static AlertMail Compose(Project project, IReadOnlyList<LinkChange> changes, AlertLinks links)
    {
        if (changes.Count == 0)
            throw new ArgumentException("An alert tells at least one change.", nameof(changes));
        var ordered = Order(changes);
        var time = new ProjectTime(project.TimeZone);
        var telling = new StoryTelling(project, time, links);
        var letter = new AlertLetter
        {
            ProjectName = WebText.Cut(project.Name, 200),
            Summary = SubjectLine.Counts(ordered.Select(change => ChangeKinds.Of(change.Transition))),
            TimeNote = time.Note,
            Stories = [.. ordered.Select(telling.Tell)],
            ProjectPage = links.ForProject(project.Id),
        };
        return new AlertMail
        {
            Subject = SubjectLine.Write(project.Name, ordered),
            Text = TextLetter.Write(letter),
            Html = HtmlLetter.Write(letter),
            EventIds = [.. ordered.Select(change => change.Id)],
        };
    }

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
