using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter about a link that was unstable and has kept its state.</summary>
internal static class SettledLetter
{
    public static Letter Write(SettledMatter matter, PublicLinks links)
    {
        var (project, change, time) = (matter.Project, matter.Change, new ProjectTime(matter.Project.TimeZone));
        var kind = ChangeKinds.Of(change.Transition);
        var stakes = new Dictionary<LinkId, Stake>();
        if (matter.Stake is { } stake)
            stakes[change.LinkId] = stake;
        var telling = new StoryTelling(project, time, links) { Stakes = stakes };
        var word = kind == ChangeKind.Recovered ? "live" : ChangeKinds.Word(kind).ToLowerInvariant();
        var title = $"Settled ({word}): link from {SubjectLine.Host(change.Page.Host)} to {SubjectLine.Host(change.Target.Host)}";
        var cause = $"It changed back and forth, and has now kept this state for {ProjectTime.Write(matter.For)}. "
            + $"{LetterWords.Count(matter.HeldBack, "change was", "changes were")} held back meanwhile; its alerts are sent again.";
        var whole = links.Alert(project.Id, matter.AlertId);
        return new Letter
        {
            Subject = SubjectLine.Of(title, project.Name),
            ProjectName = WebText.Cut(project.Name, LetterWords.MaxProjectName),
            Tone = ChangeKinds.ToneOf(kind),
            Title = title,
            Lead =
            [
                new(null, cause),
                .. matter.Stake is { } price && kind != ChangeKind.Recovered ? [new LeadPart("At stake", $"{Money.Of(price)}.")] : Array.Empty<LeadPart>(),
                .. new Sureness(project, time).Of([change]),
            ],
            Buttons = telling.Buttons(LinkName.Of(change)),
            Sections = [new LetterSection { Stories = [telling.Tell(change, null)] }],
            Footer = [time.Note, LetterWords.Reason],
            Whole = whole,
            Summary = new AlertSummary
            {
                Headline = WebText.Short(title, AlertSummary.MaxHeadline),
                Cause = WebText.Short(cause, AlertSummary.MaxCause),
                Lines = [SummaryLines.Of(telling.TellShortly(change, null))],
                Details = whole,
            },
            EventIds = [change.Id],
        };
    }
}
