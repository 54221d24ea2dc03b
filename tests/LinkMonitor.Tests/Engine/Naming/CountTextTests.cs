using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Tests.Engine.Naming;

public sealed class CountTextTests
{
    [Theory]
    [InlineData(0, "0 links", "0 rows were")]
    [InlineData(1, "1 link", "1 row was")]
    [InlineData(2, "2 links", "2 rows were")]
    [InlineData(1_200, "1,200 links", "1,200 rows were")]
    public void One_of_a_thing_is_named_otherwise_than_any_other_number(int count, string links, string rows) =>
        Assert.Equal((links, rows), (CountText.Of(count, "link"), CountText.Of(count, "row was", "rows were")));
}
