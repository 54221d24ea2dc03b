using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>What a reason says of the page that carried the links; <see cref="SiteCauseWords"/> has what it says of several.</summary>
internal static class CauseWords
{
    public static string OnePage(ReasonCode code, CommonGround common, Language say)
    {
        var count = common.Count;
        return code switch
        {
            ReasonCode.LinkRemoved => say.Count(
                count,
                "The page is there with its content, but your link is no longer on it.",
                "The page is there with its content, but your links are no longer on it."),
            ReasonCode.MentionOnly => say.Text("Your URL still stands on the page, but only as plain text."),
            ReasonCode.PageGone => say.Text("The page does not exist any more."),
            ReasonCode.Soft404 => say.Text("The page shows an error text in place of its content."),
            ReasonCode.PageRedirected => say.Text("The page now sends visitors elsewhere."),
            ReasonCode.PageReplaced => say.Text("The page was replaced: another one is at its address."),
            ReasonCode.DomainGone => UnseenWords.DomainGone(common, say),
            ReasonCode.RelChanged => say.Count(count, "The page gave your link another rel.", "The page gave your links another rel."),
            ReasonCode.PageNofollow => say.Text("The page now tells search engines to follow none of its links."),
            ReasonCode.Noindex => say.Text("The page now asks search engines to leave it out of their index."),
            ReasonCode.CanonicalElsewhere => say.Count(
                count,
                "The page now names another page as its canonical, and your link is not there.",
                "The page now names another page as its canonical, and your links are not there."),
            ReasonCode.GoogleDisallowed => say.Text("The site's robots.txt now keeps Googlebot out of the page."),
            ReasonCode.AnchorChanged => say.Count(
                count, "The page's owner gave your link another text.", "The page's owner gave your links another text."),
            ReasonCode.TargetChanged => say.Count(
                count, "The page's owner pointed your link to another URL.", "The page's owner pointed your links to another URL."),
            ReasonCode.PlacementChanged => say.Count(
                count, "The page's owner, or a new template, moved your link.", "The page's owner, or a new template, moved your links."),
            ReasonCode.Hidden => say.Count(
                count,
                "The page's code still has your link, but readers cannot see it.",
                "The page's code still has your links, but readers cannot see them."),
            ReasonCode.TargetBroken => say.Text("The page is as it was; your own page at the other end is broken."),
            ReasonCode.TargetRedirects => say.Text("The page is as it was; your own page at the other end redirects."),
            _ => UnseenWords.Of(code, say.Text("the page"), say),
        };
    }
}
