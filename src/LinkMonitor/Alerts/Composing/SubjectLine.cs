using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing;

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
    public static string Headline(CommonGround common, Language say) => common.Count == 1 ? One(common.Changes[0], say) : Many(common, say);

    /// <summary>For example <c>3 links lost, 1 changed, 2 recovered</c>.</summary>
    public static string Counts(IEnumerable<ChangeKind> kinds, Language say)
    {
        var counts = kinds.GroupBy(kind => kind).OrderBy(group => group.Key).Select(group => (group.Key, Count: group.Count())).ToList();
        return string.Join(", ", counts.Select((entry, position) =>
        {
            var state = ChangeKinds.Word(entry.Key, say).ToLowerInvariant();
            return position > 0
                ? $"{say.Number(entry.Count)} {state}"
                : say.Count(entry.Count, "{count} link {state}", "{count} links {state}", ("state", state));
        }));
    }

    public static string Host(string? host) => WebText.ShortHost(host ?? "(no host)", MaxHost);

    private static string One(LinkChange change, Language say)
    {
        var kind = ChangeKinds.Of(change.Transition);
        var what = say.Text(
            "{state}: link from {page} to {target}",
            ("state", ChangeKinds.Word(kind, say)), ("page", Host(change.Page.Host)), ("target", Host(change.Target.Host)));
        return change.Transition.ReasonsAfter is [var worst, ..]
            ? $"{what} ({WebText.Short(StoryTelling.Brief(worst, kind, 20, say), MaxGist)})"
            : what;
    }

    private static string Many(CommonGround common, Language say)
    {
        var what = Phrases.For(common, say) ?? Counts(common.Changes.Select(change => ChangeKinds.Of(change.Transition)), say);
        return common.Host is null ? what : say.Text("{what} on {host}", ("what", what), ("host", Host(common.Host)));
    }
}
