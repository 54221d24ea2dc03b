using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Tests.Storage.Rows;

public sealed class KeyTimeTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Times_are_written_as_19_digits_for_ever_the_same()
    {
        Assert.Equal("0639308592000000000", KeyTime.Ascending(Time));
        Assert.Equal("2516070383999999999", KeyTime.Descending(Time));
    }

    [Fact]
    public void Text_order_is_time_order_and_its_inverse()
    {
        DateTimeOffset[] times = [
            DateTimeOffset.MinValue, Time.AddYears(-50), Time, Time.AddTicks(1), Time.AddYears(300), DateTimeOffset.MaxValue,
        ];

        Assert.Equal(times.Select(KeyTime.Ascending), times.Select(KeyTime.Ascending).Order(StringComparer.Ordinal));
        Assert.Equal(times.Select(KeyTime.Descending), times.Select(KeyTime.Descending).OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public void Offsets_do_not_count()
    {
        var elsewhere = Time.ToOffset(TimeSpan.FromHours(9));

        Assert.Equal(KeyTime.Ascending(Time), KeyTime.Ascending(elsewhere));
        Assert.Equal(KeyTime.Descending(Time), KeyTime.Descending(elsewhere));
    }

    [Fact]
    public void An_ascending_time_is_read_back_to_the_tick()
    {
        var time = Time.AddTicks(1_234_567);

        Assert.Equal(time, KeyTime.ParseAscending(KeyTime.Ascending(time)));
    }
}
