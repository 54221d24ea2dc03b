using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Tests.Storage.Rows;

public sealed class RowKeyTextTests
{
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
