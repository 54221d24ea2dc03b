using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter about a link that was unstable and has kept its state.</summary>
internal static class SettledLetter
{
    public static Letter Write(SettledFacts facts, PublicLinks links)
    {
        var (project, change, say) = (facts.Project, facts.Change, Language.Of(facts.Project.Language));
        var time = new ProjectTime(project.TimeZone, say);
        var kind = ChangeKindOf.Of(change.Transition);
        var stakes = new Dictionary<LinkId, LinkCost>();
        if (facts.Stake is { } stake)
            stakes[change.LinkId] = stake;
        var stories = new ChangeStoryWriter(project, time, links) { Stakes = stakes };
        var word = kind == ChangeKind.Recovered ? StateWords.Word(LinkState.Live, say) : ChangeKindOf.Word(kind, say).ToLowerInvariant();
        var title = say.Text(
            "Settled ({state}): link from {page} to {target}",
            ("state", word), ("page", SubjectLine.Host(change.Page.Host)), ("target", SubjectLine.Host(change.Target.Host)));
        var cause = say.Count(
            facts.HeldBack,
            "The link changed back and forth and has now kept this state for {duration}. {count} change was held back meanwhile; its "
                + "alerts are sent again.",
            "The link changed back and forth and has now kept this state for {duration}. {count} changes were held back meanwhile; its "
                + "alerts are sent again.",
            ("duration", time.Write(facts.For)));
        var whole = links.Alert(project.Id, facts.AlertId);
        return new Letter
        {
            Subject = SubjectLine.Of(title, project.Name),
            ProjectName = say.Cut(project.Name, LetterWords.MaxProjectName),
            Tone = ChangeKindOf.ToneOf(kind),
            Title = title,
            Lead =
            [
                new(null, cause),
                .. facts.Stake is { } price && kind != ChangeKind.Recovered
                    ? [new LeadPart(say.Text("At stake"), $"{MoneyText.Of(price, say)}.")] : Array.Empty<LeadPart>(),
                .. new ConfirmationText(project, time).Of([change]),
            ],
            Buttons = stories.Buttons(LinkName.Of(change)),
            Sections = [new LetterSection { Stories = [stories.Tell(change, null)] }],
            Footer = [time.Note, LetterWords.Reason(say)],
            Whole = whole,
            Summary = SummaryWriter.Of(title, cause, [stories.TellShortly(change, null)], 1, whole),
            EventIds = [change.Id],
        };
    }
}
