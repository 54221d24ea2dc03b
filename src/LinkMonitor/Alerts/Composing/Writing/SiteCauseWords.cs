using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>What a reason says of several pages that carried links. Of one site it names the likely decision behind it.</summary>
internal static class SiteCauseWords
{
    public static string ManyPages(ReasonCode code, CommonGround common, Language say)
    {
        var pages = say.Count(common.PageCount, "{count} page", "{count} pages");
        var where = common.Host is null
            ? say.Count(common.HostCount, "{pages} of {count} site", "{pages} of {count} sites", ("pages", pages))
            : say.Text("{pages} of {host}", ("pages", pages), ("host", UnseenWords.Host(common, say)));
        return code switch
        {
            ReasonCode.DomainGone => common.Host is null ? say.Text("The domains of these pages do not exist any more.") : UnseenWords.DomainGone(common, say),
            ReasonCode.GoogleDisallowed => say.Text("robots.txt now keeps Googlebot out of {where}.", ("where", where)),
            ReasonCode.TargetBroken => say.Text("Your own pages at the other end of these links are broken."),
            ReasonCode.TargetRedirects => say.Text("Your own pages at the other end of these links redirect."),
            _ => (common.Host is null ? OfSites(code, where, say) : OfSite(code, where, say)) ?? UnseenWords.Of(code, where, say),
        };
    }

    private static string? OfSites(ReasonCode code, string where, Language say) => code switch
    {
        ReasonCode.LinkRemoved => say.Text("Your links were taken out of {where}.", ("where", where)),
        ReasonCode.MentionOnly => say.Text("On {where} your links became plain text.", ("where", where)),
        ReasonCode.PageGone or ReasonCode.Soft404 => say.Text("{where} do not exist any more.", ("where", where)),
        ReasonCode.PageRedirected => say.Text("{where} now send visitors elsewhere.", ("where", where)),
        ReasonCode.PageReplaced => say.Text("{where} were replaced by others.", ("where", where)),
        ReasonCode.RelChanged => say.Text("Your links got another rel on {where}.", ("where", where)),
        ReasonCode.PageNofollow => say.Text("{where} now tell search engines to follow none of their links.", ("where", where)),
        ReasonCode.Noindex => say.Text("{where} now ask search engines to leave them out of their index, perhaps a mistake.", ("where", where)),
        ReasonCode.CanonicalElsewhere => say.Text("{where} now name other pages as canonical, and your links are not there.", ("where", where)),
        ReasonCode.AnchorChanged or ReasonCode.TargetChanged or ReasonCode.PlacementChanged or ReasonCode.Hidden =>
            say.Text("Your links changed alike on {where}.", ("where", where)),
        _ => null,
    };

    private static string? OfSite(ReasonCode code, string where, Language say) => code switch
    {
        ReasonCode.LinkRemoved => say.Text("Your links were taken out of {where}: probably one clean-up, or a new template.", ("where", where)),
        ReasonCode.MentionOnly => say.Text("On {where} your links became plain text: probably one change of the site.", ("where", where)),
        ReasonCode.PageGone or ReasonCode.Soft404 =>
            say.Text("{where} do not exist any more: probably a section was deleted, or moved without redirects.", ("where", where)),
        ReasonCode.PageRedirected =>
            say.Text("{where} now send visitors elsewhere: the site was probably rebuilt or changed hands.", ("where", where)),
        ReasonCode.PageReplaced => say.Text("{where} were replaced by others: the site was probably rebuilt or changed hands.", ("where", where)),
        ReasonCode.RelChanged => say.Text("Your links got another rel on {where}: probably a policy of the whole site.", ("where", where)),
        ReasonCode.PageNofollow => say.Text(
            "{where} now tell search engines to follow none of their links: probably one decision of its owner, or one setting.", ("where", where)),
        ReasonCode.Noindex => say.Text(
            "{where} now ask search engines to leave them out of their index: probably one decision of its owner, or one setting, perhaps a mistake.",
            ("where", where)),
        ReasonCode.CanonicalElsewhere => say.Text(
            "{where} now name other pages as canonical, and your links are not there: probably one decision of its owner, or one setting.",
            ("where", where)),
        ReasonCode.AnchorChanged or ReasonCode.TargetChanged or ReasonCode.PlacementChanged or ReasonCode.Hidden =>
            say.Text("Your links changed alike on {where}: probably a new template.", ("where", where)),
        _ => null,
    };
}
