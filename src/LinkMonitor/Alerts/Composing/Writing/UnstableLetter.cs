using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter about a link that changes back and forth.</summary>
internal static class UnstableLetter
{
    private const int MaxRows = 20;

    public static Letter Write(UnstableMatter matter, PublicLinks links)
    {
        if (matter.Changes.Count == 0)
            throw new ArgumentException("An unstable link has at least one change.", nameof(matter));
        var (project, link, time) = (matter.Project, matter.Link, new ProjectTime(matter.Project.TimeZone));
        var telling = new StoryTelling(project, time, links);
        var times = $"{LetterWords.Count(matter.Count, "time", "times")} in {ProjectTime.Write(matter.Window)}";
        var title = $"Unstable: link from {SubjectLine.Host(link.Page.Host)} to {SubjectLine.Host(link.Target.Host)} changed {times}";
        var cause = $"The link changes back and forth, {times}: several servers that do not agree, a rotating block of links, or a page that is still being edited.";
        var whole = links.Alert(project.Id, matter.AlertId);
        List<LetterRow> rows = [.. matter.Changes.Reverse().Take(MaxRows).Select(change => Row(change, time))];
        return new Letter
        {
            Subject = SubjectLine.Of(title, project.Name),
            ProjectName = WebText.Cut(project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Warning,
            Title = title,
            Lead =
            [
                new(null, cause),
                .. matter.Stake is { } stake ? [new LeadPart("At stake", $"{Money.Of(stake)}.")] : Array.Empty<LeadPart>(),
                new("What happens now", $"We hold this link's alerts back and go on checking. You hear of it again when it has kept one state for {ProjectTime.Write(matter.SettlesAfter)}."),
                new("What to do", "Load the page a few times in your browser. If the link comes and goes, ask the site's owner which version is meant."),
            ],
            Facts =
            [
                new("Page", WebText.Cut(link.Page.Href, EvidenceTable.MaxUrl)),
                new("Target", WebText.Cut(link.Target.Href, EvidenceTable.MaxUrl)),
            ],
            Buttons = telling.Buttons(link),
            Sections =
            [
                new LetterSection { Heading = "Its changes, the newest first", Rows = rows, More = matter.Count - rows.Count, MoreAt = links.Link(project.Id, link.Id) },
            ],
            Footer = [time.Note, LetterWords.Reason],
            Whole = whole,
            Summary = new AlertSummary
            {
                Headline = WebText.Short(title, AlertSummary.MaxHeadline),
                Cause = WebText.Short(cause, AlertSummary.MaxCause),
                Lines = [SummaryLines.Of(new LetterRow { Tone = Tone.Warning, Head = $"Unstable: {StoryTelling.Gist(matter.Changes[^1].Transition)}", Link = link, Details = links.Link(project.Id, link.Id) })],
                Details = whole,
            },
            EventIds = [.. matter.Changes.Select(change => change.Id)],
        };
    }

    private static LetterRow Row(LinkChange change, ProjectTime time) => new()
    {
        Tone = ChangeKinds.ToneOf(ChangeKinds.Of(change.Transition)),
        Head = $"{WireName.Of(change.Transition.From)} → {WireName.Of(change.Transition.To)}: {StoryTelling.Gist(change.Transition)}",
        Notes = [time.Write(change.Transition.At)],
    };
}
