using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Monitoring;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Monitoring;

public sealed class NextCheckTests
{
    private static readonly DateTimeOffset Now = PageAnswer.Time;

    [Theory]
    [InlineData(null, 6.0)]
    [InlineData(2.0, 6.0)]
    [InlineData(20.0, 20.0)]
    public void A_page_is_not_due_before_its_site_allows_it(double? retryAfterHours, double dueInHours)
    {
        var result = new TrackingResult(Unobserved, null, null);

        var due = NextCheck.For(result, TimeSpan.FromDays(1), Observation(retryAfterHours), new MonitoringOptions());

        Assert.Equal(Now + TimeSpan.FromHours(dueInHours), due);
    }

    [Fact]
    public void Nor_when_a_finding_waits_for_its_confirmation()
    {
        var result = new TrackingResult(Unobserved, null, Now + TimeSpan.FromMinutes(5));

        var due = NextCheck.For(result, TimeSpan.FromDays(1), Observation(1), new MonitoringOptions());

        Assert.Equal(Now + TimeSpan.FromHours(1), due);
    }

    private static LinkStatus Unobserved => LinkStatus.New(Now.AddDays(-2)) with { State = LinkState.Live, UnobservedSince = Now };

    private static Observation Observation(double? retryAfterHours) =>
        Observer.Observe(PageAnswer.Bytes([]) with { Status = 503 }, TestContext.Current.CancellationToken) with
        {
            RetryAfter = retryAfterHours is { } hours ? TimeSpan.FromHours(hours) : null,
        };
}
