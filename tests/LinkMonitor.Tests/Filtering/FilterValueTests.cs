using LinkMonitor.Filtering;

namespace LinkMonitor.Tests.Filtering;

public sealed class FilterValueTests
{
    [Theory]
    [InlineData("", -1, false)]
    [InlineData("", 0, true)]
    [InlineData("<", -1, true)]
    [InlineData("<", 0, false)]
    [InlineData("<=", 0, true)]
    [InlineData("<=", 1, false)]
    [InlineData(">", 1, true)]
    [InlineData(">", 0, false)]
    [InlineData(">=", 0, true)]
    [InlineData(">=", -1, false)]
    public void A_comparison_is_read_written_and_held_to(string sign, int order, bool holds)
    {
        var (comparison, rest) = ComparisonSign.Read($"{sign} 7 ");

        Assert.Equal((sign, "7", holds), (comparison.Sign(), rest, comparison.Holds(order)));
    }
}
