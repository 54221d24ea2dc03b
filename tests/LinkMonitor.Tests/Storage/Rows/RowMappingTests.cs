using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Tests.Storage.Rows;

public sealed class RowMappingTests
{
    [Fact]
    public void A_sound_row_is_read()
    {
        Assert.Equal("a", RowMapping.Try("Links", Row(), row => row.Text("name"), out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData(null, "Repair")]
    [InlineData(RowSchema.Current + 1, "Update")]
    public void A_row_of_an_unknown_layout_says_whether_to_repair_it_or_to_update(int? version, string advice)
    {
        var row = Row();
        row[RowSchema.Version] = version;

        Assert.Null(RowMapping.Try("Links", row, one => one.Text("name"), out var problem));

        Assert.StartsWith(advice, problem!.Note!.Advice, StringComparison.Ordinal);
        Assert.Contains("Links", problem.Note.Name.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_the_row_s_fault_and_named_on_one_line()
    {
        Assert.Null(RowMapping.Try("Links", Row(), row => row.Text("gone"), out var problem));
        Assert.Contains("'gone'", problem!.Note!.Problem, StringComparison.Ordinal);

        RowMapping.Try<string>("Links", Row(), _ => throw new InvalidDataException("one\ntwo"), out var other);
        Assert.Equal("one two", other!.Note!.Problem);
    }

    [Fact]
    public void What_no_row_causes_is_thrown() =>
        Assert.Throws<TimeoutException>(() => RowMapping.Try<string>("Links", Row(), _ => throw new TimeoutException(), out _));

    private static TableEntity Row()
    {
        var row = RowSchema.New("p", "r");
        row["name"] = "a";
        return row;
    }
}
