using System.Globalization;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class PausedRoutesTests
{
    private const int MaxRoutes = 10_000;

    private readonly ManualTimeProvider _clock = new();
    private readonly PausedRoutes _routes;

    public PausedRoutesTests() => _routes = new PausedRoutes(_clock);

    [Fact]
    public void A_route_that_failed_is_left_alone_for_its_time_and_no_longer()
    {
        _routes.Note("mail");

        Assert.Equal(_clock.GetUtcNow() + PausedRoutes.Rest, _routes.Until("mail"));
        Assert.Null(_routes.Until("other"));
        _clock.Advance(PausedRoutes.Rest);
        Assert.Null(_routes.Until("mail"));
    }

    [Fact]
    public void A_route_that_works_again_is_used_at_once()
    {
        _routes.Note("mail");
        _routes.Clear("mail");

        Assert.Null(_routes.Until("mail"));
    }

    [Fact]
    public void So_many_are_remembered_and_no_more_and_those_that_have_rested_make_room()
    {
        for (var route = 0; route < MaxRoutes; route++)
            _routes.Note(route.ToString(CultureInfo.InvariantCulture));

        _routes.Note("one too many");
        Assert.Null(_routes.Until("one too many"));
        Assert.NotNull(_routes.Until("9999"));

        _clock.Advance(PausedRoutes.Rest);
        _routes.Note("one too many");
        Assert.NotNull(_routes.Until("one too many"));
    }
}
