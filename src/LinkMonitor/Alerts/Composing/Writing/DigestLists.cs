using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

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
