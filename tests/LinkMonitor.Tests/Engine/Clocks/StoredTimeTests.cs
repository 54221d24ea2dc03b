using LinkMonitor.Engine.Clocks;

namespace LinkMonitor.Tests.Engine.Clocks;

public sealed class StoredTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(-60, false)]
    [InlineData(0, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(43_200, true)]
    public void What_has_happened_is_from_the_future_beyond_the_tolerance(int minutes, bool isFromFuture)
    {
        var at = Now.AddMinutes(minutes);

        Assert.Equal(isFromFuture, StoredTime.IsFromFuture(at, Now));
        Assert.Equal(isFromFuture ? Now : at, StoredTime.Happened(at, Now));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(60, false)]
    [InlineData(65, false)]
    [InlineData(66, true)]
    [InlineData(43_200, true)]
    public void What_is_to_happen_is_due_when_it_is_further_ahead_than_it_can_be(int minutes, bool isTooFar)
    {
        var at = Now.AddMinutes(minutes);

        Assert.Equal(isTooFar, StoredTime.IsTooFar(at, Hour, Now));
        Assert.Equal(isTooFar ? Now : at, StoredTime.Due(at, Hour, Now));
    }

    [Fact]
    public void The_ends_of_time_are_no_trouble()
    {
        Assert.True(StoredTime.IsFromFuture(DateTimeOffset.MaxValue, Now));
        Assert.True(StoredTime.IsTooFar(DateTimeOffset.MaxValue, Hour, Now));
        Assert.False(StoredTime.IsTooFar(DateTimeOffset.MinValue, Hour, DateTimeOffset.MaxValue));
        Assert.False(StoredTime.IsTooFar(DateTimeOffset.MaxValue, TimeSpan.MaxValue, DateTimeOffset.MinValue));
    }

    [Fact]
    public void What_is_from_the_future_did_not_happen_just_now()
    {
        Assert.True(StoredTime.IsWithin(Now.AddMinutes(-59), Hour, Now));
        Assert.False(StoredTime.IsWithin(Now.AddHours(-1), Hour, Now));
        Assert.False(StoredTime.IsWithin(Now.AddDays(30), Hour, Now));
        Assert.False(StoredTime.IsWithin(null, Hour, Now));
    }
}
