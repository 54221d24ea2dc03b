using LinkMonitor.Alerts.Composing;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Outreach;

/// <summary>What was found, in words for the owner of the page: our own messages give advice to the owner of the target.</summary>
internal static class OutreachFindings
{
    private const int MaxValue = 300;

    /// <summary>A sentence for each reason that is a matter of the page, on a line of its own.</summary>
    public static string Write(IEnumerable<Reason> reasons) =>
        string.Join('\n', reasons.Where(reason => !OwnSide.Is(reason.Code)).Select(Sentence));

    private static string Sentence(Reason reason) => reason.Code switch
    {
        ReasonCode.RelChanged => Difference("The link's rel", reason),
        ReasonCode.PageNofollow => "The page says nofollow for all its links.",
        ReasonCode.AnchorChanged => Difference("The link's text", reason),
        ReasonCode.TargetChanged => Difference("The link's address", reason),
        ReasonCode.PlacementChanged => Difference("The link's place on the page", reason),
        ReasonCode.Hidden => "The link is hidden from readers.",
        ReasonCode.Noindex => "The page says noindex.",
        ReasonCode.CanonicalElsewhere => "The page names another one as its canonical, and the link is not there.",
        ReasonCode.GoogleDisallowed => "The site's robots.txt keeps Googlebot out of the page.",
        ReasonCode.LinkRemoved => "The page was read, and no link to our address is on it.",
        ReasonCode.MentionOnly => "Our address stands in the text, but not in a link.",
        ReasonCode.PageGone => "The page answers that it does not exist.",
        ReasonCode.PageRedirected => "The page sends its visitors elsewhere.",
        ReasonCode.Soft404 => "The page shows an error text.",
        ReasonCode.PageReplaced => Difference("The page's title", reason),
        ReasonCode.DomainGone => "The name of the site leads nowhere.",
        _ => $"{ReasonWords.Label(reason.Code, Language.English)}.",
    };

    private static string Difference(string what, Reason reason) => (reason.Expected, reason.Found) switch
    {
        ({ } expected, { } found) => $"{what} is \"{Value(found)}\"; we expected \"{Value(expected)}\".",
        (null, { } found) => $"{what} is \"{Value(found)}\".",
        ({ } expected, null) => $"{what} is not \"{Value(expected)}\", as we expected.",
        _ => $"{what} has changed.",
    };

    private static string Value(string text) => WebText.Short(text, MaxValue);
}
