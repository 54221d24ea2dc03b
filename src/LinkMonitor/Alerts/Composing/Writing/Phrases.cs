using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>What happened to links, in a sentence that begins with their number.</summary>
internal static class Phrases
{
    private const int MaxFound = 30;

    /// <summary>For example <c>3 links turned nofollow</c>; null when the changes have too little in common.</summary>
    public static string? For(CommonGround common, Language say)
    {
        var count = common.Count;
        return common.Kind switch
        {
            ChangeKind.Recovered => say.Count(count, "{count} link is as expected again", "{count} links are as expected again"),
            ChangeKind.NotFound => say.Count(count, "{count} link was not found at the first check", "{count} links were not found at the first check"),
            ChangeKind.Unreachable => common.Code is { } why
                ? say.Count(count, "{count} link cannot be checked: {why}", "{count} links cannot be checked: {why}", ("why", ReasonWords.Label(why, say)))
                : say.Count(count, "{count} link cannot be checked", "{count} links cannot be checked"),
            null => null,
            _ => common.Code is { } code ? ForReason(code, common.Found, count, say) : null,
        };
    }

    private static string ForReason(ReasonCode code, string? found, int count, Language say)
    {
        var now = found is null ? "" : WebText.Short(EvidenceWords.Value(code, found, say), MaxFound);
        return code switch
        {
            ReasonCode.RelChanged when found is null => say.Count(count, "{count} link got another rel", "{count} links got another rel"),
            ReasonCode.RelChanged => say.Count(count, "{count} link turned {rel}", "{count} links turned {rel}", ("rel", now)),
            ReasonCode.AnchorChanged => say.Count(count, "{count} link got another anchor text", "{count} links got another anchor text"),
            ReasonCode.TargetChanged => say.Count(count, "{count} link now leads elsewhere", "{count} links now lead elsewhere"),
            ReasonCode.PlacementChanged when found is null =>
                say.Count(count, "{count} link moved to another place", "{count} links moved to another place"),
            ReasonCode.PlacementChanged =>
                say.Count(count, "{count} link moved to the page's {place}", "{count} links moved to the page's {place}", ("place", now)),
            ReasonCode.TargetBroken => say.Count(count, "{count} link leads to a broken page of yours", "{count} links lead to a broken page of yours"),
            ReasonCode.TargetRedirects =>
                say.Count(count, "{count} link leads to a page of yours that redirects", "{count} links lead to a page of yours that redirects"),
            ReasonCode.LinkRemoved => say.Count(count, "{count} link was removed", "{count} links were removed"),
            ReasonCode.MentionOnly => say.Count(count, "{count} link turned into plain text", "{count} links turned into plain text"),
            ReasonCode.Hidden => say.Count(count, "{count} link was hidden from readers", "{count} links were hidden from readers"),
            _ => Otherwise(code, count, say),
        };
    }

    private static string Otherwise(ReasonCode code, int count, Language say)
    {
        var why = ReasonWords.Label(code, say);
        return IsLoss(code)
            ? say.Count(count, "{count} link was lost: {why}", "{count} links were lost: {why}", ("why", why))
            : say.Count(count, "{count} link was devalued: {why}", "{count} links were devalued: {why}", ("why", why));
    }

    private static bool IsLoss(ReasonCode code) =>
        code is ReasonCode.PageGone or ReasonCode.PageRedirected or ReasonCode.Soft404 or ReasonCode.DomainGone or ReasonCode.PageReplaced;
}
