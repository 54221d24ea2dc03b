using System.Text;
using LinkMonitor.Exports;
using LinkMonitor.Filtering;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Exports;

/// <summary>The ends of terms as RFC 5545 wants them (<see cref="CalendarFile"/>).</summary>
public sealed class CalendarFileTests
{
    private static readonly Project Client = StorageSamples.Project(new ProjectId("prj_a")) with { Name = "A; b, c\\d" };
    private static readonly FilterMoment Moment = new(StorageSamples.Noon, TimeZoneInfo.Utc);

    [Fact]
    public void An_end_is_an_event_of_a_whole_day_with_an_identity_that_stays()
    {
        var link = Link("https://blog.example.net/1", new DateOnly(2026, 12, 31));

        var before = Write(link);
        var after = Write(link with { Terms = link.Terms! with { End = new DateOnly(2027, 6, 30) } });

        Assert.Contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n", before, StringComparison.Ordinal);
        Assert.Contains("DTSTART;VALUE=DATE:20270630\r\n", after, StringComparison.Ordinal);
        Assert.Equal(Unfolded(before, "UID:"), Unfolded(after, "UID:"));
        Assert.Contains("X-WR-CALNAME:Placements of A\\; b\\, c\\\\d: All", before, StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", before, StringComparison.Ordinal);
        Assert.EndsWith("END:VEVENT\r\nEND:VCALENDAR\r\n", before, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_end_or_ended_long_ago_is_not_in_it_and_the_next_end_comes_first()
    {
        var text = Write(
            Link("https://c.example/", new DateOnly(2027, 1, 2)), Link("https://b.example/", new DateOnly(2026, 12, 2)),
            Link("https://past.example/", DateOnly.FromDateTime(StorageSamples.Noon.Date).AddDays(-CalendarFile.PastDays - 1)),
            StorageSamples.Link(Client.Id, "https://free.example/"));

        Assert.Equal(
            ["Placement ends: b.example (O'Brien\\, \\; 日本)", "Placement ends: c.example (O'Brien\\, \\; 日本)"],
            text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n")
                .Where(line => line.StartsWith("SUMMARY:", StringComparison.Ordinal)).Select(line => line["SUMMARY:".Length..]));
    }

    [Fact]
    public void Lines_are_folded_at_75_bytes_and_never_within_a_character()
    {
        var text = Write(Link($"https://blog.example.net/{new string('x', 400)}", new DateOnly(2026, 12, 31)) with
        {
            Terms = new Terms { Vendor = string.Concat(Enumerable.Repeat("🎉日é", 60)), End = new DateOnly(2026, 12, 31) },
        });

        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Assert.Contains($"URL:https://blog.example.net/{new string('x', 400)}", Unfolded(text, "URL:"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_writes_a_line_of_their_own()
    {
        var text = Write(Link("https://a.example/", new DateOnly(2026, 12, 31)) with
        {
            Terms = new Terms { Vendor = "x\r\nEND:VEVENT\nATTACH:y\u0001", End = new DateOnly(2026, 12, 31) },
        });

        Assert.Single(text.Split("\r\n"), line => line == "END:VEVENT");
        Assert.DoesNotContain("\r\nATTACH", text, StringComparison.Ordinal);
        Assert.Equal(text.Count(character => character == '\r'), text.Split("\r\n").Length - 1);
    }

    [Fact]
    public void What_cannot_be_read_is_said_in_the_calendar_and_only_then()
    {
        var text = CalendarFile.Write(Client, "All", [], Moment, unreadable: 2);

        Assert.Equal(
            "X-WR-CALDESC:2 links of the project cannot be read where they are stored\\; the ends of their terms are not here.",
            Unfolded(text, "X-WR-CALDESC"));
        Assert.DoesNotContain("X-WR-CALDESC", Write(), StringComparison.Ordinal);
    }

    private static WatchedLink Link(string page, DateOnly end) => StorageSamples.Link(Client.Id, page) with
    {
        Terms = new Terms { Vendor = "O'Brien, ; 日本", Cost = 12.5m, Currency = "EUR", Start = new DateOnly(2026, 1, 1), End = end },
    };

    private static string Write(params WatchedLink[] links) =>
        CalendarFile.Write(Client, "All", links.Select(link => LinkFacts.Of(link)), Moment);

    private static string Unfolded(string text, string name) =>
        text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Single(line => line.StartsWith(name, StringComparison.Ordinal));
}
