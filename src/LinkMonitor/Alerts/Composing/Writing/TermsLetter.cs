using System.Globalization;
using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter that reminds of terms.</summary>
internal sealed class TermsLetter
{
    private const int MaxName = 100;

    private readonly TermsMatter _matter;
    private readonly PublicLinks _links;
    private readonly Uri? _whole;

    public TermsLetter(TermsMatter matter, PublicLinks links)
    {
        if (matter.Events.Count == 0)
            throw new ArgumentException("A reminder of terms has at least one event.", nameof(matter));
        (_matter, _links) = (matter, links);
        _whole = links.Alert(matter.Project.Id, matter.AlertId);
    }

    /// <param name="room">So many events get a row as there is room in short.</param>
    public Letter Write(LetterRoom room)
    {
        var events = Order(_matter.Events);
        var shown = _whole is null ? events : [.. events.Take(room.Short)];
        var sections = shown.GroupBy(Stage).Select(Section).ToList();
        sections[^1] = sections[^1] with { More = events.Count - shown.Count, MoreAt = _whole };
        return new Letter
        {
            Subject = SubjectLine.Of(Headline(events), _matter.Project.Name),
            ProjectName = WebText.Cut(_matter.Project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Plain,
            Title = Headline(events),
            Lead = [.. Lead(events)],
            Sections = sections,
            Footer = [LetterWords.Reason],
            Whole = _whole,
            Summary = new AlertSummary
            {
                Headline = WebText.Short(Headline(events), AlertSummary.MaxHeadline),
                Cause = Money.Sum(StakeSum.Of(events.Select(entry => entry.Stake).OfType<Stake>())),
                Lines = [.. events.Take(AlertSummary.MaxLines).Select(entry => SummaryLines.Of(Row(entry, _matter.Project.Id, _links, true)))],
                More = Math.Max(0, events.Count - AlertSummary.MaxLines),
                Details = _whole,
            },
        };
    }

    /// <summary>The most urgent first.</summary>
    public static IReadOnlyList<TermsEvent> Order(IEnumerable<TermsEvent> events) =>
        [.. events.OrderBy(Stage).ThenBy(entry => entry.DaysLeft).ThenBy(entry => entry.Link.Page.Href, StringComparer.Ordinal).ThenBy(entry => entry.Link.Id.Value, StringComparer.Ordinal)];

    /// <param name="saysWhat">Whether the row says what it is, because no heading does.</param>
    public static LetterRow Row(TermsEvent entry, ProjectId project, PublicLinks links, bool saysWhat)
    {
        var when = $"{When(entry)} ({entry.End.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)})";
        return new LetterRow
        {
            Tone = saysWhat ? ToneOf(Stage(entry)) : Tone.Plain,
            Head = saysWhat ? $"Terms: {when}{(Stage(entry) == TermsStage.EndedButLive ? ", but the link is still live" : "")}" : LetterWords.Capital(when),
            Link = entry.Link,
            Notes =
            [
                .. entry.Vendor is { } vendor ? [$"Vendor: {WebText.Short(vendor, MaxName)}"] : Array.Empty<string>(),
                .. entry.Stake is { } stake ? [$"Price: {Money.Price(stake)}"] : Array.Empty<string>(),
                .. entry.Contact is { } contact ? [$"Contact: {WebText.Short(contact, MaxName)}"] : Array.Empty<string>(),
                .. Stage(entry) == TermsStage.EndsSoon && entry.State != LinkState.Live ? [$"The link is {LinkStates.Word(entry.State)} now"] : Array.Empty<string>(),
            ],
            Details = links.Link(project, entry.Link.Id),
        };
    }

    private LetterSection Section(IGrouping<TermsStage, TermsEvent> group) => new()
    {
        Heading = group.Key switch
        {
            TermsStage.EndsSoon => "End soon",
            TermsStage.EndedButLive => "Ended, but the link is still live",
            _ => "Ended",
        },
        Tone = ToneOf(group.Key),
        Note = group.Key switch
        {
            TermsStage.EndsSoon => "Decide now: renew with the vendor and enter the new end date, or let it end and do not pay again.",
            TermsStage.EndedButLive => "Nothing is agreed for these any more. Renew and enter the new end date, or remind the vendor to take the link out; make sure that you are not charged on.",
            _ => "These links are not live any more, as the terms foresaw. Take them off the list, or look for a new placement.",
        },
        Rows = [.. group.Select(entry => Row(entry, _matter.Project.Id, _links, false))],
    };

    private static IEnumerable<LeadPart> Lead(IReadOnlyList<TermsEvent> events)
    {
        var parts = events.GroupBy(Stage).Select(group => group.Key switch
        {
            TermsStage.EndsSoon => $"{LetterWords.Count(group.Count(), "placement ends", "placements end")} soon",
            TermsStage.EndedButLive => $"{LetterWords.Count(group.Count(), "has", "have")} ended while the link is still live",
            _ => $"{LetterWords.Count(group.Count(), "has", "have")} ended, and the link is not live",
        }).ToList();
        yield return new LeadPart(null, $"{LetterWords.Join(parts)}.");
        if (Money.Sum(StakeSum.Of(events.Select(entry => entry.Stake).OfType<Stake>())) is { } money)
            yield return new LeadPart("Cost", money);
    }

    private static string Headline(IReadOnlyList<TermsEvent> events)
    {
        if (events.Count == 1)
            return $"Terms: placement on {SubjectLine.Host(events[0].Link.Page.Host)} {When(events[0])}{(Stage(events[0]) == TermsStage.EndedButLive ? ", still live" : "")}";
        var soon = events.Where(entry => Stage(entry) == TermsStage.EndsSoon).ToList();
        string[] parts =
        [
            .. soon.Count > 0 ? [$"{LetterWords.Count(soon.Count, "placement ends", "placements end")} within {LetterWords.Count(Math.Max(1, soon.Max(entry => entry.DaysLeft)), "day", "days")}"] : Array.Empty<string>(),
            .. events.Count > soon.Count ? [string.Create(CultureInfo.InvariantCulture, $"{events.Count - soon.Count:N0} ended")] : Array.Empty<string>(),
        ];
        return $"Terms: {string.Join(", ", parts)}";
    }

    private static string When(TermsEvent entry) => entry.DaysLeft switch
    {
        0 => "ends today",
        1 => "ends tomorrow",
        > 1 => $"ends in {LetterWords.Count(entry.DaysLeft, "day", "days")}",
        -1 => "ended yesterday",
        _ => $"ended {LetterWords.Count(-entry.DaysLeft, "day", "days")} ago",
    };

    private static TermsStage Stage(TermsEvent entry) => entry.DaysLeft >= 0
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
