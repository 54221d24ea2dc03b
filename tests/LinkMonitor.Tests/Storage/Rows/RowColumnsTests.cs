using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Tests.Storage.Rows;

public sealed class RowColumnsTests
{
    [Theory]
    [InlineData("{\"broken", "The column 'tags' is damaged: it holds no such JSON as it should (")]
    [InlineData("{}", "The column 'tags' is damaged: it holds no such JSON as it should (")]
    [InlineData(null, "The row has no column 'tags'.")]
    public void What_is_wrong_with_a_column_names_it(string? json, string told)
    {
        var row = new TableEntity("p", "r") { ["tags"] = json };

        var problem = Assert.Throws<FormatException>(() => row.Json("tags", StorageJsonContext.Stored.IReadOnlyListString));

        Assert.StartsWith(told, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_others_read_must_be_json()
    {
        var row = new TableEntity("p", "r") { ["choices"] = "{\"broken", ["good"] = "[1]" };

        Assert.Contains("'choices'", Assert.Throws<FormatException>(() => row.JsonText("choices")).Message, StringComparison.Ordinal);
        Assert.Equal("[1]", row.JsonText("good"));
    }
}
