using LinkMonitor.Placements.Vendors;

namespace LinkMonitor.Tests.Placements.Vendors;

/// <summary>Survival of all ages together (<see cref="SurvivalCurve"/>).</summary>
public sealed class SurvivalCurveTests
{
    /// <summary>
    /// Times to relapse of 21 patients under 6-MP, weeks: Freireich et al., Blood 21 (1963), 699–716; the estimates are those of
    /// Kalbfleisch and Prentice, table 1.1, and of survfit of R with conf.type "log-log".
    /// </summary>
    private static readonly Lifetime[] Freireich =
    [
        .. new[] { 6, 6, 6, 7, 10, 13, 16, 22, 23 }.Select(week => new Lifetime(week, true)),
        .. new[] { 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35 }.Select(week => new Lifetime(week, false)),
    ];

    [Theory]
    [InlineData(6, 21, 0.8571, 0.6197, 0.9516)]
    [InlineData(10, 15, 0.7529, 0.5032, 0.8894)]
    [InlineData(23, 6, 0.4482, 0.1881, 0.6801)]
    public void The_shares_and_intervals_are_those_of_the_textbook(int week, int atRisk, double share, double low, double high)
    {
        var point = Assert.Single(SurvivalCurve.Of(Freireich, [week]));

        Assert.Equal((week, atRisk), (point.Days, point.AtRisk));
        Assert.Equal(share, point.Share, 3);
        Assert.Equal(low, point.Low, 3);
        Assert.Equal(high, point.High, 3);
    }

    [Fact]
    public void While_nothing_was_lost_the_interval_is_as_wide_as_the_count_is_small()
    {
        var point = Assert.Single(SurvivalCurve.Of([new(100, false), new(100, false), new(10, false)], [30]));

        Assert.Equal((2, 1.0, 1.0), (point.AtRisk, point.Share, point.High));
        Assert.Equal(Math.Round(WilsonInterval.Of(2, 2)!.Low, 4), point.Low);
    }

    [Fact]
    public void What_is_added_late_says_nothing_of_the_days_before_and_none_of_days_that_nobody_watched()
    {
        // Of two that were watched on day 20 one was lost; the third came later.
        var point = Assert.Single(SurvivalCurve.Of([new(20, true), new(100, false), new(100, false, 40)], [90]));
        Assert.Equal((2, 0.5), (point.AtRisk, point.Share));

        Assert.Empty(SurvivalCurve.Of([new(320, false, 319), new(319, true, 319)], [30, 90, 365]));
        Assert.Empty(SurvivalCurve.Of([new(20, false), new(100, false, 40)], [30, 90]));
    }

    [Fact]
    public void Once_all_are_lost_none_stands_and_what_nobody_has_reached_is_left_out()
    {
        var point = Assert.Single(SurvivalCurve.Of([new(5, true), new(7, true)], [90]));
        Assert.Equal((0, 0.0, 0.0), (point.AtRisk, point.Share, point.Low));
        Assert.True(point.High > 0.5);

        Assert.Empty(SurvivalCurve.Of([new(5, false), new(7, true), new(8, false)], [90]));
        Assert.Empty(SurvivalCurve.Of([], [30]));
    }
}
