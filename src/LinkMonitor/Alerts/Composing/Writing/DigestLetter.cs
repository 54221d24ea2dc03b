using System.Globalization;
using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter that sums up a period.</summary>
internal sealed class DigestLetter(DigestMatter matter, PublicLinks links)
{
    private readonly ProjectTime _time = new(matter.Project.TimeZone);
    private readonly Uri? _whole = links.Alert(matter.Project.Id, matter.AlertId);

    private StoryTelling Telling => new(matter.Project, _time, links) { Stakes = matter.Stakes };

    private int Total => matter.Totals.Values.Sum();

    private int ChangeCount => Math.Max(matter.ChangeCount, matter.Changes.Count);

    private string Name => (matter.To - matter.From).TotalDays switch
    {
        < 1.5 => "Daily digest",
        > 6 and < 8 => "Weekly digest",
        _ => "Digest",
    };

    private string News => ChangeCount == 0 ? "nothing changed" : ChangeCount > matter.Changes.Count
        ? LetterWords.Count(ChangeCount, "change", "changes")
        : SubjectLine.Counts(matter.Changes.Select(change => ChangeKinds.Of(change.Transition)));

    private string Standing => Shortly + NotSeen;

    // What is not said would be taken for seen.
    private string NotSeen => matter.LiveNotSeen == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", {matter.LiveNotSeen:N0} of these not seen at the last look");

    private string Shortly => string.Create(CultureInfo.InvariantCulture,
        $"{Of(LinkState.Live):N0} of {LetterWords.Links(Total)} {(Of(LinkState.Live) == 1 ? "is" : "are")} as expected");

    private Tone Mood => matter.Changes.Count == 0
        ? Tone.Plain
        : ChangeKinds.ToneOf(matter.Changes.Min(change => ChangeKinds.Of(change.Transition)));

    /// <param name="room">Each list gets as many rows as there is room in short.</param>
    public Letter Write(LetterRoom room)
    {
        // Without an address for the rest, nothing is left out.
        room = _whole is null ? LetterRoom.Unbounded : room;
        List<LetterSection> sections = [.. Changed(room), Open(room), Unverifiable(room), Terms(room)];
        return new Letter
        {
            Subject = SubjectLine.Of($"{Name}: {News}, {Shortly}", matter.Project.Name),
            ProjectName = WebText.Cut(matter.Project.Name, LetterWords.MaxProjectName),
            Tone = Mood,
            Title = $"{Name}: {News}",
            Lead = [.. Lead()],
            Facts = [.. Facts()],
            Buttons = _whole is { } url ? [new LetterButton("See all of it", url.AbsoluteUri)] : [],
            Sections = [.. sections.Where(section => section.Rows.Count > 0 || section.More > 0)],
            Footer =
            [
                _time.Note,
                matter.Next is { } next ? $"The next digest comes on {_time.Write(next)}." : "No further digest is planned.",
                LetterWords.Reason,
            ],
            Whole = _whole,
            Summary = Summarize(),
            EventIds = [.. Ordered.Select(change => change.Id)],
        };
    }

    private IEnumerable<LinkChange> Ordered => matter.Changes
        .OrderBy(change => ChangeKinds.Of(change.Transition))
        .ThenByDescending(change => change.Transition.At)
        .ThenBy(change => change.Id, StringComparer.Ordinal);

    private int Of(LinkState state) => matter.Totals.GetValueOrDefault(state);

    private IEnumerable<LeadPart> Lead()
    {
        yield return new LeadPart(null, $"From {_time.Write(matter.From)} to {_time.Write(matter.To)}. {Standing}.");
        if (Money.Sum(matter.OpenStakes) is { } money)
            yield return new LeadPart("At stake", money);
    }

    private IEnumerable<Fact> Facts()
    {
        (LinkState State, string Label)[] states =
        [
            (LinkState.Live, "Live"), (LinkState.Changed, "Changed"), (LinkState.Lost, "Lost"), (LinkState.NotFound, "Not found"),
            (LinkState.Unreachable, "Unreachable"), (LinkState.Pending, "Not checked yet"),
        ];
        foreach (var (state, label) in states.Where(entry => entry.State == LinkState.Live || Of(entry.State) > 0))
            yield return new Fact(label, Number(Of(state)));
        if (matter.Muted > 0)
            yield return new Fact("Muted", $"{LetterWords.Links(matter.Muted)}, told here only");
    }

    private List<LetterSection> Changed(LetterRoom room)
    {
        var shown = Ordered.Take(room.Short).ToList();
        var sections = shown
            .GroupBy(change => ChangeKinds.Of(change.Transition))
            .Select(group => new LetterSection
            {
                Heading = $"{ChangeKinds.Word(group.Key)} in this period ({Number(CountOf(group.Key))})",
                Tone = ChangeKinds.ToneOf(group.Key),
                Rows = [.. group.Select(change => Telling.TellShortly(change, null) with { Head = LetterWords.Capital(StoryTelling.Gist(change.Transition)) })],
            })
            .ToList();
        if (sections.Count > 0)
            sections[^1] = sections[^1] with { More = Math.Max(0, ChangeCount - shown.Count), MoreAt = _whole };
        return sections;
    }

    private int CountOf(ChangeKind kind) => matter.ChangesTo.Count > 0
        ? matter.ChangesTo.Where(count => ChangeKinds.Of(count.Key) == kind).Sum(count => count.Value)
        : matter.Changes.Count(change => ChangeKinds.Of(change.Transition) == kind);

    private LetterSection Open(LetterRoom room) => DigestLists.Section(
        "Still open", Tone.Warning, matter.OpenCount, _whole,
        [
            .. matter.Open
                .OrderBy(open => ChangeKinds.Of(open.State)).ThenByDescending(open => open.Since).ThenBy(open => open.Link.Id.Value, StringComparer.Ordinal)
                .Select(open => DigestLists.Row(open, matter, _time, links)),
        ], room);

    private LetterSection Unverifiable(LetterRoom room) => DigestLists.Section(
        "Cannot be checked", Tone.Unknown, matter.UnverifiableCount, _whole,
        [
            .. matter.Unverifiable
                .OrderBy(link => link.LastSeen ?? DateTimeOffset.MinValue).ThenBy(link => link.Link.Id.Value, StringComparer.Ordinal)
                .Select(link => DigestLists.Row(link, matter, _time, links)),
        ], room) with
    { Note = "Our checks cannot read these pages; the links may well be there. Look at them in your browser now and then." };

    private LetterSection Terms(LetterRoom room) => DigestLists.Section(
        "Terms that end", Tone.Plain, matter.TermsCount, _whole, [.. TermsLetter.Order(matter.Terms).Select(entry => TermsLetter.Row(entry, matter.Project.Id, links, true))], room);

    private AlertSummary Summarize()
    {
        List<SummaryLine> lines =
        [
            .. Ordered.Select(change => SummaryLines.Of(Telling.TellShortly(change, null))),
            .. TermsLetter.Order(matter.Terms).Select(entry => SummaryLines.Of(TermsLetter.Row(entry, matter.Project.Id, links, true))),
        ];
        return new AlertSummary
        {
            Headline = WebText.Short($"{Name}: {News}", AlertSummary.MaxHeadline),
            Cause = WebText.Short(
                $"{Standing}; {LetterWords.Links(Math.Max(matter.OpenCount, matter.Open.Count))} still open, "
                + $"{Number(Math.Max(matter.UnverifiableCount, matter.Unverifiable.Count))} that cannot be checked.", AlertSummary.MaxCause),
            Lines = [.. lines.Take(AlertSummary.MaxLines)],
            More = Math.Max(0, ChangeCount + Math.Max(matter.TermsCount, matter.Terms.Count) - AlertSummary.MaxLines),
            Details = _whole,
        };
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
