using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class RowLimitsTests
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
        var failure = Assert.Throws<ArgumentException>(() => RowLimits.CheckKey(key, "RowKey"));

        Assert.Contains($"U+{(int)key[1]:X4} at position 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal("RowKey", failure.ParamName);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RowLimits.CheckKey("a\ud83d", "RowKey"));
        Assert.Throws<ArgumentException>(() => RowLimits.CheckKey("\udd17a", "RowKey"));
        Assert.Throws<ArgumentException>(() => RowLimits.CheckKey("\udd17\ud83d", "RowKey"));
    }

    [Fact]
    public void The_longest_key_has_512_characters()
    {
        RowLimits.CheckKey(new string('x', 512), "RowKey");

        Assert.Throws<ArgumentException>(() => RowLimits.CheckKey(new string('x', 513), "RowKey"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" it's 100% {x} 🔗 \u00A0 \uFFFD")]
    public void Anything_else_is_allowed(string key) => RowLimits.CheckKey(key, "RowKey");

    [Fact]
    public void A_row_without_a_key_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => RowLimits.Check(new TableEntity { PartitionKey = "p" }));

        Assert.Equal("RowKey", failure.ParamName);
    }

    [Fact]
    public void A_column_that_cannot_be_stored_is_named()
    {
        var type = Assert.Throws<ArgumentException>(() => RowLimits.Check(new TableEntity("p", "r") { ["Cost"] = 1.5m }));
        var time = Assert.Throws<ArgumentException>(() => RowLimits.Check(new TableEntity("p", "r") { ["At"] = DateTimeOffset.MinValue }));

        Assert.Contains("The column Cost is a Decimal", type.Message, StringComparison.Ordinal);
        Assert.Contains("The column At lies before the year 1601", time.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_too_large_is_named()
    {
        RowLimits.Check(new TableEntity("p", "r") { ["note"] = new string('x', 32_768), ["data"] = new byte[65_536] });

        Assert.Equal("note", Refused(new TableEntity("p", "r") { ["note"] = new string('x', 32_769) }));
        Assert.Equal("data", Refused(new TableEntity("p", "r") { ["data"] = new byte[65_537] }));
    }

    [Fact]
    public void Of_a_row_that_is_too_large_the_largest_column_is_named()
    {
        var row = new TableEntity("p", "r") { ["largest"] = new string('x', 32_000) };
        for (var column = 0; column < 17; column++)
            row[$"c{column}"] = new string('x', 30_800);

        Assert.Equal("largest", Refused(row));
    }

    [Fact]
    public void In_a_transaction_it_is_named_too()
    {
        var row = new TableEntity("p", "r") { ["note"] = new string('x', 32_769) };

        var failure = Assert.Throws<RowTooLargeException>(() => TransactionLimits.Check([new(TableTransactionActionType.Add, row)]));

        Assert.Equal("note", failure.Column);
    }

    private static string? Refused(TableEntity row) => Assert.Throws<RowTooLargeException>(() => RowLimits.Check(row)).Column;
}
