using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

public sealed class SnippetDifferenceTests
{
    [Theory]
    [InlineData(
        "<a href=\"/x\">one</a>",
        "<a href=\"/x\" rel=\"nofollow\">one</a>",
        "<a href=\"/x\">one</a>",
        "<a href=\"/x\"[ rel=\"nofollow\"]>one</a>")]
    [InlineData("<a>the best widgets</a>", "<a>widgets</a>", "<a>[the best ]widgets</a>", "<a>widgets</a>")]
    [InlineData("<a>same</a>", "<a>same</a>", "<a>same</a>", "<a>same</a>")]
    [InlineData("one", "two", "[one]", "[two]")]
    [InlineData(null, "<a>new</a>", "", "<a>new</a>")]
    [InlineData("<a>old</a>", null, "<a>old</a>", "")]
    public void What_only_one_side_has_is_marked(string? before, string? after, string left, string right)
    {
        var pair = SnippetDifference.Compare(before, after);

        Assert.Equal(left, Marked(pair.Before));
        Assert.Equal(right, Marked(pair.After));
    }

    private static string Marked(IEnumerable<SnippetPiece> pieces) =>
        string.Concat(pieces.Select(piece => piece.IsMarked ? $"[{piece.Text}]" : piece.Text));
}
