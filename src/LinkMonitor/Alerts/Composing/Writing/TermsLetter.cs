using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter that reminds of terms.</summary>
internal sealed class TermsLetter
{
    private const int MaxName = 100;

    private readonly TermsFacts _facts;
    private readonly PublicLinks _links;
    private readonly Uri? _whole;
    private readonly Language _say;

    public TermsLetter(TermsFacts facts, PublicLinks links)
    {
        if (facts.Events.Count == 0)
            throw new ArgumentException("A reminder of terms has at least one event.", nameof(facts));
        (_facts, _links) = (facts, links);
        _say = Language.Of(facts.Project.Language);
        _whole = links.Alert(facts.Project.Id, facts.AlertId);
    }

    /// <param name="room">So many events get a row as there is room in short.</param>
    public Letter Write(LetterRoom room)
    {
        var events = Order(_facts.Events);
        var shown = _whole is null ? events : [.. events.Take(room.Short)];
        var sections = shown.GroupBy(Stage).Select(Section).ToList();
        sections[^1] = sections[^1] with { More = events.Count - shown.Count, MoreAt = _whole };
        return new Letter
        {
            Subject = SubjectLine.Of(Headline(events, _say), _facts.Project.Name),
            ProjectName = _say.Cut(_facts.Project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Plain,
            Title = Headline(events, _say),
            Lead = [.. Lead(events, _say)],
            Sections = sections,
            Footer = [LetterWords.Reason(_say)],
            Whole = _whole,
            Summary = SummaryWriter.Of(
                Headline(events, _say),
                MoneyText.Sum(CostSum.Of(events.Select(entry => entry.Stake).OfType<LinkCost>()), _say),
                events.Select(entry => Row(entry, _facts.Project.Id, _links, _say, true)),
                events.Count,
                _whole),
        };
    }

    /// <summary>The most urgent first.</summary>
    public static IReadOnlyList<DueTerm> Order(IEnumerable<DueTerm> events) =>
        [
            .. events.OrderBy(Stage)
            .ThenBy(entry => entry.DaysLeft)
            .ThenBy(entry => entry.Link.Page.Href, StringComparer.Ordinal)
            .ThenBy(entry => entry.Link.Id.Value, StringComparer.Ordinal),
        ];

    /// <param name="saysWhat">Whether the row says what it is, because no heading does.</param>
    public static LetterRow Row(DueTerm entry, ProjectId project, PublicLinks links, Language say, bool saysWhat)
    {
        var when = $"{When(entry, say)} ({entry.End.ToString(say.Text("ddd d MMM yyyy"), say.Manner)})";
        return new LetterRow
        {
            Tone = saysWhat ? ToneOf(Stage(entry)) : Tone.Plain,
            Head = !saysWhat
                ? LetterWords.Capital(when)
                : Stage(entry) == TermsStage.EndedButLive
                    ? say.Text("Terms: {when}, but the link is still live", ("when", when))
                    : say.Text("Terms: {when}", ("when", when)),
            Link = entry.Link,
            Notes =
            [
                .. entry.Vendor is { } vendor ? [$"{say.Text("Vendor")}: {WebText.Short(vendor, MaxName)}"] : Array.Empty<string>(),
                .. entry.Stake is { } stake ? [$"{say.Text("Price")}: {MoneyText.Price(stake, say)}"] : Array.Empty<string>(),
                .. entry.Contact is { } contact ? [$"{say.Text("Contact")}: {WebText.Short(contact, MaxName)}"] : Array.Empty<string>(),
                .. Stage(entry) == TermsStage.EndsSoon && entry.State != LinkState.Live
                    ? [say.Text("The link is {state} now", ("state", StateWords.Word(entry.State, say)))] : Array.Empty<string>(),
            ],
            Details = links.Link(project, entry.Link.Id),
        };
    }

    private LetterSection Section(IGrouping<TermsStage, DueTerm> group) => new()
    {
        Heading = group.Key switch
        {
            TermsStage.EndsSoon => _say.Text("End soon"),
            TermsStage.EndedButLive => _say.Text("Ended, but the link is still live"),
            _ => _say.Text("Ended"),
        },
        Tone = ToneOf(group.Key),
        Note = group.Key switch
        {
            TermsStage.EndsSoon =>
                _say.Text("Decide now: renew with the vendor and enter the new end date, or let it end and do not pay again."),
            TermsStage.EndedButLive => _say.Text(
                "The terms of these links have ended. Renew and enter the new end date, or remind the vendor to remove the link; make "
                    + "sure that you are not charged any longer."),
            _ => _say.Text("These links are no longer live, in line with the terms. Remove them from the project, or look for a new "
                + "placement."),
        },
        Rows = [.. group.Select(entry => Row(entry, _facts.Project.Id, _links, _say, false))],
    };

    private static IEnumerable<LeadPart> Lead(IReadOnlyList<DueTerm> events, Language say)
    {
        var parts = events.GroupBy(Stage).Select(group => (group.Key, Count: group.Count())).Select(group => group.Key switch
        {
            TermsStage.EndsSoon => say.Count(group.Count, "{count} placement ends soon", "{count} placements end soon"),
            TermsStage.EndedButLive => say.Count(
                group.Count, "{count} has ended while the link is still live", "{count} have ended while the link is still live"),
            _ => say.Count(group.Count, "{count} has ended, and the link is not live", "{count} have ended, and the link is not live"),
        }).ToList();
        yield return new LeadPart(null, $"{say.Join(parts)}.");
        if (MoneyText.Sum(CostSum.Of(events.Select(entry => entry.Stake).OfType<LinkCost>()), say) is { } money)
            yield return new LeadPart(say.Text("Cost"), money);
    }

    private static string Headline(IReadOnlyList<DueTerm> events, Language say)
    {
        if (events.Count == 1)
        {
            (string, string)[] values = [("host", SubjectLine.Host(events[0].Link.Page.Host)), ("when", When(events[0], say))];
            return Stage(events[0]) == TermsStage.EndedButLive
                ? say.Text("Terms: placement on {host} {when}, still live", values)
                : say.Text("Terms: placement on {host} {when}", values);
        }

        var soon = events.Where(entry => Stage(entry) == TermsStage.EndsSoon).ToList();
        var within = soon.Count == 0
            ? ""
            : say.Count(Math.Max(1, soon.Max(entry => entry.DaysLeft)), "within {count} day", "within {count} days");
        string[] parts =
        [
            .. soon.Count > 0
                ? [say.Count(soon.Count, "{count} placement ends {within}", "{count} placements end {within}", ("within", within))]
                : Array.Empty<string>(),
            .. events.Count > soon.Count ? [say.Count(events.Count - soon.Count, "{count} ended", "{count} ended")] : Array.Empty<string>(),
        ];
        return say.Text("Terms: {what}", ("what", string.Join(", ", parts)));
    }

    private static string When(DueTerm entry, Language say) => entry.DaysLeft switch
    {
        0 => say.Text("ends today"),
        1 => say.Text("ends tomorrow"),
        > 1 => say.Count(entry.DaysLeft, "ends in {count} day", "ends in {count} days"),
        -1 => say.Text("ended yesterday"),
        _ => say.Count(-entry.DaysLeft, "ended {count} day ago", "ended {count} days ago"),
    };

    private static TermsStage Stage(DueTerm entry) => entry.DaysLeft >= 0
        ? TermsStage.EndsSoon
        : entry.State is LinkState.Live or LinkState.Changed ? TermsStage.EndedButLive : TermsStage.Ended;

    private static Tone ToneOf(TermsStage stage) => stage == TermsStage.Ended ? Tone.Absent : Tone.Warning;

    private enum TermsStage
    {
        EndsSoon,
        EndedButLive,
        Ended,
    }
}
