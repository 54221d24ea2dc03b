using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>What happened to links, as the end of a sentence that begins with their number.</summary>
internal static class Phrases
{
    private const int MaxFound = 30;

    /// <summary>For example <c>turned nofollow</c>; null when the changes have too little in common.</summary>
    public static string? For(CommonGround common)
    {
        var isOne = common.Count == 1;
        return common.Kind switch
        {
            ChangeKind.Recovered => isOne ? "is as expected again" : "are as expected again",
            ChangeKind.NotFound => isOne ? "was not found at the first check" : "were not found at the first check",
            ChangeKind.Unreachable => "cannot be checked" + (common.Code is { } why ? $": {ReasonWords.Label(why)}" : ""),
            null => null,
            _ => common.Code is { } code ? ForReason(code, common.Found, isOne) : null,
        };
    }

    private static string ForReason(ReasonCode code, string? found, bool isOne) => code switch
    {
        ReasonCode.RelChanged => found is null ? "got another rel" : $"turned {WebText.Short(found, MaxFound)}",
        ReasonCode.AnchorChanged => "got another anchor text",
        ReasonCode.TargetChanged => isOne ? "now leads elsewhere" : "now lead elsewhere",
        ReasonCode.PlacementChanged => found is null ? "moved to another place" : $"moved to the page's {WebText.Short(found, MaxFound)}",
        ReasonCode.TargetBroken => isOne ? "leads to a broken page of yours" : "lead to a broken page of yours",
        ReasonCode.TargetRedirects => isOne ? "leads to a page of yours that redirects" : "lead to a page of yours that redirects",
        ReasonCode.LinkRemoved => isOne ? "was removed" : "were removed",
        ReasonCode.MentionOnly => "turned into plain text",
        ReasonCode.Hidden => isOne ? "was hidden from readers" : "were hidden from readers",
        _ => $"{(isOne ? "was" : "were")} {(IsLoss(code) ? "lost" : "devalued")}: {ReasonWords.Label(code)}",
    };

    private static bool IsLoss(ReasonCode code) =>
        code is ReasonCode.PageGone or ReasonCode.PageRedirected or ReasonCode.Soft404 or ReasonCode.DomainGone or ReasonCode.PageReplaced;
}
