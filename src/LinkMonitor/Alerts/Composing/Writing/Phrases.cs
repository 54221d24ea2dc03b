using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;

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
        var entry = ReasonCatalogue.Of(code);
        var text = found is null ? entry.Tally : entry.TallyWithFound ?? entry.Tally;
        return say.CountWritten(count, text, ("found", now), ("why", ReasonWords.Label(code, say)));
    }
}
