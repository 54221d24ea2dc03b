using System.Globalization;
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
    public static string Headline(CommonGround common) => common.Count == 1 ? One(common.Changes[0]) : Many(common);

    /// <summary>For example <c>3 links lost, 1 changed, 2 recovered</c>.</summary>
    public static string Counts(IEnumerable<ChangeKind> kinds)
    {
        var counts = kinds.GroupBy(kind => kind).OrderBy(group => group.Key).Select(group => (group.Key, Count: group.Count())).ToList();
        return string.Join(", ", counts.Select((entry, position) => string.Create(CultureInfo.InvariantCulture,
            $"{entry.Count:N0} {(position > 0 ? "" : entry.Count == 1 ? "link " : "links ")}{ChangeKinds.Word(entry.Key).ToLowerInvariant()}")));
    }

    public static string Host(string? host) => WebText.ShortHost(host ?? "(no host)", MaxHost);

    private static string One(LinkChange change)
    {
        var kind = ChangeKinds.Of(change.Transition);
        var what = $"{ChangeKinds.Word(kind)}: link from {Host(change.Page.Host)} to {Host(change.Target.Host)}";
        return change.Transition.ReasonsAfter is [var worst, ..]
            ? $"{what} ({WebText.Short(StoryTelling.Brief(worst, kind, 20), MaxGist)})"
            : what;
    }

    private static string Many(CommonGround common)
    {
        var where = common.Host is null ? "" : $" on {Host(common.Host)}";
        return Phrases.For(common) is { } phrase
            ? $"{LetterWords.Links(common.Count)} {phrase}{where}"
            : $"{Counts(common.Changes.Select(change => ChangeKinds.Of(change.Transition)))}{where}";
    }
}
