using System.Globalization;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Tests.Engine.Clocks;

/// <summary>
/// Berlin's clocks go from 02:00 to 03:00 on 29 March 2026 and from 03:00 to 02:00 on 25 October 2026; New York's hours differ.
/// </summary>
public sealed class LocalTimesTests
{
    private static readonly Project Project =
        new() { Id = new ProjectId("prj_a"), Name = "A", TimeZone = "Europe/Berlin", CreatedAt = default };

    [Theory]
    [InlineData("2026-03-28", "02:30", "2026-03-28T01:30:00Z")]
    [InlineData("2026-03-29", "02:30", "2026-03-29T01:00:00Z")]
    [InlineData("2026-03-29", "03:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25", "02:30", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-26", "02:30", "2026-10-26T01:30:00Z")]
    public void Missing_time_is_taken_when_the_clocks_have_moved_and_a_doubled_one_at_its_first(string day, string time, string expected) =>
        Assert.Equal(At(expected), LocalTimes.At(Day(day), Time(time), LocalTimes.Find(Project.TimeZone)));

    [Theory]
    [InlineData("2026-03-01T21:59:00Z", "2026-03-01T21:59:00Z")]
    [InlineData("2026-03-01T21:00:00Z", "2026-03-01T21:00:00Z")]
    [InlineData("2026-03-01T22:00:00Z", "2026-03-02T06:00:00Z")]
    [InlineData("2026-03-02T05:59:59Z", "2026-03-02T06:00:00Z")]
    [InlineData("2026-03-02T06:00:00Z", "2026-03-02T06:00:00Z")]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z")]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z")]
    public void Quiet_hours_over_midnight_end_at_their_local_time_on_every_day(string now, string end) =>
        Assert.Equal(At(end), QuietTime.End(Channel() with { Quiet = new QuietHours(Time("23:00"), Time("07:00")) }, Project, At(now)));

    [Fact]
    public void Quiet_hours_are_of_the_channels_own_zone_and_may_lie_within_a_day()
    {
        var channel = Channel() with { Quiet = new QuietHours(Time("09:00"), Time("17:00")), TimeZone = "America/New_York" };

        Assert.Equal(At("2026-03-02T22:00:00Z"), QuietTime.End(channel, Project, At("2026-03-02T15:00:00Z")));
        Assert.Equal(At("2026-03-02T09:00:00Z"), QuietTime.End(channel, Project, At("2026-03-02T09:00:00Z")));
        Assert.Equal(At("2026-03-02T09:00:00Z"), QuietTime.End(channel with { Quiet = null }, Project, At("2026-03-02T09:00:00Z")));
    }

    [Fact]
    public void Daily_digests_come_once_on_every_day_also_when_the_clocks_move()
    {
        var schedule = new DigestSchedule(null, Time("02:30"));
        foreach (var (first, days) in new[] { ("2026-03-27T12:00:00Z", 4), ("2026-10-23T12:00:00Z", 4) })
        {
            var at = At(first);
            var seen = new List<DateOnly>();
            for (var day = 0; day < days; day++)
            {
                at = DigestTimes.Next(Channel(), schedule, Project, at);
                seen.Add(LocalTimes.Day(at, LocalTimes.Find(Project.TimeZone)));
            }

            Assert.Equal(Enumerable.Range(1, days).Select(Day(first[..10]).AddDays), seen);
        }
    }

    [Fact]
    public void Weekly_digests_come_on_their_day()
    {
        var schedule = new DigestSchedule(DayOfWeek.Monday, Time("08:00"));

        Assert.Equal(At("2026-03-23T07:00:00Z"), DigestTimes.Next(Channel(), schedule, Project, At("2026-03-16T07:00:00Z")));
        Assert.Equal(At("2026-03-30T06:00:00Z"), DigestTimes.Next(Channel(), schedule, Project, At("2026-03-23T07:00:00Z")));
    }

    [Fact]
    public void Last_digest_time_is_found_once()
    {
        var schedule = new DigestSchedule(DayOfWeek.Monday, Time("08:00"));
        var now = At("2026-03-25T12:00:00Z");

        Assert.Equal(At("2026-03-23T07:00:00Z"), DigestTimes.Last(Channel(), schedule, Project, At("2026-01-01T00:00:00Z"), now));
        Assert.Null(DigestTimes.Last(Channel(), schedule, Project, At("2026-03-23T07:00:00Z"), now));
    }

    private static Channel Channel() => new()
    {
        ProjectId = Project.Id,
        Id = new ChannelId("chn_a"),
        Kind = ChannelKind.Email,
        Address = "a@example.org",
        CreatedAt = default,
    };

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
