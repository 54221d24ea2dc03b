using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class MomentsTests
{
    private readonly MomentMaker _moments = new("Europe/Berlin", StorageSamples.Noon);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(59, "just now")]
    [InlineData(-59, "just now")]
    [InlineData(60, "1 minute ago")]
    [InlineData(3_599, "59 minutes ago")]
    [InlineData(7_200, "2 hours ago")]
    [InlineData(86_400, "1 day ago")]
    [InlineData(-3_600, "in 1 hour")]
    [InlineData(-200_000, "in 2 days")]
    public void Only_the_largest_unit_is_told(int secondsAgo, string words) =>
        Assert.Equal(words, _moments.Of(StorageSamples.Noon.AddSeconds(-secondsAgo)).Words);

    [Theory]
    [InlineData(0, "since a moment ago")]
    [InlineData(60, "for 1 minute")]
    [InlineData(7_689_600, "for 89 days")]
    [InlineData(-30, "since a moment ago")]
    public void A_state_lasts_for_so_long(int secondsAgo, string words)
    {
        var moment = _moments.Lasting(StorageSamples.Noon.AddSeconds(-secondsAgo));

        Assert.Equal(words, moment.Words);
        Assert.StartsWith("since ", moment.Full, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_time_is_in_the_zone_of_the_project_and_the_machines_in_utc()
    {
        var moment = _moments.Of(StorageSamples.Noon.AddHours(-1));

        Assert.Equal(("2026-11-21T11:00:00Z", "1 hour ago"), (moment.Iso, moment.Words));
        Assert.Contains("12:00", moment.Full, StringComparison.Ordinal);
        Assert.Null(_moments.Of((DateTimeOffset?)null));
    }
}
