using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>
/// A file that ends in the middle of a row, as a download that broke off (<see cref="EndOfText"/>), and rows that are short or turned
/// (<see cref="HeadersBelow"/>): a link that is read half is one that nobody has, and is told as lost for ever.
/// </summary>
public sealed class CutFileTests
{
    private const string Header = "Source url,Target url,Anchor,Nofollow,Lost link\n";

    [Fact]
    public void A_file_that_ends_anywhere_in_its_last_row_never_gives_a_link_that_it_did_not_have()
    {
        const string Rows = "https://a.example/one,https://example.org/lamps,A,faux,faux\n"
            + "https://b.example/two,https://example.org/lamps,\"B, \"\"b\"\"\",faux,faux\n";
        const string Whole = Header + Rows + "https://c.example/three,https://example.org/tables,\"C, \"\"c\"\"\",faux,faux";

        Assert.Equal(3, ReadFile.Rows(Whole).OfType<LinkFileRow>().Count());
        for (var length = Header.Length + Rows.Length + 1; length < Whole.Length; length++)
        {
            var rows = ReadFile.Rows(Whole[..length]);
            Assert.Equal(2, rows.OfType<LinkFileRow>().Count());
            Assert.Equal(4, Assert.Single(rows.OfType<BadRow>()).Line);
        }
    }

    [Theory]
    [InlineData("page,target,note\nhttps://a.example/,https://example.org/lamps,x\nhttps://b.example/,https://example.org/lam")]
    [InlineData("page,target\nhttps://a.example/,https://example.org/lamps\nhttps://b.example/,https://example.org/lam")]
    [InlineData("page,target\nhttps://a.example/,https://shop.example.org/\nhttps://b.example/,https://shop.exa")]
    [InlineData("https://a.example/\thttps://example.org/lamps\nhttps://b.example/\thttps://example.org/l")]
    public void A_row_that_nothing_ends_and_that_seems_cut_is_named(string text)
    {
        var rows = ReadFile.Rows(text);

        Assert.Contains("The file ends in this row", Assert.Single(rows.OfType<BadRow>()).Why, StringComparison.Ordinal);
        Assert.Single(rows.OfType<LinkFileRow>());
        Assert.Contains("end", Assert.Single(rows.OfType<BadRow>()).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page,target,note\nhttps://a.example/,https://example.org/lamps,x\nhttps://b.example/,https://example.org/lamps,")]
    [InlineData("page,target\nhttps://a.example/,https://example.org/lamps\nhttps://b.example/,https://example.org/")]
    [InlineData("page,target\nhttps://a.example/,https://example.org/lamps\nhttps://b.example/,https://example.org")]
    [InlineData("page,target\nhttps://a.example/,https://example.org/p-12\nhttps://b.example/,https://example.org/p-1")]
    [InlineData("Source url,Target url,Lost\nhttps://a.example/,https://example.org/,2026-01-01\nhttps://b.example/,https://example.org/,\n"
        + "https://c.example/,https://example.org/,", 2)]
    public void A_last_row_that_is_whole_needs_no_line_end(string text, int links = 2)
    {
        var rows = ReadFile.Rows(text);

        Assert.Equal(links, rows.Cast<LinkFileRow>().Count(row => !row.Text.WasLost));
    }

    [Fact]
    public void A_last_row_that_ends_before_what_all_others_say_of_the_loss_is_cut()
    {
        var rows = ReadFile.Rows(
            Header + "https://a.example/,https://example.org/,A,false,false\nhttps://b.example/,https://example.org/,B,false,");

        Assert.Equal(["2 https://a.example/ https://example.org/", "3 bad"], rows.Select(ReadFile.Short));
    }

    [Fact]
    public void Rows_may_leave_out_their_last_cells_but_none_that_says_whether_the_link_is_lost()
    {
        var without = ReadFile.Rows("Source url,Target url,Anchor,First seen\nhttps://a.example/,https://example.org/\n"
            + "https://b.example/,https://example.org/,B\n");
        var with = ReadFile.Rows(
            Header + "https://a.example/,https://example.org/\nhttps://b.example/,https://example.org/,B,false,false\n");

        Assert.Equal(2, without.OfType<LinkFileRow>().Count());
        Assert.Equal(["2 bad", "3 https://b.example/ https://example.org/"], with.Select(ReadFile.Short));
        Assert.Contains("'Lost link'", ((BadRow)with[0]).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_that_are_wanted_though_lost_need_no_such_cell() =>
        Assert.Single(ReadFile.Open(
                Header + "https://a.example/,https://example.org/\n", RowDefaults.None with { WithLost = true }).Single()
            .Rows(TestContext.Current.CancellationToken).OfType<LinkFileRow>());

    [Fact]
    public void Below_a_header_in_another_order_no_row_is_read()
    {
        var rows = ReadFile.Rows("Source URL,Target URL\nhttps://a.example/,https://example.org/\n\nTarget URL,Source URL\n"
            + "https://example.org/,https://b.example/\nSource URL,Target URL\nhttps://c.example/,https://example.org/\n");

        Assert.Equal(
            ["2 https://a.example/ https://example.org/", "4 bad", "5 bad", "6 bad", "7 https://c.example/ https://example.org/"],
            rows.Select(ReadFile.Short));
        Assert.Contains("line 4", ((BadRow)rows[2]).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_header_of_another_export_further_down_turns_the_rows_below_it_away()
    {
        var rows = ReadFile.Rows("Source URL,Target URL,Anchor\nhttps://a.example/,https://example.org/,x\n"
            + "Anchor,Landing page,Referring page\nx,https://example.org/,https://b.example/\n");

        Assert.Equal(["2 https://a.example/ https://example.org/", "3 bad", "4 bad"], rows.Select(ReadFile.Short));
    }

    [Theory]
    [InlineData("https://a.example/a-long-ti…")]
    [InlineData("https://a.example/a-long-ti...")]
    [InlineData("https://a.example/…/page")]
    [InlineData("https://a.example/?a=1&amp;b=2")]
    public void An_address_as_another_program_shows_it_is_named(string page)
    {
        Assert.IsType<BadRow>(Assert.Single(ReadFile.Rows($"page,target\n{page},https://example.org/\n")));
        Assert.NotNull(AddressText.Wrong("page", page));
    }

    [Theory]
    [InlineData("\u200Bhttps://a.example/x\u200B,\u2060https://example.org/\uFEFF")]
    [InlineData("\"https://a.example/x\u00A0\",https://example.org/\u200E")]
    public void What_nobody_sees_at_either_end_of_an_address_is_no_part_of_it(string row) =>
        Assert.Equal("2 https://a.example/x https://example.org/", ReadFile.Short(Assert.Single(ReadFile.Rows($"page,target\n{row}\n"))));
}
