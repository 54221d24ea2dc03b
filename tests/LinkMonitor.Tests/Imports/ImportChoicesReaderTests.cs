using LinkMonitor.Api;
using LinkMonitor.Imports;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports;

public sealed class ImportChoicesReaderTests
{
    [Fact]
    public void What_a_query_says_is_kept_and_read_back_the_same()
    {
        var errors = new FieldErrors();
        var query = new ImportQuery
        {
            Target = " https://example.org/ ",
            Match = "host",
            Encoding = "windows-1250",
            Sheet = "Guest posts",
            Columns = "page:2, target : Landing page,anchor:3",
            Tags = "2026, paid,,one\\, two; three",
            Vendor = "",
            WithLost = true,
        };

        var choices = ImportChoicesReader.Read(query, errors);
        var again = ImportChoices.FromJson(choices.ToJson());

        Assert.False(errors.Any);
        Assert.Equal(choices.ToJson(), again.ToJson());
        Assert.Equal(("https://example.org/", "host", "windows-1250", "Guest posts", true),
            (again.Target, again.Match, again.Encoding, again.Sheet, again.WithLost));
        Assert.Null(again.Vendor);
        Assert.Equal(["2026", "paid", "one, two; three"], again.Tags);
        Assert.Equal([("2", ColumnRole.Page), ("Landing page", ColumnRole.Target), ("3", ColumnRole.Anchor)],
            again.Columns.Select(column => (column.Key, column.Value)));
    }

    [Theory]
    [InlineData("target", "ftp://example.org/", "")]
    [InlineData("match", "nearly", "")]
    [InlineData("encoding", "utf-7", "")]
    [InlineData("columns", "", "page")]
    [InlineData("columns", "", "page:")]
    [InlineData("columns", "", "colour:2")]
    [InlineData("columns", "", "page:1,target:1")]
    public void What_is_wrong_is_said_at_its_field(string field, string value, string columns)
    {
        var errors = new FieldErrors();

        ImportChoicesReader.Read(
            new ImportQuery
            {
                Target = field == "target" ? value : null,
                Match = field == "match" ? value : null,
                Encoding = field == "encoding" ? value : null,
                Columns = columns,
            }, errors);

        Assert.Equal([field], errors.ToDictionary().Keys);
    }
}
