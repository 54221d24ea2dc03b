using System.Text.Encodings.Web;
using System.Text.Unicode;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Outreach;

/// <summary>The HTML to ask for.</summary>
internal static class WantedHtml
{
    private const string CutMark = "…";
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>
    /// To the letter as it was when all was well, if that is known whole. Otherwise written anew from what is expected, where nothing is
    /// expected from what was first seen, and at last from the target alone.
    /// </summary>
    public static string Write(WatchedLink link, Evidence? before)
    {
        if (before?.Snippet is { Length: > 0 } seen && !seen.EndsWith(CutMark, StringComparison.Ordinal))
            return seen;

        var target = Encoder.Encode(
            link.Expectation.Match is TargetMatch.Page or TargetMatch.Exact
                ? link.Expectation.Target.Href
                : before?.LinkUrl ?? link.Expectation.Target.Href);
        var rel = Rel(link) is { } tokens and not RelQualifiers.None ? $" rel=\"{RelText.Write(tokens)}\"" : "";
        return $"<a href=\"{target}\"{rel}>{Encoder.Encode(Anchor(link, before) ?? link.Expectation.Target.Href)}</a>";
    }

    /// <summary>The agreed anchor text; null when none is known.</summary>
    public static string? Anchor(WatchedLink link, Evidence? before)
    {
        var anchor = link.Expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: { } exact }
            ? exact : before?.Anchor ?? link.Status.Baseline?.Anchor;
        return string.IsNullOrWhiteSpace(anchor) ? null : anchor;
    }

    private static RelQualifiers? Rel(WatchedLink link) => link.Expectation.Rel.Kind switch
    {
        ExpectedKind.Exactly => link.Expectation.Rel.Value,
        ExpectedKind.AsFirstSeen => link.Status.Baseline?.Rel,
        _ => null,
    };
}
