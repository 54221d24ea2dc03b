using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>What kept us out says nothing of the link: every sentence must leave that open.</summary>
internal static class UnseenWords
{
    private const int MaxHost = 60;

    /// <param name="what">The page, or so many pages.</param>
    public static string Of(ReasonCode code, string what, Language say) => code switch
    {
        ReasonCode.Blocked => say.Text("The server turns our checks of {what} away; readers may well see everything.", ("what", what)),
        ReasonCode.ServerError => say.Text("The server fails when we ask for {what}: the site is probably down.", ("what", what)),
        ReasonCode.Unreachable => say.Text("The server does not answer when we ask for {what}: the site is probably down.", ("what", what)),
        ReasonCode.RobotsDisallowed => say.Text("robots.txt keeps our checks out of {what}; the links may well be there.", ("what", what)),
        ReasonCode.ScriptOnly or ReasonCode.NoContent =>
            say.Text("We get {what} without content, as with pages that a script writes.", ("what", what)),
        ReasonCode.NotHtml or ReasonCode.TooLarge or ReasonCode.Refused or ReasonCode.OurFault or ReasonCode.PageShrunk or ReasonCode.Parked =>
            say.Text("We cannot read {what}, so we cannot say whether the links are there.", ("what", what)),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No cause for this reason."),
    };

    public static string DomainGone(CommonGround common, Language say) =>
        say.Text("The domain {host} does not exist any more.", ("host", Host(common, say)));

    public static string Host(CommonGround common, Language say) => WebText.ShortHost(common.Host ?? say.Text("(no host)"), MaxHost);
}
