using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging.Absences;

public sealed class MentionTests
{
    [Theory]
    [InlineData("https://shop.example.com/lamps", true)]
    [InlineData("see shop.example.com/lamps.", true)]
    [InlineData("(www.SHOP.example.com/lamps/)", true)]
    [InlineData("http://shop.example.com/lamps?x=1", true)]
    [InlineData("shop.example.com/lamps#top", true)]
    [InlineData("shop.example.com/lamps-2", false)]
    [InlineData("shop.example.com/lampshade", false)]
    [InlineData("shop.example.com/lamps/red", false)]
    [InlineData("shop.example.com/lamps%20", false)]
    [InlineData("shop.example.com/Lamps", false)]
    [InlineData("shop.example.com", false)]
    [InlineData("myshop.example.com/lamps", false)]
    [InlineData("my.shop.example.com/lamps", false)]
    [InlineData("my.shop.example.com/lamps but also shop.example.com/lamps", true)]
    [InlineData("x@shop.example.com/lamps", false)]
    [InlineData("", false)]
    public void A_page_is_mentioned_by_host_and_path(string text, bool isMentioned) =>
        Assert.Equal(isMentioned, IsIn("https://www.shop.example.com/lamps/", TargetMatch.Page, text));

    [Theory]
    [InlineData("shop.example.com", true)]
    [InlineData("Shop.example.com!", true)]
    [InlineData("https://shop.example.com/", true)]
    [InlineData("shop.example.com/lamps", false)]
    [InlineData("shop.example.com.au", false)]
    [InlineData("shop.example.company", false)]
    [InlineData("shop.example.com-x", false)]
    [InlineData("shop.example.com - x", true)]
    [InlineData("shop.example.com:8080", false)]
    [InlineData("shop.example.com: lamps", true)]
    public void A_home_page_is_mentioned_by_its_host(string text, bool isMentioned) =>
        Assert.Equal(isMentioned, IsIn("https://shop.example.com/", TargetMatch.Page, text));

    [Theory]
    [InlineData("https://shop.example.com:8443/offer", "see https://shop.example.com:8443/offer.", true)]
    [InlineData("https://shop.example.com:8443/offer", "shop.example.com:8443/offer/", true)]
    [InlineData("https://shop.example.com:8443/offer", "shop.example.com/offer", false)]
    [InlineData("https://shop.example.com:8443/offer", "shop.example.com:9443/offer", false)]
    [InlineData("https://shop.example.com:8443/offer", "shop.example.com:84431/offer", false)]
    [InlineData("https://shop.example.com:8443/offer", "shop.example.com:8443/offers", false)]
    [InlineData("https://shop.example.com:8443/", "https://shop.example.com:8443", true)]
    [InlineData("http://127.44.0.3:18402/lamps", "at 127.44.0.3:18402/lamps today", true)]
    [InlineData("http://[2001:db8::1]:8080/lamps", "http://[2001:db8::1]:8080/lamps", true)]
    [InlineData("https://shop.example.com/offer", "https://shop.example.com:443/offer", true)]
    [InlineData("https://shop.example.com/offer", "http://shop.example.com:80/offer", true)]
    [InlineData("https://shop.example.com/offer", "https://shop.example.com:8443/offer", false)]
    public void A_port_that_is_not_the_scheme_s_own_must_stand_there(string target, string text, bool isMentioned) =>
        Assert.Equal(isMentioned, IsIn(target, TargetMatch.Page, text));

    [Theory]
    [InlineData(TargetMatch.Host, "shop.example.com:8443/chairs", true)]
    [InlineData(TargetMatch.Host, "shop.example.com/chairs", true)]
    [InlineData(TargetMatch.Host, "shop.example.com.au/lamps", false)]
    [InlineData(TargetMatch.Prefix, "shop.example.com/lamps/red", true)]
    [InlineData(TargetMatch.Prefix, "shop.example.com/chairs", false)]
    [InlineData(TargetMatch.Exact, "shop.example.com/lamps/red", false)]
    public void The_match_mode_says_how_much_must_stand_there(TargetMatch match, string text, bool isMentioned) =>
        Assert.Equal(isMentioned, IsIn("https://shop.example.com/lamps", match, text));

    [Fact]
    public void An_escaped_path_is_mentioned_as_people_write_it() =>
        Assert.True(IsIn("https://shop.example.com/k%C3%A4se", TargetMatch.Page, "shop.example.com/käse"));

    [Theory]
    [InlineData("<p>Visit shop.example.com/lamps today", "the page's text")]
    [InlineData("<p>x<span href='https://shop.example.com/lamps'>lamps</span>", "an attribute")]
    [InlineData("<p>x<button onclick=\"location='https://shop.example.com/lamps'\">lamps</button>", "an attribute")]
    [InlineData("<p>x<a href=\"javascript:go('https://shop.example.com/lamps')\">lamps</a>", "an attribute")]
    [InlineData("<p>x<a href='/out?u=https://shop.example.com/lamps'>lamps</a>", null)]
    [InlineData("<p>x<a href='/other'>lamps</a>", null)]
    public void A_url_that_is_not_a_link_is_only_a_mention(string html, string? place)
    {
        var verdict = JudgeCase.Judge(place is null ? LinkJudgeTests.Article + html : html);

        Assert.Equal(VerdictState.Lost, verdict.State);
        Assert.Equal(place is null ? [ReasonCode.LinkRemoved] : [ReasonCode.MentionOnly], verdict.Codes());
        Assert.Equal(place, verdict.Reasons[0].Found);
    }

    private static bool IsIn(string target, TargetMatch match, string text) => new Mention(PageAnswer.Url(target), match).IsIn(text);
}
