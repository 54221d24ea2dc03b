using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing;

/// <summary>The words of mails for each reason.</summary>
internal static class ReasonWords
{
    /// <summary>What differs, for a subject or the head of a line: for example <c>rel</c>.</summary>
    public static string Label(ReasonCode code, Language say) => code switch
    {
        ReasonCode.RelChanged => say.Text("rel"),
        ReasonCode.PageNofollow => say.Text("page says nofollow"),
        ReasonCode.AnchorChanged => say.Text("anchor"),
        ReasonCode.TargetChanged => say.Text("target"),
        ReasonCode.PlacementChanged => say.Text("placement"),
        ReasonCode.Hidden => say.Text("hidden from readers"),
        ReasonCode.Noindex => say.Text("page says noindex"),
        ReasonCode.CanonicalElsewhere => say.Text("canonical names another page"),
        ReasonCode.GoogleDisallowed => say.Text("robots.txt keeps Googlebot out"),
        ReasonCode.TargetBroken => say.Text("your target is broken"),
        ReasonCode.TargetRedirects => say.Text("your target redirects"),
        ReasonCode.LinkRemoved => say.Text("link removed"),
        ReasonCode.MentionOnly => say.Text("only a mention is left"),
        ReasonCode.PageGone => say.Text("page gone"),
        ReasonCode.PageRedirected => say.Text("page redirected"),
        ReasonCode.Soft404 => say.Text("page gone behind a success status"),
        ReasonCode.DomainGone => say.Text("domain gone"),
        ReasonCode.PageReplaced => say.Text("page replaced"),
        ReasonCode.Blocked => say.Text("we were blocked"),
        ReasonCode.ServerError => say.Text("server errors"),
        ReasonCode.Unreachable => say.Text("no answer"),
        ReasonCode.NotHtml => say.Text("not an HTML page"),
        ReasonCode.TooLarge => say.Text("page too large"),
        ReasonCode.RobotsDisallowed => say.Text("robots.txt keeps us out"),
        ReasonCode.Refused => say.Text("address not allowed"),
        ReasonCode.OurFault => say.Text("our own fault"),
        ReasonCode.NoContent => say.Text("page without content"),
        ReasonCode.ScriptOnly => say.Text("page written by a script"),
        ReasonCode.PageShrunk => say.Text("page far smaller than before"),
        ReasonCode.Parked => say.Text("domain parked"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No words for this reason."),
    };

    /// <summary>The label as it is true of a kind of change: what was never there was not removed.</summary>
    public static string Label(ReasonCode code, ChangeKind kind, Language say) =>
        kind == ChangeKind.NotFound && code == ReasonCode.LinkRemoved ? say.Text("not on the page") : Label(code, say);

    /// <summary>Two sentences for a reason.</summary>
    public static Advice Advice(ReasonCode code, Language say) => code switch
    {
        ReasonCode.RelChanged => new(
            say.Text("A nofollow, sponsored or ugc token takes away the weight that search engines give the link."),
            say.Text("Ask the site's owner to restore the rel you agreed on.")),
        ReasonCode.PageNofollow => new(
            say.Text("The page tells search engines to follow none of its links, so a clean rel on yours does not help."),
            say.Text("Ask the site's owner to remove nofollow from the page's meta robots or X-Robots-Tag.")),
        ReasonCode.AnchorChanged => new(
            say.Text("The anchor text tells search engines and readers what your page is about."),
            say.Text("Compare the two texts below, and ask for the old one if the new one hurts you.")),
        ReasonCode.TargetChanged => new(
            say.Text("The link's weight and its visitors now arrive at another URL."),
            say.Text("If you did not ask for this, send the site's owner the right URL.")),
        ReasonCode.PlacementChanged => new(
            say.Text("A link outside the main text counts for less and is clicked less."),
            say.Text("Ask the site's owner to put it back into the text.")),
        ReasonCode.Hidden => new(
            say.Text("Readers cannot see the link, and search engines may take a hidden link for spam."),
            say.Text("Ask the site's owner to make it visible.")),
        ReasonCode.Noindex => new(
            say.Text("A page that is kept out of the index passes on little or nothing."),
            say.Text("Ask the site's owner whether noindex is meant.")),
        ReasonCode.CanonicalElsewhere => new(
            say.Text("Search engines index the canonical page instead, and your link is not on it."),
            say.Text("Ask for the link on the canonical page, or for a canonical that names this one.")),
        ReasonCode.GoogleDisallowed => new(
            say.Text("Google may not read the page, so it cannot count the link."),
            say.Text("Ask the site's owner to allow Googlebot on this path in robots.txt.")),
        ReasonCode.TargetBroken => new(
            say.Text("Visitors and search engines that follow the link meet an error on your own site."),
            say.Text("Bring the target page back, or redirect it to the page that replaced it.")),
        ReasonCode.TargetRedirects => new(
            say.Text("Every visit takes a detour, and the weight may go to a page you did not mean."),
            say.Text("Check that your redirect is meant; ask for the final URL in the link if it is.")),
        ReasonCode.LinkRemoved => new(
            say.Text("A link that is gone passes on no weight and brings no visitors."),
            say.Text("Ask the site's owner to put it back; the evidence below shows what it looked like.")),
        ReasonCode.MentionOnly => new(
            say.Text("Search engines do not follow plain text, and visitors cannot click it."),
            say.Text("Ask the site's owner to make it a link again.")),
        ReasonCode.PageGone => new(
            say.Text("The link's weight and its visitors are gone with the page."),
            say.Text("Ask the site's owner whether it moved, and for the link on its successor.")),
        ReasonCode.PageRedirected => new(
            say.Text("Visitors and search engines no longer come to your link."),
            say.Text("Look at where it leads, and ask for the link on that page.")),
        ReasonCode.Soft404 => new(
            say.Text("Search engines treat such a page as gone, and its links with it."),
            say.Text("Ask the site's owner whether it moved, and for the link on its successor.")),
        ReasonCode.DomainGone => new(
            say.Text("Every link on the domain is gone with it."),
            say.Text("Check whether the site moved to another name; if not, replace the link elsewhere.")),
        ReasonCode.PageReplaced => new(
            say.Text("Another page has stood at the address for days, and your link is not on it."),
            say.Text("Compare the two titles below, and ask the site's owner to bring the page back or to set the link on its successor.")),
        ReasonCode.RobotsDisallowed => new(
            say.Text("We obey robots.txt, so we would not notice if the link were removed."),
            say.Text("Look at the page yourself, or ask the site's owner to allow LinkMonitor.")),
        ReasonCode.Blocked => new(
            say.Text("While we cannot read the page, we would not notice if the link were removed."),
            say.Text("Look at the page in your browser, and ask the site's owner to let LinkMonitor in.")),
        ReasonCode.ScriptOnly => new(
            say.Text("We run no scripts, so we would not notice if the link were removed."),
            say.Text("Look at the page in your browser: the link may well be there.")),
        ReasonCode.PageShrunk => new(
            say.Text("The page came far smaller than when the link was last seen, so it may have been half a page."),
            say.Text("Look at the page in your browser: the link may well be there.")),
        ReasonCode.Parked => new(
            say.Text("The domain shows a page for parked domains; owners who forgot to renew often come back."),
            say.Text("Ask the site's owner whether the domain is to be renewed.")),
        ReasonCode.ServerError => new(
            say.Text("The server fails for whoever asks, so visitors may not reach your link either."),
            say.Text("Look at the page in your browser; checks go on, and you will hear when it can be read again.")),
        ReasonCode.Unreachable => new(
            say.Text("The server does not answer, so visitors may not reach your link either."),
            say.Text("Look at the page in your browser; checks go on, and you will hear when it can be read again.")),
        ReasonCode.NotHtml => new(
            say.Text("The address sends a file and no page, so there is no link to be found in it."),
            say.Text("Check that the page's address is right, or ask the site's owner where the page is now.")),
        ReasonCode.TooLarge => new(
            say.Text("We do not read so large a page to its end, so we would not notice if the link were removed."),
            say.Text("Look at the page in your browser: the link may well be there.")),
        ReasonCode.Refused => new(
            say.Text("LinkMonitor reads pages at public addresses only, so it does not look at this one."),
            say.Text("Check that the page's address is right, and ask whoever runs LinkMonitor if this page has to be checked.")),
        ReasonCode.OurFault => new(
            say.Text("The fault is ours: it says nothing about the page or the link."),
            say.Text("It is checked again by itself. If this goes on, tell whoever runs LinkMonitor.")),
        ReasonCode.NoContent => new(
            say.Text("The page came without content, so we would not notice if the link were removed."),
            say.Text("Look at the page in your browser: the link may well be there.")),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No advice for this reason."),
    };

    /// <summary>For a link that is as it should be again.</summary>
    public static Advice Recovered(Language say) => new(say.Text("The link is there again, as expected."), say.Text("Nothing to do."));

    /// <summary>For a link that the first observation of the page did not find.</summary>
    public static Advice NotFound(Language say) => new(
            say.Text("A link that is not there counts for nothing yet."),
            say.Text("Check that page and target are right, or ask the site's owner when it will be placed."));
}
