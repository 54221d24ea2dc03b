using LinkMonitor.Engine.Urls;
using LinkMonitor.Links;

namespace LinkMonitor.Tests.Links;

/// <summary>Which links are one link: <see cref="LinkSpelling"/>.</summary>
public sealed class LinkSpellingTests
{
    [Theory]
    [InlineData(TargetMatch.Page, "https://example.org/a", "http://www.example.org/a/?utm_source=x#top", true)]
    [InlineData(TargetMatch.Page, "https://example.org/a", "https://example.org/A", false)]
    [InlineData(TargetMatch.Prefix, "https://example.org/a", "http://www.example.org/a/", true)]
    [InlineData(TargetMatch.Prefix, "https://example.org/a", "https://example.org/a/b", false)]
    [InlineData(TargetMatch.Host, "https://example.org/a", "http://www.example.org/b?c=d", true)]
    [InlineData(TargetMatch.Host, "https://example.org/a", "https://shop.example.org/a", false)]
    [InlineData(TargetMatch.Exact, "https://example.org/a", "https://www.example.org/a", false)]
    [InlineData(TargetMatch.Exact, "https://example.org/a#", "https://example.org/a", true)]
    public void The_match_says_which_targets_are_one(TargetMatch match, string one, string other, bool isOne) =>
        Assert.Equal(isOne, KeyOf("https://a.example/", one, match) == KeyOf("https://a.example/", other, match));

    [Theory]
    [InlineData("http://www.a.example/post/?utm_source=mail&b=2&a=1", true)]
    [InlineData("https://a.example/post?a=1&b=3", false)]
    [InlineData("https://a.example/other?a=1&b=2", false)]
    public void The_page_is_one_however_it_is_written(string other, bool isOne)
    {
        foreach (var match in Enum.GetValues<TargetMatch>())
            Assert.Equal(
                isOne,
                KeyOf("https://a.example/post?a=1&b=2", "https://example.org/", match) == KeyOf(other, "https://example.org/", match));
    }

    [Fact]
    public void Another_match_is_another_link() =>
        Assert.Equal(
            4,
            Enum.GetValues<TargetMatch>().Select(match => KeyOf("https://a.example/", "https://example.org/", match)).Distinct().Count());

    private static string KeyOf(string page, string target, TargetMatch match) =>
        LinkSpelling.KeyOf(Url(page), Url(target), match);

    private static WebUrl Url(string text) => WebUrl.TryParse(text, out var url) ? url : throw new ArgumentException(text, nameof(text));
}
