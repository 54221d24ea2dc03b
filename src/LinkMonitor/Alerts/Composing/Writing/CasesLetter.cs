using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Sharing;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter that reminds of cases.</summary>
internal sealed class CasesLetter
{
    private const int MaxName = 100;

    private readonly CasesFacts _facts;
    private readonly PublicLinks _links;
    private readonly Uri? _whole;
    private readonly Language _say;

    public CasesLetter(CasesFacts facts, PublicLinks links)
    {
        if (facts.Events.Count == 0)
            throw new ArgumentException("A reminder of cases has at least one event.", nameof(facts));
        (_facts, _links) = (facts, links);
        _say = Language.Of(facts.Project.Language);
        _whole = links.Alert(facts.Project.Id, facts.AlertId);
    }

    /// <param name="room">So many cases get a row as there is room in short.</param>
    public Letter Write(LetterRoom room)
    {
        List<DueCase> events =
            [.. _facts.Events.OrderBy(entry => entry.DaysLeft).ThenBy(entry => entry.Link.Page.Href, StringComparer.Ordinal)];
        List<DueCase> shown = _whole is null ? events : [.. events.Take(room.Short)];
        var headline = Headline(events);
        return new Letter
        {
            Subject = SubjectLine.Of(headline, _facts.Project.Name),
            ProjectName = _say.Cut(_facts.Project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Plain,
            Title = headline,
            Lead =
            [
                new LeadPart(
                    _say.Text("What to do"),
                    _say.Text("See whether the page's owner kept their word, and close the case or give it another day.")),
            ],
            Sections =
            [
                new LetterSection
                {
                    Heading = _say.Text("Cases"),
                    Tone = Tone.Warning,
                    Rows = [.. shown.Select(Row)],
                    More = events.Count - shown.Count,
                    MoreAt = _whole,
                },
            ],
            Footer = [LetterWords.Reason(_say)],
            Whole = _whole,
            Summary = SummaryWriter.Of(headline, null, events.Select(Row), events.Count, _whole),
        };
    }

    private LetterRow Row(DueCase entry) => new()
    {
        Tone = Tone.Warning,
        Head = $"{LetterWords.Capital(When(entry))} ({entry.Day.ToString(_say.Text("ddd d MMM yyyy"), _say.Manner)})",
        Link = entry.Link,
        Notes =
        [
            _say.Text("The link is {state} now", ("state", StateWords.Word(entry.State, _say))),
            entry.Owner is { } owner
                ? $"{_say.Text("Owner of the case")}: {WebText.Short(owner, MaxName)}" : _say.Text("Nobody owns the case"),
        ],
        Details = _links.Link(_facts.Project.Id, entry.Link.Id),
    };

    private string Headline(List<DueCase> events) => events.Count == 1
        ? _say.Text("Case: {host} {when}", ("host", SubjectLine.Host(events[0].Link.Page.Host)), ("when", When(events[0])))
        : _say.Count(events.Count, "{count} case has reached its day", "{count} cases have reached their day");

    private string When(DueCase entry) => (entry.IsPromise, entry.DaysLeft) switch
    {
        (true, >= 0) => _say.Text("was promised for today"),
        (true, -1) => _say.Text("was promised for yesterday"),
        (true, _) => _say.Count(
            -entry.DaysLeft, "passed its promised day {count} day ago", "passed its promised day {count} days ago"),
        (false, >= 0) => _say.Text("is due today"),
        (false, -1) => _say.Text("was due yesterday"),
        _ => _say.Count(-entry.DaysLeft, "was due {count} day ago", "was due {count} days ago"),
    };
}
