using LinkMonitor.Failures;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Failures;

public sealed class NoteAllowanceTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void So_many_are_taken_in_a_stretch_and_as_many_in_the_next()
    {
        var allowance = new NoteAllowance(_clock, 2, Length);

        Assert.Equal([true, true, false], new[] { allowance.TryTake(), allowance.TryTake(), allowance.TryTake() });
        _clock.Advance(Length - TimeSpan.FromTicks(1));
        Assert.False(allowance.TryTake());
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(allowance.TryTake());
    }

    [Fact]
    public void A_refusal_is_the_first_once_in_each_stretch()
    {
        var allowance = new NoteAllowance(_clock, 1, Length);
        allowance.TryTake();

        Assert.Equal([true, false], new[] { allowance.IsFirstRefusal(), allowance.IsFirstRefusal() });
        _clock.Advance(Length);
        allowance.TryTake();
        Assert.True(allowance.IsFirstRefusal());
    }

    [Fact]
    public void None_is_taken_while_it_is_closed_and_it_opens_by_itself()
    {
        var allowance = new NoteAllowance(_clock, 5, Length);

        allowance.Close(TimeSpan.FromMinutes(1));

        Assert.Equal((false, false), (allowance.IsOpen, allowance.TryTake()));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((true, true), (allowance.IsOpen, allowance.TryTake()));
    }
}
