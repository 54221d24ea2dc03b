using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class TransactionLimitsTests
{
    [Theory]
    [InlineData('x', 13)]
    [InlineData('\"', 2)]
    [InlineData('東', 2)]
    public void The_action_that_makes_it_too_large_is_named(char letter, int index)
    {
        var failure = Assert.Throws<ArgumentException>(
            () => TransactionLimits.Check([.. Enumerable.Range(0, 20).Select(n => Wide(n, letter))]));

        Assert.Contains($"with action {index} it exceeds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_is_not_refused() => TransactionLimits.Check([.. Enumerable.Range(0, 13).Select(n => Wide(n, 'x'))]);

    private static TableTransactionAction Wide(int number, char letter)
    {
        var row = new TableEntity("p", $"{number}");
        foreach (var column in Enumerable.Range(0, 10))
            row[$"C{column}"] = new string(letter, 30_000);
        return new TableTransactionAction(TableTransactionActionType.Add, row);
    }
}
