using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>The lists of a digest.</summary>
internal static class DigestLists
{
    /// <param name="count">Of all there are, where the caller gave not all.</param>
    public static LetterSection Section(string heading, Tone tone, int count, Uri? whole, Language say, IReadOnlyList<LetterRow> rows, LetterRoom room)
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

    public static LetterRow Row(OpenLink open, DigestMatter matter, ProjectTime time, PublicLinks links)
    {
        var say = time.Say;
        var kind = ChangeKinds.Of(open.State);
        var word = open.State == LinkState.Pending ? say.Text("Not checked yet") : ChangeKinds.Word(kind, say);
        var why = string.Join("; ", open.Reasons.Select(reason => StoryTelling.Brief(reason, kind, 60, say)));
        return new LetterRow
        {
            Tone = ChangeKinds.ToneOf(kind),
            Head = why.Length > 0 ? $"{word}: {why}" : word,
            Link = open.Link,
            Notes =
            [
                say.Text("For {duration}, since {time}", ("duration", time.Write(matter.To - open.Since)), ("time", time.Write(open.Since))),
                .. matter.Stakes.TryGetValue(open.Link.Id, out var stake) ? [Money.Of(stake, say)] : Array.Empty<string>(),
            ],
            Details = links.Link(matter.Project.Id, open.Link.Id),
        };
    }

    public static LetterRow Row(UnverifiableLink link, DigestMatter matter, ProjectTime time, PublicLinks links) => new()
    {
        Tone = Tone.Unknown,
        Head = $"{time.Say.Text("Cannot be checked")}: {ReasonWords.Label(link.Why, time.Say)}",
        Link = link.Link,
        Notes = [link.LastSeen is { } seen
            ? time.Say.Text("Link last seen {time}", ("time", time.Write(seen)))
            : time.Say.Text("No check has seen the link")],
        Details = links.Link(matter.Project.Id, link.Link.Id),
    };
}
