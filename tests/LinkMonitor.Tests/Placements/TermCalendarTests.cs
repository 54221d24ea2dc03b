using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.Placements;

public sealed class TermCalendarTests
{
    private static readonly int[] Days = [2, 7, 7];
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly WatchedLink Link = PlacementSamples.Link(
        PlacementSamples.Year with { End = PlacementSamples.Day("2026-04-01") });

    [Fact]
    public void Events_come_in_order_at_the_start_of_their_day_in_the_zone_of_the_project()
    {
        var events = TermCalendar.Of(Link, Berlin, Days);

        Assert.Equal(
            [
                "ends-soon 7 2026-03-25T00:00:00+01:00", "ends-soon 2 2026-03-30T00:00:00+02:00",
                "ended-still-live 0 2026-04-02T00:00:00+02:00",
            ],
            events.Select(one => $"{WireName.Of(one.Kind)} {one.DaysBefore} {one.DueAt:yyyy-MM-ddTHH:mm:sszzz}"));
    }

    [Fact]
    public void Without_an_end_there_is_nothing_to_tell()
    {
        Assert.Empty(TermCalendar.Of(PlacementSamples.Link(null), Berlin, Days));
        Assert.Empty(TermCalendar.Of(PlacementSamples.Link(PlacementSamples.Year with { End = null }), Berlin, Days));
    }

    [Theory]
    [InlineData("2026-03-24T22:59:59Z", null)]
    [InlineData("2026-03-24T23:00:00Z", 7)]
    [InlineData("2026-03-29T21:59:59Z", 7)]
    [InlineData("2026-03-29T22:00:00Z", 2)]
    [InlineData("2026-04-01T21:59:59Z", 2)]
    [InlineData("2026-04-01T22:00:00Z", 0)]
    [InlineData("2027-01-01T00:00:00Z", 0)]
    public void The_last_event_that_has_come_due_is_told(string now, int? daysBefore) =>
        Assert.Equal(daysBefore, TermCalendar.Due(Link, Berlin, Days, At(now))?.DaysBefore);

    [Theory]
    [InlineData(LinkState.Lost)]
    [InlineData(LinkState.Changed)]
    [InlineData(LinkState.Unreachable)]
    [InlineData(LinkState.NotFound)]
    [InlineData(LinkState.Pending)]
    public void After_the_end_only_a_live_link_is_told(LinkState state)
    {
        var link = Link with { Status = Link.Status with { State = state } };

        Assert.Null(TermCalendar.Due(link, Berlin, Days, At("2026-05-01T00:00:00Z")));
        Assert.NotNull(TermCalendar.Due(link, Berlin, Days, At("2026-03-31T00:00:00Z")));
    }

    [Fact]
    public void An_event_has_one_identity_and_another_end_link_project_or_kind_has_another()
    {
        var ids = TermCalendar.Of(Link, Berlin, Days).Select(one => one.Id).ToList();
        var others = new[]
        {
            Link with { Terms = Link.Terms! with { End = PlacementSamples.Day("2026-04-02") } },
            Link with { ProjectId = new ProjectId("prj_other") },
            Link with { Id = new LinkId("lnk_other") },
        }.SelectMany(link => TermCalendar.Of(link, Berlin, Days).Select(one => one.Id)).ToList();

        Assert.Equal(ids, TermCalendar.Of(Link with { Note = "edited" }, TimeZoneInfo.Utc, [7, 2]).Select(one => one.Id));
        Assert.Equal(ids.Count + others.Count, ids.Concat(others).Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^trm_[a-z2-7]{26}$", id));
    }

    // The clock of São Paulo went from 23:59 on 3 November 2018 to 01:00; that of Havana goes back from 01:00 to 00:00 on 1 November 2026.
    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00")]
    [InlineData("Asia/Kathmandu", "2026-11-01", "2026-11-01T00:00:00+05:45")]
    public void A_day_starts_when_it_starts_there(string zone, string day, string start) =>
        Assert.Equal(At(start), LocalTimes.Start(PlacementSamples.Day(day), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
