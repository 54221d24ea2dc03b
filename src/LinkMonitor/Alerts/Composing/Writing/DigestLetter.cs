using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter that sums up a period.</summary>
internal sealed class DigestLetter(DigestFacts matter, PublicLinks links)
{
    private readonly ProjectTime _time = new(matter.Project.TimeZone, Language.Of(matter.Project.Language));
    private readonly Uri? _whole = links.Alert(matter.Project.Id, matter.AlertId);

    private Language Say => _time.Say;

    private ChangeStoryWriter Telling => new(matter.Project, _time, links) { Stakes = matter.Stakes };

    private int Total => matter.Totals.Values.Sum();

    private int ChangeCount => Math.Max(matter.ChangeCount, matter.Changes.Count);

    private string Name => (matter.To - matter.From).TotalDays switch
    {
        < 1.5 => Say.Text("Daily digest"),
        > 6 and < 8 => Say.Text("Weekly digest"),
        _ => Say.Text("Digest"),
    };

    private string News => ChangeCount == 0 ? Say.Text("nothing changed") : ChangeCount > matter.Changes.Count
        ? Say.Count(ChangeCount, "{count} change", "{count} changes")
        : SubjectLine.Counts(matter.Changes.Select(change => ChangeKindOf.Of(change.Transition)), Say);

    private string Standing => Shortly + NotSeen;

    // What is not said would be taken for seen.
    private string NotSeen => matter.LiveNotSeen == 0
        ? ""
        : ", "
            + Say.Count(matter.LiveNotSeen, "{count} of these not seen at the last check", "{count} of these not seen at the last check");

    private string Shortly => Say.Count(
        Of(LinkState.Live), "{count} of {links} is as expected", "{count} of {links} are as expected",
        ("links", LetterWords.Links(Total, Say)));

    private Tone Mood => matter.Changes.Count == 0
        ? Tone.Plain
        : ChangeKindOf.ToneOf(matter.Changes.Min(change => ChangeKindOf.Of(change.Transition)));

    /// <param name="room">Each list gets as many rows as there is room in short.</param>
    public Letter Write(LetterRoom room)
    {
        // Without an address for the rest, nothing is left out.
        room = _whole is null ? LetterRoom.Unbounded : room;
        List<LetterSection> sections = [.. Changed(room), Open(room), Unverifiable(room), Terms(room)];
        return new Letter
        {
            Subject = SubjectLine.Of($"{Name}: {News}, {Shortly}", matter.Project.Name),
            ProjectName = Say.Cut(matter.Project.Name, LetterWords.MaxProjectName),
            Tone = Mood,
            Title = $"{Name}: {News}",
            Lead = [.. Lead()],
            Facts = [.. Facts()],
            Buttons = _whole is { } url ? [new LetterButton(Say.Text("See everything"), url.AbsoluteUri)] : [],
            Sections = [.. sections.Where(section => section.Rows.Count > 0 || section.More > 0)],
            Footer =
            [
                _time.Note,
                matter.Next is { } next
                    ? Say.Text("The next digest comes on {time}.", ("time", _time.Write(next)))
                    : Say.Text("No further digest is planned."),
                LetterWords.Reason(Say),
            ],
            Whole = _whole,
            Summary = Summarize(),
            EventIds = [.. Ordered.Select(change => change.Id)],
        };
    }

    private IEnumerable<LinkChange> Ordered => matter.Changes
        .OrderBy(change => ChangeKindOf.Of(change.Transition))
        .ThenByDescending(change => change.Transition.At)
        .ThenBy(change => change.Id, StringComparer.Ordinal);

    private int Of(LinkState state) => matter.Totals.GetValueOrDefault(state);

    private IEnumerable<LeadPart> Lead()
    {
        yield return new LeadPart(
            null, $"{Say.Text("From {from} to {to}.", ("from", _time.Write(matter.From)), ("to", _time.Write(matter.To)))} {Standing}.");
        if (MoneyText.Sum(matter.OpenStakes, Say) is { } money)
            yield return new LeadPart(Say.Text("At stake"), money);
    }

    private IEnumerable<LabelledValue> Facts()
    {
        (LinkState State, string Label)[] states =
        [
            (LinkState.Live, Say.Text("Live")), (LinkState.Changed, Say.Text("Changed")), (LinkState.Lost, Say.Text("Lost")),
            (LinkState.NotFound, Say.Text("Not found")), (LinkState.Unreachable, Say.Text("Unreachable")),
            (LinkState.Pending, Say.Text("Not checked yet")),
        ];
        foreach (var (state, label) in states.Where(entry => entry.State == LinkState.Live || Of(entry.State) > 0))
            yield return new LabelledValue(label, Say.Number(Of(state)));
        if (matter.Muted > 0)
            yield return new LabelledValue(
                Say.Text("Muted"), Say.Text("{links}, reported here only", ("links", LetterWords.Links(matter.Muted, Say))));
    }

    private List<LetterSection> Changed(LetterRoom room)
    {
        var shown = Ordered.Take(room.Short).ToList();
        var sections = shown
            .GroupBy(change => ChangeKindOf.Of(change.Transition))
            .Select(group => new LetterSection
            {
                Heading = Say.Text(
                    "{state} in this period ({count})", ("state", ChangeKindOf.Word(group.Key, Say)),
                    ("count", Say.Number(CountOf(group.Key)))),
                Tone = ChangeKindOf.ToneOf(group.Key),
                Rows =
                    [
                        .. group.Select(
                            change =>
                                Telling.TellShortly(
                                    change, null) with { Head = LetterWords.Capital(ChangeStoryWriter.Gist(change.Transition, Say)) }),
                    ],
            })
            .ToList();
        if (sections.Count > 0)
            sections[^1] = sections[^1] with { More = Math.Max(0, ChangeCount - shown.Count), MoreAt = _whole };
        return sections;
    }

    private int CountOf(ChangeKind kind) => matter.ChangesTo.Count > 0
        ? matter.ChangesTo.Where(count => ChangeKindOf.Of(count.Key) == kind).Sum(count => count.Value)
        : matter.Changes.Count(change => ChangeKindOf.Of(change.Transition) == kind);

    private LetterSection Open(LetterRoom room) => DigestLists.Section(
        Say.Text("Still open"), Tone.Warning, matter.OpenCount, _whole, Say,
        [
            .. matter.Open
                .OrderBy(open => ChangeKindOf.Of(open.State))
                .ThenByDescending(open => open.Since)
                .ThenBy(open => open.Link.Id.Value, StringComparer.Ordinal)
                .Select(open => DigestLists.Row(open, matter, _time, links)),
        ], room);

    private LetterSection Unverifiable(LetterRoom room) => DigestLists.Section(
        Say.Text("Cannot be checked"), Tone.Unknown, matter.UnverifiableCount, _whole, Say,
        [
            .. matter.Unverifiable
                .OrderBy(link => link.LastSeen ?? DateTimeOffset.MinValue).ThenBy(link => link.Link.Id.Value, StringComparer.Ordinal)
                .Select(link => DigestLists.Row(link, matter, _time, links)),
        ], room) with
    { Note = Say.Text("Our checks cannot read these pages; the links may well be there. Look at them in your browser now and then.") };

    private LetterSection Terms(LetterRoom room) => DigestLists.Section(
        Say.Text("Terms that end"), Tone.Plain, matter.TermsCount, _whole, Say,
        [.. TermsLetter.Order(matter.Terms).Select(entry => TermsLetter.Row(entry, matter.Project.Id, links, Say, true))], room);

    private AlertSummary Summarize()
    {
        List<SummaryLine> lines =
        [
            .. Ordered.Select(change => SummaryLineWriter.Of(Telling.TellShortly(change, null))),
            .. TermsLetter.Order(matter.Terms)
            .Select(entry => SummaryLineWriter.Of(TermsLetter.Row(entry, matter.Project.Id, links, Say, true))),
        ];
        return new AlertSummary
        {
            Headline = WebText.Short($"{Name}: {News}", AlertSummary.MaxHeadline),
            Cause = WebText.Short(
                Say.Text(
                    "{standing}; {links} still open, {unverifiable} that cannot be checked.",
                    ("standing", Standing),
                    ("links", LetterWords.Links(Math.Max(matter.OpenCount, matter.Open.Count), Say)),
                    ("unverifiable", Say.Number(Math.Max(matter.UnverifiableCount, matter.Unverifiable.Count)))),
                AlertSummary.MaxCause),
            Lines = [.. lines.Take(AlertSummary.MaxLines)],
            More = Math.Max(0, ChangeCount + Math.Max(matter.TermsCount, matter.Terms.Count) - AlertSummary.MaxLines),
            Details = _whole,
        };
    }
}
