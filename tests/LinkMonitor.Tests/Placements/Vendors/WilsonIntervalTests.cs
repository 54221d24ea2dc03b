using LinkMonitor.Placements.Vendors;

namespace LinkMonitor.Tests.Placements.Vendors;

public sealed class WilsonIntervalTests
{
    // Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_is_the_published_one(int successes, int count, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, count)!;

        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Fact]
    public void Shares_are_mirrored()
    {
        var (some, others) = (WilsonInterval.Of(3, 10)!, WilsonInterval.Of(7, 10)!);

        Assert.Equal(1 - some.High, others.Low, 1e-12);
        Assert.Equal(1 - some.Low, others.High, 1e-12);
    }

    [Fact]
    public void The_share_always_lies_within_and_the_interval_within_0_to_1()
    {
        for (var count = 1; count <= 60; count++)
        {
            for (var successes = 0; successes <= count; successes++)
            {
                var interval = WilsonInterval.Of(successes, count)!;
                var share = (double)successes / count;
                Assert.True(interval.Low >= 0 && interval.Low <= share + 1e-12 && share - 1e-12 <= interval.High && interval.High <= 1);
            }
        }
    }

    [Fact]
    public void Nothing_counted_has_no_interval() => Assert.Null(WilsonInterval.Of(0, 0));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    public void Impossible_counts_are_a_bug(int successes, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(successes, count));
}
