using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class ODataFilterTests
{
    [Fact]
    public void A_filter_is_always_a_key_range() =>
        Assert.Equal(
            "PartitionKey eq 'prj_a' and RowKey ge 'link:' and RowKey lt 'link;'",
            ODataFilter.Of(new RowQuery(KeyRange.StartingWith("prj_a", "link:"))));

    [Fact]
    public void A_list_that_goes_on_narrows_the_range() =>
        Assert.Equal(
            "PartitionKey eq 'prj_a' and RowKey gt 'link:b' and RowKey lt 'link;' and state eq 'live'",
            ODataFilter.Of(
                new RowQuery(
                    KeyRange.StartingWith("prj_a", "link:"))
                {
                    After = "link:b",
                    Conditions = [new ColumnCondition("state", "live")],
                }));

    [Fact]
    public void Quotes_cannot_leave_their_literal() =>
        Assert.StartsWith(
            "PartitionKey eq 'a'' or ''1'' eq ''1'",
            ODataFilter.Of(new RowQuery(KeyRange.Whole("a' or '1' eq '1"))),
            StringComparison.Ordinal);
}
