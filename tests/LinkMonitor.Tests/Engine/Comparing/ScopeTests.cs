using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Tests.Engine.Judging;

namespace LinkMonitor.Tests.Engine.Comparing;

public sealed class ScopeTests
{
    [Theory]
    [InlineData(41, ChangeScope.OnlyThis, "None of the 41 other outbound links was removed.")]
    [InlineData(38, ChangeScope.OnlyThis, "Only 3 of 41 other outbound links were removed too.")]
    [InlineData(30, ChangeScope.Many, "11 of 41 other outbound links were removed too: the page was edited.")]
    [InlineData(2, ChangeScope.All, "39 of 41 other outbound links were removed too: a redesign or a clean-up of the whole page.")]
    [InlineData(0, ChangeScope.All, "All 41 other outbound links were removed too: a redesign or a clean-up of the whole page.")]
    public void A_removal_tells_what_became_of_the_other_links(int left, ChangeScope scope, string sentence)
    {
        var life = new PageLife();
        life.Sees(PageLife.Others(41) + JudgeCase.Link());

        life.Sees(Rest(left));
        var transition = life.Sees(Rest(left));

        Assert.Equal(new ScopeFinding(scope, 41, 41 - left), transition!.After.Scope);
        Assert.EndsWith(" " + sentence, Assert.Single(transition.ReasonsAfter).Message, StringComparison.Ordinal);
        Assert.EndsWith(" " + sentence, transition.After.Explanation!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nofollow_on_all_links_is_a_policy()
    {
        var life = new PageLife();
        life.Sees(PageLife.Others(41) + JudgeCase.Link());

        life.Sees(PageLife.Others(41, "nofollow") + JudgeCase.Link("rel=nofollow"));
        var transition = life.Sees(PageLife.Others(41, "nofollow") + JudgeCase.Link("rel=nofollow"));

        Assert.Equal(LinkState.Changed, transition!.To);
        Assert.Equal(new ScopeFinding(ChangeScope.All, 41, 41), transition.After.Scope);
        Assert.EndsWith(
            " All 41 other outbound links were given another rel too: a policy of the whole page or site.",
            Assert.Single(transition.ReasonsAfter).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_that_were_nofollow_before_cannot_have_followed_a_policy()
    {
        var life = new PageLife();
        life.Sees(PageLife.Others(30, "nofollow") + PageLife.Others(4, from: 30) + JudgeCase.Link());

        life.Sees(PageLife.Others(34, "nofollow") + JudgeCase.Link("rel=nofollow"));

        Assert.Equal(new ScopeFinding(ChangeScope.All, 4, 4), life.Evidence.Scope);
    }

    [Fact]
    public void A_nofollow_on_our_link_alone_stays_told_at_later_checks()
    {
        var life = new PageLife();
        life.Sees(PageLife.Others(5) + JudgeCase.Link());
        var nofollow = PageLife.Others(5) + JudgeCase.Link("rel=nofollow");

        life.Sees(nofollow);
        life.Sees(nofollow);
        life.Sees(nofollow);

        Assert.Equal(new ScopeFinding(ChangeScope.OnlyThis, 5, 0), life.Evidence.Scope);
        Assert.Contains("was given another rel", Assert.Single(life.Status.Reasons).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_other_links_nothing_is_claimed()
    {
        var life = new PageLife();
        life.Sees(
            "<p>A page of many words. " + JudgeCase.Link() + "<a href=/about>About</a><a href='https://shop.example.com/other'>Shop</a>");

        life.Sees(Words + "<a href=/about>About</a>");

        Assert.Equal(ChangeScope.Unknown, life.Evidence.Scope!.Scope);
        Assert.DoesNotContain("outbound", Assert.Single(life.Status.Suspicions).Reason.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(41, "The whole page is gone, with its 41 other outbound links.")]
    [InlineData(1, "The whole page is gone, with its other outbound link.")]
    [InlineData(0, "The whole page is gone, not only your link.")]
    public void A_page_that_says_it_is_gone_took_all_its_links_along_whatever_its_footer_keeps(int others, string sentence)
    {
        var life = new PageLife();
        life.Sees(PageLife.Others(others) + JudgeCase.Link());

        life.Sees("<title>Page not found</title><p>Sorry, there is nothing here." + PageLife.Others(others));

        var reason = Assert.Single(life.Status.Suspicions).Reason;
        Assert.Equal(ReasonCode.Soft404, reason.Code);
        Assert.EndsWith("bring it back. " + sentence, reason.Message, StringComparison.Ordinal);
        Assert.Equal(new ScopeFinding(ChangeScope.All, others, others), life.Evidence.Scope);
    }

    [Fact]
    public void A_page_that_leads_to_the_home_page_took_all_its_links_along()
    {
        var life = new PageLife();
        life.Sees(PageLife.Others(3) + JudgeCase.Link());

        life.Sees("<p>Welcome to our site." + PageLife.Others(3), redirectTo: "https://blog.example.net/");

        Assert.Equal(ReasonCode.PageRedirected, Assert.Single(life.Status.Suspicions).Reason.Code);
        Assert.Equal(new ScopeFinding(ChangeScope.All, 3, 3), life.Evidence.Scope);
    }

    [Theory]
    [InlineData(3, ChangeScope.OnlyThis, "All 3 other outbound links of the page are there.")]
    [InlineData(0, ChangeScope.All, "All 3 other outbound links of the page are missing there, too.")]
    public void A_page_that_moved_to_another_site_is_compared_there(int left, ChangeScope scope, string sentence)
    {
        var life = new PageLife();
        life.Sees(PageLife.Others(3) + JudgeCase.Link());

        life.Sees(Rest(left), redirectTo: "https://other.example/post");

        var reason = Assert.Single(life.Status.Suspicions).Reason;
        Assert.Equal(ReasonCode.PageRedirected, reason.Code);
        Assert.EndsWith(" " + sentence, reason.Message, StringComparison.Ordinal);
        Assert.Equal(scope, life.Evidence.Scope!.Scope);
    }

    [Fact]
    public void A_page_that_was_never_seen_with_the_link_did_not_go()
    {
        var life = new PageLife();

        life.Sees("<title>Page not found</title><p>x");

        Assert.Equal(ScopeFinding.Unknown, life.Evidence.Scope);
        Assert.DoesNotContain("whole page", Assert.Single(life.Status.Reasons).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_link_raises_no_such_question()
    {
        var life = new PageLife();

        life.Sees(PageLife.Others(5) + JudgeCase.Link());

        Assert.Null(life.Evidence.Scope);
        Assert.Equal(5, life.Status.Outbound!.Links.Count);
    }

    [Fact]
    public void The_fingerprint_is_bounded_and_counts_each_place_once()
    {
        var life = new PageLife();

        life.Sees(PageLife.Others(300) + PageLife.Others(300) + JudgeCase.Link());

        Assert.Equal(OutboundLinks.MostLinks, life.Status.Outbound!.Links.Count);
        Assert.Equal(600 + 1, life.Evidence.ExternalLinks);
    }

    [Fact]
    public void Scheme_www_query_and_a_last_slash_do_not_make_another_link()
    {
        var life = new PageLife();
        life.Sees("<a href='http://www.site.example/page/?a=1'>x</a>" + JudgeCase.Link());

        life.Sees(Words + "<a href='https://site.example/page#b'>x</a>");

        Assert.Equal(new ScopeFinding(ChangeScope.OnlyThis, 1, 0), life.Evidence.Scope);
    }

    private const string Words =
        "<article><h1>Many things</h1><p>A page of many words about many things, and all of them stay on it for as long as anybody reads "
            + "it.</p></article>";

    private static string Rest(int count) => $"{Words}{PageLife.Others(count)}";
}
