using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Links;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

/// <summary>Hosts are compared without "www." in several ways. What is stored of them must stay as it is.</summary>
public sealed class WwwPrefixTests
{
    // The values were computed by another program: the first 6 bytes of SHA-256 of host and path, in base64url.
    [Theory]
    [InlineData("https://www.example.net/a/", "AUcvxS10")]
    [InlineData("https://www.com/", "cbTzo3SM")]
    [InlineData("https://www.www.example.net/a", "BR46ojsF")]
    [InlineData("https://www.example.net./a", "nbxO2ko6")]
    [InlineData("https://blog.www.example.net/a", "ib51rScs")]
    [InlineData("https://wwwexample.net/a", "XK3BtrvV")]
    public void Stored_marks_of_links_leave_one_www_away(string url, string key) => Assert.Equal(key, LinkMark.Of(Link(url)).Key);

    [Theory]
    [InlineData("https://www.example.net/a", "https://example.net/a")]
    [InlineData("https://www.com/a", "https://www.com/a")]
    [InlineData("https://www.www.com/a", "https://www.com/a")]
    [InlineData("https://www.www.example.net./a", "https://example.net/a")]
    [InlineData("https://blog.www.example.net/a", "https://blog.www.example.net/a")]
    public void Identities_of_targets_leave_every_www_of_a_domain_away(string url, string key) =>
        Assert.Equal(key, UrlKeys.TargetKey(Web.Parse(url)));

    [Theory]
    [InlineData(" WWW.Example.NET. ", "example.net")]
    [InlineData("www.com", "com")]
    [InlineData("www.www.example.net", "www.example.net")]
    [InlineData("wwwexample.net", "wwwexample.net")]
    [InlineData(null, "")]
    public void The_stored_host_of_a_page_leaves_one_www_away(string? host, string stored) =>
        Assert.Equal(stored, HostName.ForFilter(host));

    [Theory]
    [InlineData("https://www.example.net/a", "see example.net/a", true)]
    [InlineData("https://www.example.net/a", "see www.example.net/a", true)]
    [InlineData("https://www.www.example.net/a", "see example.net/a", false)]
    public void A_mention_may_leave_one_www_away(string target, string text, bool isMention) =>
        Assert.Equal(isMention, new Mention(Web.Parse(target), TargetMatch.Page).IsIn(text));

    private static PageLink Link(string url) => new()
    {
        Href = url,
        Url = Web.Parse(url),
        Rel = [],
        Follow = true,
        Anchor = "a",
        Kind = LinkKind.Text,
        Placement = Placement.Main,
        Hidden = false,
        Ordinal = 0,
    };
}
