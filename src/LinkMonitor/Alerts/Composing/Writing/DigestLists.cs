using System.Globalization;
using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>The lists of a digest.</summary>
internal static class DigestLists
{
    /// <param name="count">Of all there are, where the caller gave not all.</param>
    public static LetterSection Section(string heading, Tone tone, int count, Uri? whole, IReadOnlyList<LetterRow> rows, LetterRoom room)
    {
        var all = Math.Max(count, rows.Count);
        var shown = rows.Take(room.Short).ToList();
        return new LetterSection
        {
            Heading = string.Create(CultureInfo.InvariantCulture, $"{heading} ({all:N0})"),
            Tone = tone,
            Rows = shown,
            More = all - shown.Count,
            MoreAt = whole,
        };
    }

    public static LetterRow Row(OpenLink open, DigestMatter matter, ProjectTime time, PublicLinks links)
    {
        var kind = ChangeKinds.Of(open.State);
        var word = open.State == LinkState.Pending ? "Not checked yet" : ChangeKinds.Word(kind);
        var why = string.Join("; ", open.Reasons.Select(reason => StoryTelling.Brief(reason, kind, 60)));
        return new LetterRow
        {
            Tone = ChangeKinds.ToneOf(kind),
            Head = why.Length > 0 ? $"{word}: {why}" : word,
            Link = open.Link,
            Notes =
            [
                $"For {ProjectTime.Write(matter.To - open.Since)}, since {time.Write(open.Since)}",
                .. matter.Stakes.TryGetValue(open.Link.Id, out var stake) ? [Money.Of(stake)] : Array.Empty<string>(),
            ],
            Details = links.Link(matter.Project.Id, open.Link.Id),
        };
    }

    public static LetterRow Row(UnverifiableLink link, DigestMatter matter, ProjectTime time, PublicLinks links) => new()
    {
        Tone = Tone.Unknown,
        Head = $"Cannot be checked: {ReasonWords.Label(link.Why)}",
        Link = link.Link,
        Notes = [link.LastSeen is { } seen ? $"Link last seen {time.Write(seen)}" : "No check has seen the link"],
        Details = links.Link(matter.Project.Id, link.Link.Id),
    };
}
