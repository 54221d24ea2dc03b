using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Paging;

public sealed class CursorTests
{
    private const string List = "links prj_a";
    private static readonly KeyRange Range = KeyRange.StartingWith("prj_a", "link:");

    [Fact]
    public void A_cursor_is_read_back() =>
        Assert.Equal("link:lnk_a", Cursor.Read(List, Range, Cursor.Write(List, "link:lnk_a")));

    [Fact]
    public void No_cursor_is_the_beginning() => Assert.Null(Cursor.Read(List, Range, null));

    [Fact]
    public void A_cursor_may_stand_in_a_url_as_it_is() =>
        Assert.Matches("^[A-Za-z0-9_-]+$", Cursor.Write(List, "link:lnk_~~~???"));

    [Fact]
    public void The_cursor_of_another_list_is_refused()
    {
        var cursor = Cursor.Write("links prj_b", "link:lnk_a");

        Assert.Throws<InvalidCursorException>(() => Cursor.Read(List, Range, cursor));
    }

    [Fact]
    public void A_cursor_that_leads_out_of_the_list_is_refused()
    {
        var cursor = Cursor.Write(List, "outbox:1");

        Assert.Throws<InvalidCursorException>(() => Cursor.Read(List, Range, cursor));
    }

    [Fact]
    public void Every_cut_and_every_altered_character_is_noticed()
    {
        var cursor = Cursor.Write(List, "link:lnk_abc");

        for (var i = 0; i < cursor.Length; i++)
        {
            var altered = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            Assert.Throws<InvalidCursorException>(() => Cursor.Read(List, Range, altered));
            Assert.Throws<InvalidCursorException>(() => Cursor.Read(List, Range, cursor[..i]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("a b")]
    [InlineData("null")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("日本")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<InvalidCursorException>(() => Cursor.Read(List, Range, text));

    [Fact]
    public void A_huge_text_is_refused() =>
        Assert.Throws<InvalidCursorException>(() => Cursor.Read(List, Range, new string('A', 1_000_000)));
}
