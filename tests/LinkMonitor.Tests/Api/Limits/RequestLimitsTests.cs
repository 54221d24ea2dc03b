using LinkMonitor.Api.Limits;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Api.Limits;

public sealed class RequestLimitsTests
{
    private readonly ManualTimeProvider _clock = new(StorageSamples.Noon);

    [Fact]
    public void Two_limits_of_one_request_are_told_as_lists_the_closest_first()
    {
        var limits = Limits(20);
        var context = new DefaultHttpContext();

        Assert.True(RequestLimits.TryTake(context, limits.Requests, "requests", "a"));
        Assert.True(RequestLimits.TryTake(context, limits.Checks, "check", "a"));

        Assert.Equal("\"check\";q=1200;w=60, \"requests\";q=20;w=60", context.Response.Headers["RateLimit-Policy"]);
        Assert.Equal("\"check\";r=1199;t=60, \"requests\";r=19;t=60", context.Response.Headers["RateLimit"]);
        Assert.Equal(0, context.Response.Headers.RetryAfter.Count);
    }

    [Fact]
    public void A_key_that_has_spent_its_quota_waits_for_the_next_window_and_no_other_does()
    {
        var limits = Limits(10);
        for (var request = 0; request < 10; request++)
            Assert.True(RequestLimits.TryTake(new DefaultHttpContext(), limits.Requests, "requests", "a"));
        _clock.Advance(TimeSpan.FromSeconds(20));
        var refused = new DefaultHttpContext();

        Assert.False(RequestLimits.TryTake(refused, limits.Requests, "requests", "a"));
        Assert.Equal("40", refused.Response.Headers.RetryAfter);
        Assert.True(RequestLimits.TryTake(new DefaultHttpContext(), limits.Requests, "requests", "b"));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.True(RequestLimits.TryTake(new DefaultHttpContext(), limits.Requests, "requests", "a"));
    }

    private RequestLimits Limits(int perMinute) =>
        new(_clock, Options.Create(new RequestLimitOptions { RequestsPerMinute = perMinute }));
}
