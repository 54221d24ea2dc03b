using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Exports;

/// <summary>
/// The ends of terms as a calendar (RFC 5545): an event of a whole day for each, on the last day that is paid for. A term that is extended
/// moves its event, as that has one identity for ever.
/// </summary>
internal static class CalendarFile
{
    /// <summary>So many days an end stays in the calendar once it is past.</summary>
    public const int PastDays = 92;

    private const int MaxText = 500;
    private const int LineBytes = 75;

    /// <param name="unreadable">How many links of the project cannot be read.</param>
    public static string Write(
        Project project, string view, IEnumerable<LinkFacts> links, FilterMoment moment, int unreadable = 0)
    {
        var first = moment.Today.DayNumber - PastDays;
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//LinkMonitor//Terms//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, $"X-WR-CALNAME:{Escape($"Placements of {project.Name}: {view}")}");
        if (unreadable > 0)
            Line(text, $"X-WR-CALDESC:{Escape($"{Left(unreadable)} are not here.")}");
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT6H");
        Line(text, "X-PUBLISHED-TTL:PT6H");
        foreach (var link in links.Where(link => link.Terms?.Ends >= Math.Max(first, 1)).OrderBy(link => link.Terms!.Ends))
            Event(text, project, link);
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static string Left(int unreadable) => CountText.Of(
        unreadable, "link of the project cannot be read where it is stored; the ends of its terms",
        "links of the project cannot be read where they are stored; the ends of their terms");

    private static void Event(StringBuilder text, Project project, LinkFacts link)
    {
        var terms = link.Terms!;
        var day = DateOnly.FromDayNumber(terms.Ends);
        var vendor = terms.Vendor is { } name ? $" ({name})" : string.Empty;
        string?[] says =
        [
            $"Page: {link.Page}", $"Target: {link.Target}", terms.Vendor is null ? null : $"Vendor: {terms.Vendor}",
            terms is { Cost: { } cost, Currency: { } currency }
                ? $"Price: {new Money(currency, cost).For(terms.CostPeriod)}" : null,
        ];
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{link.Id.Value}.{project.Id.Value}.term-end@linkmonitor");
        // When the terms were last changed is not known; what does not change is the same at every reading.
        Line(
            text,
            $"DTSTAMP:{new DateTime(link.CreatedAt, DateTimeKind.Utc).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        Line(text, $"DTSTART;VALUE=DATE:{Day(day)}");
        Line(text, $"DTEND;VALUE=DATE:{Day(day == DateOnly.MaxValue ? day : day.AddDays(1))}");
        Line(text, $"SUMMARY:{Escape($"Placement ends: {link.Host}{vendor}")}");
        Line(text, $"DESCRIPTION:{Escape(string.Join('\n', says.OfType<string>()))}");
        Line(text, $"URL:{link.Page}");
        Line(text, "TRANSP:TRANSPARENT");
        Line(text, "END:VEVENT");
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>A TEXT value (RFC 5545, section 3.3.11), without control characters, cut.</summary>
    internal static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (text.Length >= MaxText * 4)
                return text.Append('…').ToString();
            text.Append(rune.Value switch
            {
                '\\' => "\\\\",
                ';' => "\\;",
                ',' => "\\,",
                '\n' => "\\n",
                _ => Rune.IsControl(rune) ? "" : rune.ToString(),
            });
        }

        return text.ToString();
    }

    /// <summary>A content line, folded to 75 bytes (section 3.1), never within a character.</summary>
    internal static void Line(StringBuilder text, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LineBytes)
            {
                text.Append("\r\n ");
                bytes = 1;
            }

            text.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
