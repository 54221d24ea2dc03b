using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class EntityKeysTests
{
    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\0b")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u009Fb")]
    public void A_forbidden_character_is_named_with_its_place(string key)
    {
        var failure = Assert.Throws<ArgumentException>(() => EntityKeys.Validate(key, "RowKey"));

        Assert.Contains($"U+{(int)key[1]:X4} at position 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal("RowKey", failure.ParamName);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        Assert.Throws<ArgumentException>(() => EntityKeys.Validate("a\ud83d", "RowKey"));
        Assert.Throws<ArgumentException>(() => EntityKeys.Validate("\udd17a", "RowKey"));
        Assert.Throws<ArgumentException>(() => EntityKeys.Validate("\udd17\ud83d", "RowKey"));
    }

    [Fact]
    public void The_longest_key_has_512_characters()
    {
        EntityKeys.Validate(new string('x', 512), "RowKey");

        Assert.Throws<ArgumentException>(() => EntityKeys.Validate(new string('x', 513), "RowKey"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" it's 100% {x} 🔗 \u00A0 \uFFFD")]
    public void Anything_else_is_allowed(string key) => EntityKeys.Validate(key, "RowKey");

    [Fact]
    public void An_entity_without_a_key_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => EntityKeys.Validate(new TableEntity { PartitionKey = "p" }));

        Assert.Equal("RowKey", failure.ParamName);
    }

    [Fact]
    public void Quotes_are_doubled_and_everything_else_is_escaped_once() =>
        Assert.Equal(
            "links(PartitionKey='it%27%27s',RowKey='100%25%20%C3%A9')", EntityKeys.Path("links", "it's", "100% é"));
}
