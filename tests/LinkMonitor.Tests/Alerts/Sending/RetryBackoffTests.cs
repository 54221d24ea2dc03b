using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class RetryBackoffTests
{
    private static readonly AlertOptions Settings = new() { RetrySchedule = "00:00:10 00:05:00 01:00:00" };

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 300)]
    [InlineData(3, 3600)]
    [InlineData(4, 3600)]
    [InlineData(1_000_000, 3600)]
    public void The_schedule_is_followed_and_its_last_pause_repeated(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Pauses(0).After(attempts, null));

    [Fact]
    public void What_failed_together_is_tried_up_to_a_tenth_later() => Assert.Equal(TimeSpan.FromSeconds(11), Pauses(1).After(1, null));

    [Theory]
    [InlineData(5, 10)]
    [InlineData(90, 90)]
    public void Who_asks_for_a_longer_pause_gets_it_and_nobody_a_shorter(int asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Pauses(0).After(1, TimeSpan.FromSeconds(asked)));

    private static RetryBackoff Pauses(double jitter) => new(() => jitter, Options.Create(Settings));
}
