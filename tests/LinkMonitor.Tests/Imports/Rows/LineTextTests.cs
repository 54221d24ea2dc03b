using LinkMonitor.Imports.Rows;


namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>A text that is read again from a line on: the same lines, however they end and whatever they contain.</summary>
public sealed class LineTextTests
{
    [Theory]
    [InlineData("one\ntwo\nthree", 0, "two\nthree")]
    [InlineData("one\r\ntwo\r\nthree", 0, "two\r\nthree")]
    [InlineData("one\rtwo\rthree", 4, "three")]
    [InlineData("äß\n€\n😀x\nend", 5, "😀x\nend")]
    [InlineData("one", 0, "")]
    [InlineData("one\r\n", 0, "")]
    public void It_begins_again_behind_the_line_at_an_offset(string text, long offset, string rest)
    {
        using var lines = new LineText(new StringReader(text));
        lines.ReadToEnd();

        lines.Keep(offset);
        lines.BeginAgain();

        Assert.Equal(rest, lines.ReadToEnd());
    }

    [Fact]
    public void A_line_longer_than_what_is_kept_is_passed_over()
    {
        using var lines = new LineText(new StringReader(new string('x', 1_000_000) + "\r\nrest"));
        lines.Read(new char[10]);

        lines.BeginAgain();

        Assert.Equal("rest", lines.ReadToEnd());
    }

    [Fact]
    public void Empty_lines_are_counted()
    {
        using var lines = new LineText(new StringReader("\r\n\n\rrow\nrest"));

        Assert.Equal(3, lines.SkipEmptyLines());
        lines.BeginAgain();
        Assert.Equal("rest", lines.ReadToEnd());
    }
}
