using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter about a link that changes back and forth.</summary>
internal static class UnstableLetter
{
    private const int MaxRows = 20;

    public static Letter Write(UnstableFacts facts, PublicLinks links)
    {
        if (facts.Changes.Count == 0)
            throw new ArgumentException("An unstable link has at least one change.", nameof(facts));
        var (project, link, say) = (facts.Project, facts.Link, Language.Of(facts.Project.Language));
        var time = new ProjectTime(project.TimeZone, say);
        var stories = new ChangeStoryWriter(project, time, links);
        var times = say.Count(
            facts.Count, "{count} time in {duration}", "{count} times in {duration}", ("duration", time.Write(facts.Window)));
        var title = say.Text(
            "Unstable: link from {page} to {target} changed {times}",
            ("page", SubjectLine.Host(link.Page.Host)), ("target", SubjectLine.Host(link.Target.Host)), ("times", times));
        var cause = say.Text(
            "The link changes back and forth, {times}. Usual causes: servers that do not agree, a rotating block of links, or a page "
                + "that is still being edited.",
            ("times", times));
        var whole = links.Alert(project.Id, facts.AlertId);
        return new Letter
        {
            Subject = SubjectLine.Of(title, project.Name),
            ProjectName = say.Cut(project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Warning,
            Title = title,
            Lead = [.. Lead(facts, cause, time)],
            Facts =
            [
                new(say.Text("Page"), say.Cut(link.Page.Href, EvidenceTable.MaxUrl)),
                new(say.Text("Target"), say.Cut(link.Target.Href, EvidenceTable.MaxUrl)),
            ],
            Buttons = stories.Buttons(link),
            Sections = [Section(facts, links, time)],
            Footer = [time.Note, LetterWords.Reason(say)],
            Whole = whole,
            Summary = SummaryWriter.Of(title, cause, [Last(facts, links, say)], 1, whole),
            EventIds = [.. facts.Changes.Select(change => change.Id)],
        };
    }

    private static IEnumerable<LeadPart> Lead(UnstableFacts facts, string cause, ProjectTime time)
    {
        var say = time.Say;
        yield return new LeadPart(null, cause);
        if (facts.Stake is { } stake)
            yield return new LeadPart(say.Text("At stake"), $"{MoneyText.Of(stake, say)}.");
        yield return new LeadPart(
            say.Text("What happens now"),
            say.Text(
                "We hold back this link's alerts and continue to check it. We report it again when it has kept one state for {duration}.",
                ("duration", time.Write(facts.SettlesAfter))));
        yield return new LeadPart(
            say.Text("What to do"),
            say.Text(
                "Load the page a few times in your browser. If the link comes and goes, ask the site's owner which version is "
                    + "the right one."));
    }

    private static LetterSection Section(UnstableFacts facts, PublicLinks links, ProjectTime time)
    {
        List<LetterRow> rows = [.. facts.Changes.Reverse().Take(MaxRows).Select(change => Row(change, time))];
        return new LetterSection
        {
            Heading = time.Say.Text("Its changes, newest first"),
            Rows = rows,
            More = facts.Count - rows.Count,
            MoreAt = links.Link(facts.Project.Id, facts.Link.Id),
        };
    }

    private static LetterRow Last(UnstableFacts facts, PublicLinks links, Language say) => new()
    {
        Tone = Tone.Warning,
        Head = $"{say.Text("Unstable")}: {ChangeStoryWriter.Gist(facts.Changes[^1].Transition, say)}",
        Link = facts.Link,
        Details = links.Link(facts.Project.Id, facts.Link.Id),
    };

    private static LetterRow Row(LinkChange change, ProjectTime time) => new()
    {
        Tone = ChangeKindOf.ToneOf(ChangeKindOf.Of(change.Transition)),
        Head = $"{StateWords.Move(change.Transition, time.Say)}: {ChangeStoryWriter.Gist(change.Transition, time.Say)}",
        Notes = [time.Write(change.Transition.At)],
    };
}

/// <summary>Makes the few lines of chats from what mails say.</summary>
internal static class SummaryWriter
{
    /// <summary>An alert that is about no links.</summary>
    public static AlertSummary Of(string headline, string? cause) => Of(headline, cause, [], 0, null);

    /// <param name="rows">The worst first; what is beyond the room is not asked for.</param>
    /// <param name="count">How many rows there are in all.</param>
    /// <param name="details">All of it; null without a public address.</param>
    public static AlertSummary Of(string headline, string? cause, IEnumerable<LetterRow> rows, int count, Uri? details) => new()
    {
        Headline = WebText.Short(headline, AlertSummary.MaxHeadline),
        Cause = cause is null ? null : WebText.Short(cause, AlertSummary.MaxCause),
        Lines = [.. rows.Take(AlertSummary.MaxLines).Select(Line)],
        More = Math.Max(0, count - AlertSummary.MaxLines),
        Details = details,
    };

    // The part of the head before the colon is the word, and what follows the gist.
    private static SummaryLine Line(LetterRow row)
    {
        var colon = row.Head.IndexOf(": ", StringComparison.Ordinal);
        var (word, gist) = colon < 0 ? (row.Head, string.Join("; ", row.Notes)) : (row.Head[..colon], row.Head[(colon + 2)..]);
        return new SummaryLine(
            Short(ToneStyle.Marked(row.Tone, word)),
            Short(gist),
            row.Link is { Page.IsHttp: true } link ? new Uri(link.Page.Href) : null,
            Short(row.Link?.Page.Href ?? ""),
            Short(row.Link?.Target.Href ?? ""),
            row.Details);
    }

    private static string Short(string text) => WebText.Short(text, SummaryLine.MaxText);
}
