using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Tests.Storage.Rows;

public sealed class KeyRangeTests
{
    [Fact]
    public void A_filter_is_always_a_key_range() =>
        Assert.Equal(
            "PartitionKey eq 'prj_a' and RowKey ge 'link:' and RowKey lt 'link:~'", KeyRange.StartingWith("prj_a", "link:").Filter());

    [Fact]
    public void A_list_that_goes_on_narrows_the_range() =>
        Assert.Equal(
            "PartitionKey eq 'prj_a' and RowKey gt 'link:b' and RowKey lt 'link:~' and state eq 'live'",
            KeyRange.StartingWith("prj_a", "link:").Filter("link:b", "state eq 'live'"));

    [Fact]
    public void Quotes_cannot_leave_their_literal() =>
        Assert.StartsWith("PartitionKey eq 'a'' or ''1'' eq ''1'", KeyRange.Whole("a' or '1' eq '1").Filter(), StringComparison.Ordinal);

    [Theory]
    [InlineData("prj_a", true)]
    [InlineData("failed:123-abc.d", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a#b", false)]
    [InlineData("a?b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\u0001", false)]
    [InlineData("a~", false)]
    [InlineData("日本", false)]
    public void Only_what_we_could_have_written_is_looked_for(string key, bool expected) =>
        Assert.Equal(expected, RowKeyText.IsPossible(key));

    [Fact]
    public void A_key_has_at_most_512_characters()
    {
        Assert.True(RowKeyText.IsPossible(new string('a', 512)));
        Assert.False(RowKeyText.IsPossible(new string('a', 513)));
    }
}
