using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>Tells people why nothing is said of a link, because what came may not be the page.</summary>
internal static class DoubtText
{
    public static ReasonCode CodeOf(IdentityDoubt doubt) => doubt switch
    {
        IdentityDoubt.Wall => ReasonCode.Blocked,
        IdentityDoubt.Error => ReasonCode.ServerError,
        IdentityDoubt.Script => ReasonCode.ScriptOnly,
        IdentityDoubt.Half => ReasonCode.PageShrunk,
        IdentityDoubt.NoText => ReasonCode.NotHtml,
        IdentityDoubt.Other => ReasonCode.PageReplaced,
        _ => ReasonCode.NoContent,
    };

    /// <summary>One sentence with advice.</summary>
    public static string Of(IdentityFinding finding) => finding.Doubt switch
    {
        IdentityDoubt.Wall =>
            $"Something blocks the view of the page: {finding.Sign}. We cannot tell whether the link is there: open it in a browser.",
        IdentityDoubt.Error => $"The site failed: {finding.Sign}. This is usually temporary; we try again.",
        IdentityDoubt.Script =>
            $"A script writes the page, and we run no scripts: {finding.Sign}. We cannot tell whether the link is there: open it in a "
                + $"browser.",
        IdentityDoubt.Half => $"It may be half a page: {finding.Sign}. We cannot tell whether the link is there: open it in a browser.",
        IdentityDoubt.NoText => $"There are no links to read: {finding.Sign}; check that the page's URL is right.",
        IdentityDoubt.Other =>
            $"Something else answers at the page's address: {finding.Sign}. This may be temporary, so we keep checking for some days.",
        _ => $"The page came with too little to tell: {finding.Sign}. Open it in a browser.",
    };
}
