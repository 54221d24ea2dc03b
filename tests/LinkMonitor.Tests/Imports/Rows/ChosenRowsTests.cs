using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>
/// Who says which column is what is obeyed, also where no header is found (<see cref="ChosenRows"/>, <see cref="ChosenStart"/>,
/// <see cref="TextOfLinks"/>).
/// </summary>
public sealed class ChosenRowsTests
{
    private const string Two = "https://a.example/1,https://example.org/\nhttps://b.example/2,https://example.org/x\n";

    private static readonly string Prose =
        string.Concat(Enumerable.Range(1, 400).Select(n => $"Words of line {n}, and some more of them\n"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Files => new()
    {
        { "no header, a third column", "https://a.example/1,https://example.org/,12\n", "1 https://a.example/1 https://example.org/" },
        {
            "names that nobody knows and an empty one", ",Thing,Score\nhttps://a.example/1,https://example.org/,12\n",
            "2 https://a.example/1 https://example.org/"
        },
        { "a few lines before", "Our links\nof May\n\n" + Two, "4 https://a.example/1 https://example.org/" },
        { "400 lines before", Prose + Two, "401 https://a.example/1 https://example.org/" },
        { "60 empty lines before", new string('\n', 60) + Two, "61 https://a.example/1 https://example.org/" },
        {
            "rows without an address before",
            string.Concat(Enumerable.Repeat("none,none,1\n", 500)) + "https://a.example/1,example.org,1\n",
            "501 https://a.example/1 https://example.org/"
        },
        {
            "tabs, with commas in the words before", "A, b, c\nhttps://a.example/1\thttps://example.org/\t7\n",
            "2 https://a.example/1 https://example.org/"
        },
        { "semicolons", "https://a.example/1;https://example.org/;7;x\n", "1 https://a.example/1 https://example.org/" },
        {
            "a quotation mark that nobody closed before",
            "\"Report of May\nof ours\n\"https://a.example/1\",\"https://example.org/\",\"1\"\n",
            "3 https://a.example/1 https://example.org/"
        },
        { "a comment before", "# ours\nhttps://a.example/1,https://example.org/\n", "2 https://a.example/1 https://example.org/" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_row_is_a_link_from_the_first_with_addresses_in_the_chosen_columns(string what, string text, string first)
    {
        Assert.NotEmpty(what);

        var rows = Read(text, ("1", ColumnRole.Page), ("2", ColumnRole.Target));

        Assert.Equal(first, ReadFile.Short(rows[0]));
        Assert.All(rows, row => Assert.IsType<LinkFileRow>(row));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Without_a_choice_such_a_file_is_refused_and_where_it_has_addresses_its_columns_are_shown(
        string what, string text, string first)
    {
        Assert.True(what.Length > 0 && first.Length > 0);
        var refused = Assert.Throws<UnreadableFileException>(() => ReadFile.Open(text).Single());

        Assert.NotEqual(WantedWord.Encoding, refused.Asks);
        if (refused.Asks != WantedWord.Columns)
            return;
        var table = Assert.Single(ReadFile.Open(text).Tables);
        Assert.Equal(Certainty.Doubtful, table.Columns.Certainty);
        Assert.DoesNotContain(ColumnRole.Page, table.Columns.Roles);
        Assert.Contains(table.Cells(Stop).First().Cells, ColumnContent.IsAddress);
    }

    [Theory]
    [InlineData("My links\nhttps://a.example/1\nhttps://b.example/2\n", 2)]
    [InlineData("Of Jo, in May, all\nhttps://a.example/1,5\nhttps://b.example/x,7\n", 2)]
    [InlineData("https://a.example/1,2\nhttps://b.example/2\nhttps://c.example/3\n", 3)]
    [InlineData("List\na.example\nb.example\n", 2)]
    [InlineData("https://a.example/1\ndomain:b.example\n", 1)]
    [InlineData("# ours\nhttps://a.example/1\n", 1)]
    [InlineData("URL,Title,PA,Total Links\nhttps://a.example/1,T,30,12\n", 1)]
    public void One_column_of_pages_is_enough_with_a_target_for_all(string text, int links)
    {
        var rows = Read(text, ("1", ColumnRole.Page));

        Assert.Equal(links, rows.OfType<LinkFileRow>().Count());
    }

    [Fact]
    public void Columns_that_are_chosen_by_name_are_those_of_the_first_line_that_has_these_names()
    {
        var rows = Read(
            Prose + "Nr,Wo,Wohin,Wer\n1,https://a.example/1,https://example.org/,Jo\n2,nowhere,https://example.org/,Jo\n",
            ("wo", ColumnRole.Page), ("Wohin", ColumnRole.Target), ("4", ColumnRole.Vendor));

        Assert.Equal(["402 https://a.example/1 https://example.org/", "403 bad"], rows.Select(ReadFile.Short));
        Assert.Equal("Jo", Assert.IsType<LinkFileRow>(rows[0]).Text.Own[1]);
    }

    [Fact]
    public void Other_columns_that_are_chosen_come_too_and_those_that_nobody_named_do_not()
    {
        var table = ReadFile.Open(
            "Words\nhttps://a.example/1,x,https://example.org/,one\n",
            Choose(("1", ColumnRole.Page), ("3", ColumnRole.Target), ("4", ColumnRole.Tags))).Single();

        var row = Assert.IsType<LinkFileRow>(Assert.Single(table.Rows(Stop)));

        Assert.Equal((Certainty.Certain, "You chose the columns."), (table.Columns.Certainty, table.Columns.Why));
        Assert.Equal(["Column 4"], table.OwnColumns);
        Assert.Equal(["one"], row.Text.Own);
    }

    [Fact]
    public void Names_above_the_rows_stay_with_their_columns()
    {
        var table = ReadFile.Open(
            ",Where,Score\nx,https://a.example/1,7\n", Choose(("2", ColumnRole.Page)) with { Target = "https://example.org/" }).Single();

        Assert.Equal(["", "Where", "Score"], table.Columns.Header);
        Assert.Equal(ColumnRole.Metric, table.Columns.Roles[2]);
    }

    [Fact]
    public void Chosen_columns_without_an_address_in_any_row_are_named()
    {
        var refused = Assert.Throws<UnreadableFileException>(
            () => Read("Words\nhttps://a.example/1,x,1\n", ("2", ColumnRole.Page), ("3", ColumnRole.Target)));

        Assert.Equal(
            "No row has an address in each of the columns that are chosen: '2' as the page, '3' as the target. Choose others.",
            refused.Message);
        Assert.Equal((WantedWord.Columns, true), (refused.Asks, refused.IsWrittenWrongly));
    }

    [Theory]
    [InlineData("99999999")]
    [InlineData("2147483647")]
    [InlineData("Nowhere")]
    public void Another_column_that_the_file_does_not_have_is_named(string column) => Assert.Contains(
        column,
        Assert.Throws<UnreadableFileException>(
            () => Read("Words\n" + Two.Replace("\n", ",1\n", StringComparison.Ordinal), ("1", ColumnRole.Page), (column, ColumnRole.Tags)))
            .Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_header_that_is_found_and_lacks_a_chosen_column_gives_way()
    {
        var rows = Read(
            "Source,Target\nhttps://x.example/,https://example.org/;\n" + "q;w;https://a.example/1;https://example.org/\n",
            ("3", ColumnRole.Page), ("4", ColumnRole.Target));

        Assert.Equal("3 https://a.example/1 https://example.org/", ReadFile.Short(Assert.Single(rows)));
    }

    [Fact]
    public void In_a_workbook_the_sheets_that_have_addresses_there_are_read_and_the_others_named()
    {
        var book = ReadFile.Workbook(
        [
            ("About", [["Of Jo"], ["in May"]]),
            ("Links", [["Of Jo", "", ""], [], ["1", "https://a.example/1", "https://example.org/"], ["2", "none", "https://example.org/"]]),
        ]);

        var refused = ReadFile.Open(book);
        var file = ReadFile.Open(book, Choose(("2", ColumnRole.Page), ("3", ColumnRole.Target)));

        Assert.Equal(WantedWord.Columns, Assert.Throws<UnreadableFileException>(refused.Single).Asks);
        Assert.Equal(["Links"], file.Tables.Select(table => table.Sheet));
        Assert.Contains("'About'", Assert.Single(file.Notices), StringComparison.Ordinal);
        Assert.Equal(["3 https://a.example/1 https://example.org/", "4 bad"], file.Single().Rows(Stop).Select(ReadFile.Short));
    }

    [Fact]
    public void What_is_no_table_is_refused_whatever_is_chosen()
    {
        foreach (var text in (string[])["<html><a href=\"https://a.example/\">a</a>", "{\"url\":\"https://a.example/\"}"])
            Assert.Throws<UnreadableFileException>(() => Read(text, ("1", ColumnRole.Page)));
    }

    private static RowDefaults Choose(params (string Column, ColumnRole Role)[] chosen) =>
        RowDefaults.None with { Columns = chosen.ToDictionary(one => one.Column, one => one.Role) };

    private static List<object> Read(string text, params (string Column, ColumnRole Role)[] chosen)
    {
        var hasTarget = Array.Exists(chosen, one => one.Role == ColumnRole.Target);
        var file = ReadFile.Open(text, Choose(chosen) with { Target = hasTarget ? null : "https://example.org/" });
        return [.. file.Single().Rows(Stop)];
    }
}
