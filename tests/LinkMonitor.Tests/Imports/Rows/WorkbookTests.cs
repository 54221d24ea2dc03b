using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>
/// Workbooks: a header further down, merged cells, links behind words and formulas (<see cref="WorkbookLinks"/>), a sheet for each kind of
/// link.
/// </summary>
public sealed class WorkbookTests
{
    private static readonly string[] Header = ["Page", "Target", "Anchor"];

    [Fact]
    public void A_header_in_the_third_row_below_merged_cells_is_found_and_merged_cells_count_for_all_they_cover()
    {
        var book = ReadFile.Workbook(
            [("Links", [["Our links of May", "", ""], [], Header, ["https://a.example/", "https://example.org/", "one"],
                ["", "https://example.org/b", "two"], [], ["https://c.example/", "https://example.org/", ""]])],
            "A1:C1", "A4:A5");

        Assert.Equal(
            ["4 https://a.example/ https://example.org/", "5 https://a.example/ https://example.org/b",
                "7 https://c.example/ https://example.org/"],
            Rows(book).Select(ReadFile.Short));
    }

    [Fact]
    public void The_address_behind_a_word_or_in_a_formula_counts()
    {
        var book = ReadFile.Workbook(
            [("Links", [Header, ["@https://a.example/x|the post", "=https://example.org/|home", "word"],
                ["@https://b.example/?a=1&b=2|another", "https://example.org/", "=https://c.example/|anchor"]])]);

        var rows = Rows(book).Cast<LinkFileRow>().ToList();

        Assert.Equal(["2 https://a.example/x https://example.org/", "3 https://b.example/?a=1&b=2 https://example.org/"],
            rows.Select(ReadFile.Short));

        // Where no address is wanted a cell is what it shows.
        Assert.Equal(["word", "anchor"], rows.Select(row => row.Expectation.Anchor.Value));
    }

    [Fact]
    public void Hidden_rows_are_left_out_and_counted()
    {
        var file = ReadFile.Open(ReadFile.Workbook(
        [
            ("Links", [["~Our links", ""], Header, ["https://a.example/", "https://example.org/"],
                ["~https://b.example/", "https://example.org/"], ["~", ""], ["https://c.example/", "https://example.org/"],
                ["~https://d.example/", "https://example.org/"]]),
            ("More", [Header, ["~https://e.example/", "https://example.org/"], ["https://f.example/", "https://example.org/"]]),
        ]));

        Assert.Equal(
            ["3 https://a.example/ https://example.org/", "6 https://c.example/ https://example.org/"],
            file.Tables[0].Rows(TestContext.Current.CancellationToken).Select(ReadFile.Short));
        Assert.Equal(
            [
                "2 rows of sheet 'Links' are hidden and left out. Show them to import them, too.",
                "A row of sheet 'More' is hidden and left out. Show it to import it, too.",
            ],
            file.Notices);
    }

    [Theory]
    [InlineData("EncryptedPackage", "The file is protected by a password.")]
    [InlineData("Workbook", "is an old Excel workbook")]
    public void A_workbook_behind_a_password_is_called_so(string stream, string said)
    {
        // The beginning of a compound file, and its directory in the second sector.
        var bytes = new byte[512 * 4];
        byte[] start = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        start.CopyTo(bytes, 0);
        bytes[0x1E] = 9;
        bytes[0x30] = 1;
        System.Text.Encoding.Unicode.GetBytes("Root Entry").CopyTo(bytes, 1024);
        System.Text.Encoding.Unicode.GetBytes(stream).CopyTo(bytes, 1024 + 128);

        Assert.Contains(
            said.Replace("The file", "'links'", StringComparison.Ordinal),
            Assert.Throws<UnreadableFileException>(() => ReadFile.Open(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_sheet_of_links_is_read_and_the_others_are_named()
    {
        var file = ReadFile.Open(ReadFile.Workbook(
        [
            ("Guest posts", [Header, ["https://a.example/", "https://example.org/", ""]]),
            ("Directories", [["Source url", "Target url"], ["https://b.example/", "https://example.org/"]]),
            ("Totals", [["Domain", "Backlinks"], ["a.example", "12"]]),
            ("Empty", []),
        ]));

        Assert.Equal(["Guest posts", "Directories"], file.Tables.Select(table => table.Sheet));
        Assert.Contains("'Totals'", Assert.Single(file.Notices), StringComparison.Ordinal);
        Assert.Equal(WantedWord.Sheet, Assert.Throws<UnreadableFileException>(file.Single).Asks);
    }

    [Fact]
    public void One_sheet_is_read_when_it_is_named()
    {
        var book = ReadFile.Workbook(
        [
            ("One", [Header, ["https://a.example/", "https://example.org/", ""]]),
            ("Two", [Header, ["https://b.example/", "https://example.org/", ""], ["no address", "https://example.org/", ""]]),
        ]);

        var rows = ReadFile.Open(book, RowDefaults.None with { Sheet = "two" })
            .Single()
            .Rows(TestContext.Current.CancellationToken)
            .ToList();

        Assert.Equal(["2 https://b.example/ https://example.org/", "3 bad"], rows.Select(ReadFile.Short));
        Assert.StartsWith("Sheet 'Two', row 3:", rows[1].ToString(), StringComparison.Ordinal);
        Assert.Throws<UnreadableFileException>(() => ReadFile.Open(book, RowDefaults.None with { Sheet = "three" }));
    }

    [Fact]
    public void Hidden_sheets_are_left_out_and_named_and_read_when_somebody_names_them()
    {
        var book = ReadFile.Workbook(
        [
            ("Links", [Header, ["https://a.example/", "https://example.org/", ""]]),
            ("~Old", [Header, ["https://b.example/", "https://example.org/", ""]]),
            ("~~Older", [Header, ["https://c.example/", "https://example.org/", ""]]),
            ("~Empty", []),
        ]);
        var file = ReadFile.Open(book);

        Assert.Equal("Links", Assert.Single(file.Tables).Sheet);
        Assert.Equal(2, file.Notices.Count);
        Assert.Contains("'Older' is hidden", file.Notices[1], StringComparison.Ordinal);
        Assert.Equal(
            "2 https://b.example/ https://example.org/",
            ReadFile.Short(Assert.Single(
                ReadFile.Open(book, RowDefaults.None with { Sheet = "old" }).Single().Rows(TestContext.Current.CancellationToken))));
    }

    [Fact]
    public void A_workbook_with_nothing_but_hidden_sheets_asks_for_one()
    {
        var book = ReadFile.Workbook([("~Old", [Header, ["https://b.example/", "https://example.org/", ""]])]);

        var refused = Assert.Throws<UnreadableFileException>(() => ReadFile.Open(book));

        Assert.Equal(WantedWord.Sheet, refused.Asks);
        Assert.Contains("'Old'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_cell_over_the_page_and_the_target_is_neither()
    {
        var book = ReadFile.Workbook(
            [("Links", [Header, ["https://a.example/", "", ""], ["https://b.example/", "https://example.org/", ""]])], "A2:C2");

        Assert.Equal(["2 bad", "3 https://b.example/ https://example.org/"], Rows(book).Select(ReadFile.Short));
    }

    [Fact]
    public void What_is_missing_names_its_sheet()
    {
        var book = ReadFile.Workbook(
        [
            ("A", [Header, ["https://a.example/", "https://example.org/", ""]]),
            ("B", [["Foo", "Bar"], ["https://b.example/", "https://example.org/"], ["https://c.example/", "https://example.org/"]]),
        ]);

        Assert.StartsWith("Sheet 'B', row 1:", ReadFile.Open(book).Tables[1].Unsettled()?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(400)]
    public void A_workbook_that_is_cut_is_refused(int length)
    {
        var book = ReadFile.Workbook([("Links", [Header, ["https://a.example/", "https://example.org/", ""]])]);

        var refused = Assert.Throws<UnreadableFileException>(() => ReadFile.Open(book[..length]));

        Assert.Contains("Excel workbook", refused.Message, StringComparison.Ordinal);
    }

    private static List<object> Rows(byte[] book) => [.. ReadFile.Open(book).Single().Rows(TestContext.Current.CancellationToken)];
}
