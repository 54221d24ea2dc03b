using LinkMonitor.Alerts.Posting;
using LinkMonitor.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Channels;

public sealed class TestLimitTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void So_many_a_minute_and_then_the_time_to_wait()
    {
        var limit = new TestLimit(Options.Create(new ChannelOptions { TestsPerMinute = 2 }), _clock);
        var (one, other) = (new ProjectId("prj_a"), new ProjectId("prj_b"));

        Assert.Null(limit.Take(one));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(limit.Take(one));
        Assert.Equal(TimeSpan.FromSeconds(40), limit.Take(one));
        Assert.Null(limit.Take(other));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(limit.Take(one));
    }

    [Fact]
    public void Projects_that_send_no_more_are_forgotten()
    {
        var limit = new TestLimit(Options.Create(new ChannelOptions()), _clock);
        for (var number = 0; number < 100; number++)
            limit.Take(new ProjectId($"prj_{number}"));

        _clock.Advance(TimeSpan.FromMinutes(1));
        limit.Take(new ProjectId("prj_new"));

        Assert.Equal(1, limit.Projects);
    }
}
