using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Monitoring.Outages;

public sealed class FailureShareTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FailureShare _share;

    public FailureShareTests() =>
        _share =
            new FailureShare(
                Options.Create(new OutageOptions { MinHosts = 4, FailureShare = 0.5, Window = TimeSpan.FromMinutes(10) }), _clock);

    [Fact]
    public void Too_few_hosts_say_nothing()
    {
        Assert.False(_share.Note("a", true));
        Assert.False(_share.Note("b", true));
        Assert.False(_share.Note("c", true));
        Assert.True(_share.Note("d", true));
    }

    [Fact]
    public void The_share_decides_from_its_bound_on()
    {
        _share.Note("a", false);
        _share.Note("b", false);
        _share.Note("c", false);
        Assert.False(_share.Note("d", true));
        Assert.False(_share.Note("e", true));
        Assert.True(_share.Note("f", true));
    }

    [Fact]
    public void A_host_counts_once_with_its_latest_outcome()
    {
        foreach (var _ in Enumerable.Range(0, 10))
            Assert.False(_share.Note("a", true));
        _share.Note("b", true);
        _share.Note("c", true);
        _share.Note("a", false);
        _share.Note("b", false);
        _share.Note("c", false);
        Assert.False(_share.Note("d", true));
    }

    [Fact]
    public void What_is_older_than_the_window_is_forgotten()
    {
        _share.Note("a", true);
        _share.Note("b", true);
        _share.Note("c", true);
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.False(_share.Note("d", true));
    }
}
