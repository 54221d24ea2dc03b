using LinkMonitor.Filtering;

namespace LinkMonitor.Tests.Filtering;

public sealed class FilterLineTests
{
    private static readonly FilterTerm Lost = FilterTerm.Of(FilterBy.State, "lost");

    [Theory]
    [InlineData("", "state:lost")]
    [InlineData("state:lost", "state:lost")]
    [InlineData("-state:lost tag:a", "tag:a state:lost")]
    [InlineData("state:live sort:page", "state:live state:lost sort:page")]
    public void A_term_is_added_once_and_its_opposite_goes(string line, string expected) =>
        Assert.Equal(expected, Read(line).With(Lost).Text);

    [Fact]
    public void Terms_go_one_by_one_or_by_key()
    {
        var line = Read("state:lost state:live -tag:a sort:-ends");

        Assert.Equal("state:live -tag:a sort:-ends", line.Without(Lost).Text);
        Assert.Equal("-tag:a sort:-ends", line.Without(FilterBy.State).Text);
        Assert.Equal("-tag:a state:lost sort:-ends", line.WithOnly(Lost).Text);
        Assert.Equal("state:lost state:live -tag:a", line.OrderedBy(null).Text);
        Assert.Equal("tag:b state:lost state:live -tag:a sort:page", Read("tag:b sort:page").And(line).Text);
        Assert.Equal("tag:b sort:-since", Read("tag:b").And(Read("tag:b sort:-since")).Text);
    }

    [Fact]
    public void A_term_that_no_key_reads_is_our_bug()
    {
        Assert.Throws<ArgumentException>(() => FilterTerm.Of(FilterBy.State, "gone"));
        Assert.Equal("tag:\"a, \\\"b\\\"\"", FilterTerm.Of(FilterBy.Tag, "a, \"b\"").Text);
        Assert.Equal("-state:lost", Lost.Inverse().Text);
        Assert.Equal(Lost, Lost.Inverse().Inverse());
    }

    [Theory]
    [InlineData("state:lost tag:a", false)]
    [InlineData("ends:<=2026-12-31", false)]
    [InlineData("-seen:>7d", true)]
    [InlineData("muted:yes", true)]
    [InlineData("is:muted", true)]
    [InlineData("-has:answer", true)]
    [InlineData("-has:tag", false)]
    public void It_says_whether_time_alone_changes_what_matches(string line, bool depends) =>
        Assert.Equal(depends, Read(line).DependsOnTime);

    private static FilterLine Read(string line) => FilterParser.Read(line).Line!;
}
