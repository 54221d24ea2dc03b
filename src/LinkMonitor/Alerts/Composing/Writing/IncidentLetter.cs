using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter that tells an incident.</summary>
internal sealed class IncidentLetter
{
    private readonly IncidentFacts _facts;
    private readonly CommonTraits _common;
    private readonly ProjectTime _time;
    private readonly ChangeStoryWriter _stories;
    private readonly Uri? _whole;

    public IncidentLetter(IncidentFacts facts, PublicLinks links)
    {
        if (facts.Incident.Changes.Count == 0)
            throw new ArgumentException("An incident has at least one change.", nameof(facts));
        _facts = facts;
        _common = new CommonTraits(Order(facts));
        _time = new ProjectTime(facts.Project.TimeZone, Language.Of(facts.Project.Language));
        _stories = new ChangeStoryWriter(facts.Project, _time, links)
        {
            Stakes = facts.Stakes,
            Drafts = facts.Drafts,
            SaysAdvice = Advice is null,
        };
        _whole = links.Alert(facts.Project.Id, facts.AlertId);
    }

    private IReadOnlyList<LinkChange> Changes => _common.Changes;

    private Language Say => _time.Say;

    private bool IsAlone => Changes.Count == 1;

    /// <summary>Why it matters and what to do, where that is the same for all.</summary>
    private Advice? Advice => Changes.Select(change => ChangeStoryWriter.Advise(change.Transition, Say)).Distinct().ToList() is [var only]
        && (_common is { Kind: ChangeKind.Recovered or ChangeKind.NotFound } or { Code: not null })
            ? only
            : null;

    /// <param name="room">How much is reported; what is left out is only named by its number, and needs a public address.</param>
    public Letter Write(LetterRoom room) => new()
    {
        Subject = SubjectLine.Of(SubjectLine.Headline(_common, Say), _facts.Project.Name),
        ProjectName = Say.Cut(_facts.Project.Name, LetterWords.MaxProjectName),
        Tone = ChangeKindOf.ToneOf(_common.Worst),
        Title = SubjectLine.Headline(_common, Say),
        Overview = Overview.Of(_common, _facts.Stakes, _time),
        OverviewMore = IsAlone ? 0 : Math.Max(0, Changes.Count - Overview.MaxLines),
        Lead = [.. Lead(room)],
        Buttons =
            IsAlone
                ? _stories.Buttons(LinkName.Of(Changes[0]))
                : _whole is { } whole ? [new LetterButton(Say.Text("See everything"), whole.AbsoluteUri)] : [],
        Sections = Sections(room),
        Footer = [_time.Note, $"{Say.Text("A change is reported only after it is confirmed.")} {LetterWords.Reason(Say)}"],
        Whole = _whole,
        Summary = Summarize(),
        EventIds = [.. Changes.Select(change => change.Id)],
    };

    private IEnumerable<LeadPart> Lead(LetterRoom room)
    {
        yield return new LeadPart(null, LikelyCause.Of(_facts.Incident.Cause, _common, Say));
        if (_common.Worst != ChangeKind.Recovered && MoneyText.Sum(_facts.AtStake, Say) is { } money)
            yield return new LeadPart(Say.Text("At stake"), money);
        if (Advice is { } advice && _common.Worst != ChangeKind.Recovered)
        {
            yield return new LeadPart(Say.Text("Why it matters"), advice.Why);
            yield return new LeadPart(Say.Text("What to do"), advice.Todo);
        }

        foreach (var part in new ConfirmationText(_facts.Project, _time).Of(Changes))
            yield return part;
        if (Changes.Count > room.Full)
            yield return new LeadPart(null, Told(room));
    }

    private string Told(LetterRoom room) => Say.Text(
        "The first {shown} of {all} changes are shown with their evidence, {rest}.",
        ("shown", Say.Number(room.Full)), ("all", Say.Number(Changes.Count)), ("rest", Rest(room)));

    private string Rest(LetterRoom room) => Hidden(room) == 0
        ? Say.Text("the others in brief")
        : room.Short == 0
            ? Say.Text("all of them in your browser")
            : Say.Count(
                room.Short, "the next {count} in brief, all of them in your browser",
                "the next {count} in brief, all of them in your browser");

    // Without an address for the rest, nothing is left out, however long the mail gets.
    private int Hidden(LetterRoom room) => _whole is null ? 0 : Math.Max(0, Changes.Count - room.Full - room.Short);

    private List<LetterSection> Sections(LetterRoom room)
    {
        var shown = Changes.Count - Hidden(room);
        var gists = Changes.Select(change => ChangeStoryWriter.Gist(change.Transition, Say)).Distinct(StringComparer.Ordinal).Count();
        var targets = Changes.Select(change => change.Target.Href).Distinct(StringComparer.Ordinal).Count();
        var pages = new PageEvidence();
        var sections = Changes
            .Take(shown)
            .Select((change, position) => (Change: change, Position: position))
            .GroupBy(entry => ChangeKindOf.Of(entry.Change.Transition))
            .Select(group => new LetterSection
            {
                Heading = _common.Kind is null ? Heading(group.Key) : null,
                Tone = ChangeKindOf.ToneOf(group.Key),
                Stories =
                    [
                        .. group.Where(entry => entry.Position < room.Full)
                        .Select(entry => pages.Shorten(_stories.Tell(entry.Change, IsAlone ? null : entry.Position + 1))),
                    ],
                Rows =
                [
                    .. group.Where(entry => entry.Position >= room.Full)
                        .Select(entry => Brief(entry.Change, entry.Position + 1, gists > 1, targets > 1)),
                ],
            })
            .ToList();
        sections[^1] = sections[^1] with { More = Hidden(room), MoreAt = _whole };
        return sections;
    }

    // What is the same for all stands at the head of the mail; a hundred repetitions would only hide what differs.
    private LetterRow Brief(LinkChange change, int number, bool showsGist, bool showsTarget)
    {
        var row = _stories.TellShortly(change, number) with { ShowsTarget = showsTarget };
        return showsGist || _common.Kind is null ? row : row with { Head = "" };
    }

    private string Heading(ChangeKind kind) =>
        $"{ChangeKindOf.Word(kind, Say)} ({Say.Number(Changes.Count(change => ChangeKindOf.Of(change.Transition) == kind))})";

    private AlertSummary Summarize() => SummaryWriter.Of(
        SubjectLine.Headline(_common, Say),
        LikelyCause.Of(_facts.Incident.Cause, _common, Say),
        Changes.Select(change => _stories.TellShortly(change, null)),
        Changes.Count,
        _whole);

    // Paid placements come before others of their kind, so that none of them is among those that a long mail leaves out.
    private static List<LinkChange> Order(IncidentFacts facts) =>
    [
        .. facts.Incident.Changes
            .OrderBy(change => ChangeKindOf.Of(change.Transition))
            .ThenBy(change => facts.Stakes.ContainsKey(change.LinkId) ? 0 : 1)
            .ThenBy(change => change.Page.Host, StringComparer.Ordinal)
            .ThenBy(change => change.Page.Href, StringComparer.Ordinal)
            .ThenBy(change => change.Target.Href, StringComparer.Ordinal)
            .ThenBy(change => change.Id, StringComparer.Ordinal),
    ];
}

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
