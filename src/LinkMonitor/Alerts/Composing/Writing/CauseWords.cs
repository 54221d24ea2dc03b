using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>What a reason says of the page, or of the pages, that carried the links.</summary>
internal static class CauseWords
{
    private const int MaxHost = 60;

    public static string OnePage(ReasonCode code, CommonGround common)
    {
        var links = common.Count == 1 ? "your link" : "your links";
        var are = common.Count == 1 ? "is" : "are";
        return code switch
        {
            ReasonCode.LinkRemoved => $"The page is there with its content, but {links} {are} no longer on it.",
            ReasonCode.MentionOnly => "Your URL still stands on the page, but only as plain text.",
            ReasonCode.PageGone => "The page does not exist any more.",
            ReasonCode.Soft404 => "The page shows an error text in place of its content.",
            ReasonCode.PageRedirected => "The page now sends visitors elsewhere.",
            ReasonCode.PageReplaced => "The page was replaced: another one is at its address.",
            ReasonCode.DomainGone => $"The domain {Host(common)} does not exist any more.",
            ReasonCode.RelChanged => $"The page gave {links} another rel.",
            ReasonCode.PageNofollow => "The page now tells search engines to follow none of its links.",
            ReasonCode.Noindex => "The page now asks search engines to leave it out of their index.",
            ReasonCode.CanonicalElsewhere => $"The page now names another page as its canonical, and {links} {are} not there.",
            ReasonCode.GoogleDisallowed => "The site's robots.txt now keeps Googlebot out of the page.",
            ReasonCode.AnchorChanged => $"The page's owner gave {links} another text.",
            ReasonCode.TargetChanged => $"The page's owner pointed {links} to another URL.",
            ReasonCode.PlacementChanged => $"The page's owner, or a new template, moved {links}.",
            ReasonCode.Hidden => $"The page's code still has {links}, but readers cannot see {(common.Count == 1 ? "it" : "them")}.",
            ReasonCode.TargetBroken => "The page is as it was; your own page at the other end is broken.",
            ReasonCode.TargetRedirects => "The page is as it was; your own page at the other end redirects.",
            _ => Unseen(code, "the page"),
        };
    }

    public static string ManyPages(ReasonCode code, CommonGround common)
    {
        var pages = LetterWords.Count(common.PageCount, "page", "pages");
        var where = common.Host is null ? $"{pages} of {LetterWords.Count(common.HostCount, "site", "sites")}" : $"{pages} of {Host(common)}";
        var decision = common.Host is null ? "" : ": probably one decision of its owner, or one setting";
        return code switch
        {
            ReasonCode.LinkRemoved => $"Your links were taken out of {where}{(common.Host is null ? "" : ": probably one clean-up, or a new template")}.",
            ReasonCode.MentionOnly => $"On {where} your links became plain text{(common.Host is null ? "" : ": probably one change of the site")}.",
            ReasonCode.PageGone or ReasonCode.Soft404 =>
                $"{where} do not exist any more{(common.Host is null ? "" : ": probably a section was deleted, or moved without redirects")}.",
            ReasonCode.PageRedirected =>
                $"{where} now send visitors elsewhere{(common.Host is null ? "" : ": the site was probably rebuilt or changed hands")}.",
            ReasonCode.PageReplaced =>
                $"{where} were replaced by others{(common.Host is null ? "" : ": the site was probably rebuilt or changed hands")}.",
            ReasonCode.DomainGone => common.Host is null ? "The domains of these pages do not exist any more." : $"The domain {Host(common)} does not exist any more.",
            ReasonCode.RelChanged => $"Your links got another rel on {where}{(common.Host is null ? "" : ": probably a policy of the whole site")}.",
            ReasonCode.PageNofollow => $"{where} now tell search engines to follow none of their links{decision}.",
            ReasonCode.Noindex => $"{where} now ask search engines to leave them out of their index{decision}, perhaps a mistake.",
            ReasonCode.CanonicalElsewhere => $"{where} now name other pages as canonical, and your links are not there{decision}.",
            ReasonCode.GoogleDisallowed => $"robots.txt now keeps Googlebot out of {where}.",
            ReasonCode.AnchorChanged or ReasonCode.TargetChanged or ReasonCode.PlacementChanged or ReasonCode.Hidden =>
                $"Your links changed alike on {where}{(common.Host is null ? "" : ": probably a new template")}.",
            ReasonCode.TargetBroken => "Your own pages at the other end of these links are broken.",
            ReasonCode.TargetRedirects => "Your own pages at the other end of these links redirect.",
            _ => Unseen(code, where),
        };
    }

    // What kept us out says nothing of the link: every sentence must leave that open.
    private static string Unseen(ReasonCode code, string what) => code switch
    {
        ReasonCode.Blocked => $"The server turns our checks of {what} away; readers may well see everything.",
        ReasonCode.ServerError => $"The server fails when we ask for {what}: the site is probably down.",
        ReasonCode.Unreachable => $"The server does not answer when we ask for {what}: the site is probably down.",
        ReasonCode.RobotsDisallowed => $"robots.txt keeps our checks out of {what}; the links may well be there.",
        ReasonCode.ScriptOnly or ReasonCode.NoContent => $"We get {what} without content, as with pages that a script writes.",
        ReasonCode.NotHtml or ReasonCode.TooLarge or ReasonCode.Refused or ReasonCode.OurFault or ReasonCode.PageShrunk or ReasonCode.Parked =>
            $"We cannot read {what}, so we cannot say whether the links are there.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No cause for this reason."),
    };

    private static string Host(CommonGround common) => WebText.ShortHost(common.Host ?? "(no host)", MaxHost);
}
