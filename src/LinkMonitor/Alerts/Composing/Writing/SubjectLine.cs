using LinkMonitor.Engine.Reasons;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes subjects: the count and the worst thing, on one line that no header can break on.</summary>
internal static class SubjectLine
{
    public const int MaxLength = 150;

    private const int MaxHost = 45;
    private const int MaxGist = 45;

    /// <summary>A headline with the project's name, which is cut first.</summary>
    public static string Of(string headline, string? projectName) =>
        WebText.Short(projectName is null ? headline : $"{headline} - {projectName}", MaxLength);

    /// <summary>What is so in one line, for a subject: the state comes first, so that a list of mails can be read down.</summary>
    public static string Headline(CommonTraits common, Language say) => common.Count == 1 ? One(common.Changes[0], say) : Many(common, say);

    /// <summary>For example <c>3 links lost, 1 changed, 2 recovered</c>.</summary>
    public static string Counts(IEnumerable<ChangeKind> kinds, Language say)
    {
        var counts = kinds.GroupBy(kind => kind).OrderBy(group => group.Key).Select(group => (group.Key, Count: group.Count())).ToList();
        return string.Join(", ", counts.Select((entry, position) =>
        {
            var state = ChangeKindOf.Word(entry.Key, say).ToLowerInvariant();
            return position > 0
                ? $"{say.Number(entry.Count)} {state}"
                : say.Count(entry.Count, "{count} link {state}", "{count} links {state}", ("state", state));
        }));
    }

    public static string Host(string? host) => WebText.ShortHost(host ?? "(no host)", MaxHost);

    private static string One(LinkChange change, Language say)
    {
        var kind = ChangeKindOf.Of(change.Transition);
        var what = say.Text(
            "{state}: link from {page} to {target}",
            ("state", ChangeKindOf.Word(kind, say)), ("page", Host(change.Page.Host)), ("target", Host(change.Target.Host)));
        return change.Transition.ReasonsAfter is [var worst, ..]
            ? $"{what} ({ChangeStoryWriter.Shortly(worst, kind, MaxGist, say)})"
            : what;
    }

    private static string Many(CommonTraits common, Language say)
    {
        var what = Phrases.For(common, say) ?? Counts(common.Changes.Select(change => ChangeKindOf.Of(change.Transition)), say);
        return common.Host is null ? what : say.Text("{what} on {host}", ("what", what), ("host", Host(common.Host)));
    }
}

/// <summary>What happened to links, in a sentence that begins with their number.</summary>
internal static class Phrases
{
    private const int MaxFound = 30;

    /// <summary>For example <c>3 links turned nofollow</c>; null when the changes have too little in common.</summary>
    public static string? For(CommonTraits common, Language say)
    {
        var count = common.Count;
        return common.Kind switch
        {
            ChangeKind.Recovered => say.Count(count, "{count} link is as expected again", "{count} links are as expected again"),
            ChangeKind.NotFound =>
                say.Count(count, "{count} link was not found at the first check", "{count} links were not found at the first check"),
            ChangeKind.Unreachable => common.Code is { } why
                ? say.Count(
                    count,
                    "{count} link cannot be checked: {why}",
                    "{count} links cannot be checked: {why}",
                    ("why", ReasonWords.Label(why, say)))
                : say.Count(count, "{count} link cannot be checked", "{count} links cannot be checked"),
            null => null,
            _ when common is { IsOfExpectation: true, Code: { } changed } => say.Count(
                count,
                "{count} link is not what is expected of it now: {why}",
                "{count} links are not what is expected of them now: {why}",
                ("why", ReasonWords.Label(changed, say))),
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
