using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;

namespace LinkMonitor.Tests.Engine.Fetching.Pacing;

public sealed class RetryAfterFieldTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 5 ", 5)]
    [InlineData("Sat, 21 Nov 2026 08:10:00 GMT", 600)]
    [InlineData("Sun, 21 Nov 2027 08:00:00 GMT", 86400)]
    [InlineData("86401", 86400)]
    [InlineData("99999999999999999999", 86400)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("Sat, 21 Nov 2026 07:59:59 GMT", null)]
    [InlineData("tomorrow", null)]
    [InlineData("", null)]
    public void Seconds_and_dates_are_read_up_to_a_day(string field, int? seconds)
    {
        var asked = RetryAfterField.Read(new ResponseHeaders([KeyValuePair.Create("retry-after", field)]), Now);

        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, asked);
    }

    [Fact]
    public void Nothing_is_asked_without_the_field() => Assert.Null(RetryAfterField.Read(ResponseHeaders.Empty, Now));
}
