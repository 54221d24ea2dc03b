using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing;

/// <summary>
/// The sentence of a reason. Changes are stored with one in English, which names what was seen; another language has one of its own for each
/// reason, and what was expected and found stands below it anyway.
/// </summary>
internal static class ReasonSentences
{
    public static string Of(Reason reason, Language say) => say.IsEnglish ? reason.Message : OfCode(reason.Code, say);

    private static string OfCode(ReasonCode code, Language say) => code switch
    {
        ReasonCode.RelChanged => say.Text("The link has another rel than expected."),
        ReasonCode.PageNofollow => say.Text("The page tells search engines to follow none of its links, whatever their rel."),
        ReasonCode.AnchorChanged => say.Text("The link has another text than expected."),
        ReasonCode.TargetChanged => say.Text("The page links to another URL."),
        ReasonCode.PlacementChanged => say.Text("The link stands in another part of the page."),
        ReasonCode.Hidden => say.Text("The link is in the page's code, but readers cannot see it."),
        ReasonCode.Noindex => say.Text("The page asks search engines to leave it out of their index."),
        ReasonCode.CanonicalElsewhere => say.Text("The page names another page as its canonical, and the link is not there."),
        ReasonCode.GoogleDisallowed => say.Text("The site's robots.txt keeps Googlebot out of the page."),
        ReasonCode.TargetBroken => say.Text("The link is there, but your own page that it leads to is broken."),
        ReasonCode.TargetRedirects => say.Text("The link is there, but your own page that it leads to redirects elsewhere."),
        ReasonCode.LinkRemoved => say.Text("The page was read, and it has no link to your target."),
        ReasonCode.MentionOnly => say.Text("Your URL still stands on the page, but not as a link that search engines can follow."),
        ReasonCode.PageGone => say.Text("The server says that the page does not exist any more."),
        ReasonCode.PageRedirected => say.Text("The page redirects to another one, which does not carry the link."),
        ReasonCode.Soft404 => say.Text("The page answers with success, but it shows an error text or the home page in place of its content."),
        ReasonCode.DomainGone => say.Text("The page's domain does not exist any more."),
        ReasonCode.PageReplaced => say.Text("The address shows another page."),
        ReasonCode.Blocked => say.Text("The server turned our check away."),
        ReasonCode.ServerError => say.Text("The server answered with an error of its own."),
        ReasonCode.Unreachable => say.Text("The server did not answer."),
        ReasonCode.NotHtml => say.Text("What the server sent is not an HTML page."),
        ReasonCode.TooLarge => say.Text("The page is larger than what we read."),
        ReasonCode.RobotsDisallowed => say.Text("robots.txt forbids us to read the page."),
        ReasonCode.Refused => say.Text("We do not fetch pages from this address."),
        ReasonCode.OurFault => say.Text("The check failed by our own fault; nothing was judged."),
        ReasonCode.NoContent => say.Text("The page came without content, so we cannot tell whether the link is there."),
        ReasonCode.ScriptOnly => say.Text("A script writes the page, so we cannot tell whether the link is there."),
        ReasonCode.PageShrunk => say.Text("The page came far smaller than before, so we cannot tell whether the link is there."),
        ReasonCode.Parked => say.Text("The domain shows a page for parked domains."),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No sentence for this reason."),
    };
}
