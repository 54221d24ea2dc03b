using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter that sums up a period.</summary>
internal sealed class DigestLetter(DigestFacts facts, PublicLinks links)
{
    private readonly ProjectTime _time = new(facts.Project.TimeZone, Language.Of(facts.Project.Language));
    private readonly Uri? _whole = links.Alert(facts.Project.Id, facts.AlertId);

    private Language Say => _time.Say;

    private ChangeStoryWriter Stories => new(facts.Project, _time, links) { Stakes = facts.Stakes };

    private int Total => facts.Totals.Values.Sum();

    private int ChangeCount => Math.Max(facts.ChangeCount, facts.Changes.Count);

    private string Name => (facts.To - facts.From).TotalDays switch
    {
        < 1.5 => Say.Text("Daily digest"),
        > 6 and < 8 => Say.Text("Weekly digest"),
        _ => Say.Text("Digest"),
    };

    private string News => ChangeCount == 0 ? Say.Text("nothing changed") : ChangeCount > facts.Changes.Count
        ? Say.Count(ChangeCount, "{count} change", "{count} changes")
        : SubjectLine.Counts(facts.Changes.Select(change => ChangeKindOf.Of(change.Transition)), Say);

    private string Standing => Shortly + NotSeen;

    // What is not said would be taken for seen.
    private string NotSeen => facts.LiveNotSeen == 0
        ? ""
        : ", "
            + Say.Count(facts.LiveNotSeen, "{count} of these not seen at the last check", "{count} of these not seen at the last check");

    private string Shortly => Say.Count(
        Of(LinkState.Live), "{count} of {links} is as expected", "{count} of {links} are as expected",
        ("links", LetterWords.Links(Total, Say)));

    private Tone Mood => facts.Changes.Count == 0
        ? Tone.Plain
        : ChangeKindOf.ToneOf(facts.Changes.Min(change => ChangeKindOf.Of(change.Transition)));

    /// <param name="room">Each list gets as many rows as there is room in short.</param>
    public Letter Write(LetterRoom room)
    {
        // Without an address for the rest, nothing is left out.
        room = _whole is null ? LetterRoom.Unbounded : room;
        List<LetterSection> sections = [.. Changed(room), Open(room), Unverifiable(room), Terms(room)];
        return new Letter
        {
            Subject = SubjectLine.Of($"{Name}: {News}, {Shortly}", facts.Project.Name),
            ProjectName = Say.Cut(facts.Project.Name, LetterWords.MaxProjectName),
            Tone = Mood,
            Title = $"{Name}: {News}",
            Lead = [.. Lead()],
            Facts = [.. Facts()],
            Buttons = _whole is { } url ? [new LetterButton(Say.Text("See everything"), url.AbsoluteUri)] : [],
            Sections = [.. sections.Where(section => section.Rows.Count > 0 || section.More > 0)],
            Footer =
            [
                _time.Note,
                facts.Next is { } next
                    ? Say.Text("The next digest comes on {time}.", ("time", _time.Write(next)))
                    : Say.Text("No further digest is planned."),
                LetterWords.Reason(Say),
            ],
            Whole = _whole,
            Summary = Summarize(),
            EventIds = [.. Ordered.Select(change => change.Id)],
        };
    }

    private IEnumerable<LinkChange> Ordered => facts.Changes
        .OrderBy(change => ChangeKindOf.Of(change.Transition))
        .ThenByDescending(change => change.Transition.At)
        .ThenBy(change => change.Id, StringComparer.Ordinal);

    private int Of(LinkState state) => facts.Totals.GetValueOrDefault(state);

    private IEnumerable<LeadPart> Lead()
    {
        yield return new LeadPart(
            null, $"{Say.Text("From {from} to {to}.", ("from", _time.Write(facts.From)), ("to", _time.Write(facts.To)))} {Standing}.");
        if (MoneyText.Sum(facts.OpenStakes, Say) is { } money)
            yield return new LeadPart(Say.Text("At stake"), money);
        if (LeftOut() is { Length: > 0 } left)
            yield return new LeadPart(Say.Text("Left out"), left);
    }

    // What is not said would be taken for nothing.
    private string LeftOut() => string.Join(' ', new[]
    {
        facts.UnreadableLinks == 0 ? "" : Say.Count(
            facts.UnreadableLinks, "{count} link whose stored row cannot be read is in no count here.",
            "{count} links whose stored rows cannot be read are in no count here."),
        facts.UnreadableChanges == 0 ? "" : Say.Count(
            facts.UnreadableChanges, "{count} change of the period cannot be read; it may be of any link.",
            "{count} changes of the period cannot be read; they may be of any links."),
        facts.UnreadableLinks + facts.UnreadableChanges == 0 ? "" : Say.Text("An administrator finds them under System, Set aside."),
    }.Where(sentence => sentence.Length > 0));

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
        if (facts.Muted > 0)
            yield return new LabelledValue(
                Say.Text("Muted"), Say.Text("{links}, reported here only", ("links", LetterWords.Links(facts.Muted, Say))));
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
                                Stories.TellShortly(
                                    change, null) with { Head = LetterWords.Capital(ChangeStoryWriter.Gist(change.Transition, Say)) }),
                    ],
            })
            .ToList();
        if (sections.Count > 0)
            sections[^1] = sections[^1] with { More = Math.Max(0, ChangeCount - shown.Count), MoreAt = _whole };
        return sections;
    }

    private int CountOf(ChangeKind kind) => facts.ChangesTo.Count > 0
        ? facts.ChangesTo.Where(count => ChangeKindOf.Of(count.Key) == kind).Sum(count => count.Value)
        : facts.Changes.Count(change => ChangeKindOf.Of(change.Transition) == kind);

    private LetterSection Open(LetterRoom room) => DigestLists.Section(
        Say.Text("Still open"), Tone.Warning, facts.OpenCount, _whole, Say,
        [
            .. facts.Open
                .OrderBy(open => ChangeKindOf.Of(open.State))
                .ThenByDescending(open => open.Since)
                .ThenBy(open => open.Link.Id.Value, StringComparer.Ordinal)
                .Select(open => DigestLists.Row(open, facts, _time, links)),
        ], room);

    private LetterSection Unverifiable(LetterRoom room) => DigestLists.Section(
        Say.Text("Cannot be checked"), Tone.Unknown, facts.UnverifiableCount, _whole, Say,
        [
            .. facts.Unverifiable
                .OrderBy(link => link.LastSeen ?? DateTimeOffset.MinValue).ThenBy(link => link.Link.Id.Value, StringComparer.Ordinal)
                .Select(link => DigestLists.Row(link, facts, _time, links)),
        ], room) with
    { Note = Say.Text("Our checks cannot read these pages; the links may well be there. Look at them in your browser now and then.") };

    private LetterSection Terms(LetterRoom room) => DigestLists.Section(
        Say.Text("Terms that end"), Tone.Plain, facts.TermsCount, _whole, Say,
        [.. TermsLetter.Order(facts.Terms).Select(entry => TermsLetter.Row(entry, facts.Project.Id, links, Say, true))], room);

    private AlertSummary Summarize() => SummaryWriter.Of(
        $"{Name}: {News}",
        Say.Text(
            "{standing}; {links} still open, {unverifiable} that cannot be checked.",
            ("standing", Standing),
            ("links", LetterWords.Links(Math.Max(facts.OpenCount, facts.Open.Count), Say)),
            ("unverifiable", Say.Number(Math.Max(facts.UnverifiableCount, facts.Unverifiable.Count)))),
        Ordered.Select(change => Stories.TellShortly(change, null)).Concat(
            TermsLetter.Order(facts.Terms).Select(entry => TermsLetter.Row(entry, facts.Project.Id, links, Say, true))),
        ChangeCount + Math.Max(facts.TermsCount, facts.Terms.Count),
        _whole);
}

/// <summary>The lists of a digest.</summary>
internal static class DigestLists
{
    /// <param name="count">Of all there are, where the caller gave not all.</param>
    public static LetterSection Section(
        string heading, Tone tone, int count, Uri? whole, Language say, IReadOnlyList<LetterRow> rows, LetterRoom room)
    {
        var all = Math.Max(count, rows.Count);
        var shown = rows.Take(room.Short).ToList();
        return new LetterSection
        {
            Heading = $"{heading} ({say.Number(all)})",
            Tone = tone,
            Rows = shown,
            More = all - shown.Count,
            MoreAt = whole,
        };
    }

    public static LetterRow Row(DeviatingLink open, DigestFacts facts, ProjectTime time, PublicLinks links)
    {
        var say = time.Say;
        var kind = ChangeKindOf.Of(open.State);
        var word = open.State == LinkState.Pending ? say.Text("Not checked yet") : ChangeKindOf.Word(kind, say);
        var why = string.Join("; ", open.Reasons.Select(reason => ChangeStoryWriter.Brief(reason, kind, say)));
        return new LetterRow
        {
            Tone = ChangeKindOf.ToneOf(kind),
            Head = why.Length > 0 ? $"{word}: {why}" : word,
            Link = open.Link,
            Notes =
            [
                say.Text("For {duration}, since {time}", ("duration", time.Write(facts.To - open.Since)), ("time", time.Write(open.Since))),
                .. facts.Stakes.TryGetValue(open.Link.Id, out var stake) ? [MoneyText.Of(stake, say)] : Array.Empty<string>(),
            ],
            Details = links.Link(facts.Project.Id, open.Link.Id),
        };
    }

    public static LetterRow Row(UnverifiableLink link, DigestFacts facts, ProjectTime time, PublicLinks links) => new()
    {
        Tone = Tone.Unknown,
        Head = $"{time.Say.Text("Cannot be checked")}: {ReasonWords.Label(link.Why, time.Say)}",
        Link = link.Link,
        Notes = [link.LastSeen is { } seen
            ? time.Say.Text("Link last seen {time}", ("time", time.Write(seen)))
            : time.Say.Text("No check has seen the link")],
        Details = links.Link(facts.Project.Id, link.Link.Id),
    };
}
