using LinkMonitor.Outreach;

namespace LinkMonitor.Tests.Outreach;

public sealed class PlaceholderTextTests
{
    private static readonly Dictionary<string, string> Values = new() { ["page"] = "P", ["anchor"] = "", ["braces"] = "{page}" };

    [Theory]
    [InlineData("a {page} b", "a P b")]
    [InlineData("{{page}} {page}", "{page} P")]
    [InlineData("{braces}", "{page}")]
    [InlineData("no placeholder", "no placeholder")]
    [InlineData("one\n{anchor} gone\ntwo", "one\ntwo")]
    [InlineData("{anchor} and {page}", " and P")]
    [InlineData("one\r\n\r\n{anchor}\r\n\r\ntwo\n\n", "one\n\ntwo")]
    [InlineData("", "")]
    public void Text_is_filled_in(string text, string filled) => Assert.Equal(filled, PlaceholderText.Fill(text, Values));

    [Theory]
    [InlineData("{pge}", "no placeholder {pge}")]
    [InlineData("{}", "no placeholder {}")]
    [InlineData("{ page }", "no placeholder { page }")]
    [InlineData("{page", "not closed")]
    [InlineData("page}", "not closed")]
    [InlineData("{pa{page}", "not closed")]
    public void What_is_no_placeholder_is_told(string text, string error) =>
        Assert.Contains(error, Assert.Single(PlaceholderText.Check(text, Values.Keys)), StringComparison.Ordinal);

    [Theory]
    [InlineData("{page} {{x}} }}")]
    [InlineData("")]
    public void What_is_sound_is_accepted(string text) => Assert.Empty(PlaceholderText.Check(text, Values.Keys));
}
