using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing;

/// <summary>The words of mails for each reason.</summary>
internal static class ReasonWords
{
    /// <summary>What differs, for a subject or the head of a line: for example <c>rel</c>.</summary>
    public static string Label(ReasonCode code) => code switch
    {
        ReasonCode.RelChanged => "rel",
        ReasonCode.PageNofollow => "page says nofollow",
        ReasonCode.AnchorChanged => "anchor",
        ReasonCode.TargetChanged => "target",
        ReasonCode.PlacementChanged => "placement",
        ReasonCode.Hidden => "hidden from readers",
        ReasonCode.Noindex => "page says noindex",
        ReasonCode.CanonicalElsewhere => "canonical names another page",
        ReasonCode.GoogleDisallowed => "robots.txt keeps Googlebot out",
        ReasonCode.TargetBroken => "your target is broken",
        ReasonCode.TargetRedirects => "your target redirects",
        ReasonCode.LinkRemoved => "link removed",
        ReasonCode.MentionOnly => "only a mention is left",
        ReasonCode.PageGone => "page gone",
        ReasonCode.PageRedirected => "page redirected",
        ReasonCode.Soft404 => "page gone behind a success status",
        ReasonCode.DomainGone => "domain gone",
        ReasonCode.PageReplaced => "page replaced",
        ReasonCode.Blocked => "we were blocked",
        ReasonCode.ServerError => "server errors",
        ReasonCode.Unreachable => "no answer",
        ReasonCode.NotHtml => "not an HTML page",
        ReasonCode.TooLarge => "page too large",
        ReasonCode.RobotsDisallowed => "robots.txt keeps us out",
        ReasonCode.Refused => "address not allowed",
        ReasonCode.OurFault => "our own fault",
        ReasonCode.NoContent => "page without content",
        ReasonCode.ScriptOnly => "page written by a script",
        ReasonCode.PageShrunk => "page far smaller than before",
        ReasonCode.Parked => "domain parked",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No words for this reason."),
    };

    /// <summary>The label as it is true of a kind of change: what was never there was not removed.</summary>
    public static string Label(ReasonCode code, ChangeKind kind) =>
        kind == ChangeKind.NotFound && code == ReasonCode.LinkRemoved ? "not on the page" : Label(code);

    /// <summary>Two sentences for a reason.</summary>
    public static Advice Advice(ReasonCode code) => code switch
    {
        ReasonCode.RelChanged => new("A nofollow, sponsored or ugc token takes away the weight that search engines give the link.",
            "Ask the site's owner to restore the rel you agreed on."),
        ReasonCode.PageNofollow => new("The page tells search engines to follow none of its links, so a clean rel on yours does not help.",
            "Ask the site's owner to remove nofollow from the page's meta robots or X-Robots-Tag."),
        ReasonCode.AnchorChanged => new("The anchor text tells search engines and readers what your page is about.",
            "Compare the two texts below, and ask for the old one if the new one hurts you."),
        ReasonCode.TargetChanged => new("The link's weight and its visitors now arrive at another URL.",
            "If you did not ask for this, send the site's owner the right URL."),
        ReasonCode.PlacementChanged => new("A link outside the main text counts for less and is clicked less.",
            "Ask the site's owner to put it back into the text."),
        ReasonCode.Hidden => new("Readers cannot see the link, and search engines may take a hidden link for spam.",
            "Ask the site's owner to make it visible."),
        ReasonCode.Noindex => new("A page that is kept out of the index passes on little or nothing.",
            "Ask the site's owner whether noindex is meant."),
        ReasonCode.CanonicalElsewhere => new("Search engines index the canonical page instead, and your link is not on it.",
            "Ask for the link on the canonical page, or for a canonical that names this one."),
        ReasonCode.GoogleDisallowed => new("Google may not read the page, so it cannot count the link.",
            "Ask the site's owner to allow Googlebot on this path in robots.txt."),
        ReasonCode.TargetBroken => new("Visitors and search engines that follow the link meet an error on your own site.",
            "Bring the target page back, or redirect it to the page that replaced it."),
        ReasonCode.TargetRedirects => new("Every visit takes a detour, and the weight may go to a page you did not mean.",
            "Check that your redirect is meant; ask for the final URL in the link if it is."),
        ReasonCode.LinkRemoved => new("A link that is gone passes on no weight and brings no visitors.",
            "Ask the site's owner to put it back; the evidence below shows what it looked like."),
        ReasonCode.MentionOnly => new("Search engines do not follow plain text, and visitors cannot click it.",
            "Ask the site's owner to make it a link again."),
        ReasonCode.PageGone => new("The link's weight and its visitors are gone with the page.",
            "Ask the site's owner whether it moved, and for the link on its successor."),
        ReasonCode.PageRedirected => new("Visitors and search engines no longer come to your link.",
            "Look at where it leads, and ask for the link on that page."),
        ReasonCode.Soft404 => new("Search engines treat such a page as gone, and its links with it.",
            "Ask the site's owner whether it moved, and for the link on its successor."),
        ReasonCode.DomainGone => new("Every link on the domain is gone with it.",
            "Check whether the site moved to another name; if not, replace the link elsewhere."),
        ReasonCode.PageReplaced => new("Another page has stood at the address for days, and your link is not on it.",
            "Compare the two titles below, and ask the site's owner to bring the page back or to set the link on its successor."),
        ReasonCode.RobotsDisallowed => new("We obey robots.txt, so we would not notice if the link were removed.",
            "Look at the page yourself, or ask the site's owner to allow LinkMonitor."),
        ReasonCode.Blocked => new("While we cannot read the page, we would not notice if the link were removed.",
            "Look at the page in your browser, and ask the site's owner to let LinkMonitor in."),
        ReasonCode.ScriptOnly or ReasonCode.NoContent => new("We run no scripts, so we would not notice if the link were removed.",
            "Look at the page in your browser: the link may well be there."),
        ReasonCode.PageShrunk => new("The page came far smaller than when the link was last seen, so it may have been half a page.",
            "Look at the page in your browser: the link may well be there."),
        ReasonCode.Parked => new("The domain shows a page for parked domains; owners who forgot to renew often come back.",
            "Ask the site's owner whether the domain is to be renewed."),
        _ => new("While we cannot read the page, we would not notice if the link were removed.",
            "Look at the page in your browser; checks go on, and you will hear when it can be read again."),
    };

    /// <summary>For a link that is as it should be again.</summary>
    public static Advice Recovered { get; } = new("The link is there again, as expected.", "Nothing to do.");

    /// <summary>For a link that the first observation of the page did not find.</summary>
    public static Advice NotFound { get; } = new("A link that is not there counts for nothing yet.",
        "Check that page and target are right, or ask the site's owner when it will be placed.");
}
