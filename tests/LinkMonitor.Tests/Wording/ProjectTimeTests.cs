using System.Globalization;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

public sealed class ProjectTimeTests
{
    [Theory]
    [InlineData("UTC", "2026-03-01T12:00:00Z", "Sun 1 Mar 2026, 12:00 (UTC)")]
    [InlineData("Europe/Berlin", "2026-03-01T12:00:00Z", "Sun 1 Mar 2026, 13:00 (UTC+01:00)")]
    [InlineData("Europe/Berlin", "2026-07-01T22:30:00Z", "Thu 2 Jul 2026, 00:30 (UTC+02:00)")]
    [InlineData("America/St_Johns", "2026-03-01T01:00:00Z", "Sat 28 Feb 2026, 21:30 (UTC-03:30)")]
    public void Times_are_local_and_carry_their_offset(string zone, string time, string expected) =>
        Assert.Equal(expected, new ProjectTime(zone, Language.English).Write(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("00:00:59", "less than a minute")]
    [InlineData("00:01:00", "1 minute")]
    [InlineData("01:05:00", "1 hour 5 minutes")]
    [InlineData("7.00:10:00", "7 days 10 minutes")]
    [InlineData("2.03:04:05", "2 days 3 hours")]
    public void Durations_are_written_in_their_two_largest_units(string duration, string expected) =>
        Assert.Equal(expected, new ProjectTime("UTC", Language.English).Write(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));
}
