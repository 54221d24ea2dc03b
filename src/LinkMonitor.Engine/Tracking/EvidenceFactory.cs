using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// Keeps the proof of a check. Everything a page says is hostile, so every text is cut: evidence must always fit into a table row.
/// </summary>
internal static class EvidenceFactory
{
    public const int LongestText = 500;
    public const int LongestUrl = 2_083;
    public const int LongestSnippet = 1_000;
    public const int LongestRedirect = 500;
    public const int LongestEntry = 100;
    public const int MostEntries = 20;

    public static Evidence From(Verdict verdict)
    {
        var evidence = OfPage(verdict);
        return verdict is { Best: { } link, Observation.Reading: { } page } ? WithLink(evidence, page, link) : evidence;
    }

    private static Evidence OfPage(Verdict verdict)
    {
        var observation = verdict.Observation;
        return new Evidence
        {
            CheckedAt = observation.CheckedAt,
            Observation = observation.Kind,
            Outcome = OutcomeOfCheck.Of(verdict),
            Detail = Cut(observation.Detail, LongestText),
            Status = observation.Status,
            FinalUrl = Cut(observation.FinalUrl.Href, LongestUrl),
            Redirects = [.. observation.Redirects.Take(MostEntries).Select(Cut)],
            Title = Cut(observation.Reading?.Title, LongestText),
            Canonical = Cut(observation.Reading?.Canonical?.Href, LongestUrl),
            Robots = Cut(observation.Reading?.Robots),
            TextLength = observation.Reading?.Text.Length,
            LinkCount = observation.Reading?.Links.Count,
            Occurrences = verdict.Occurrences.Count,
            MostOccurrences = verdict.Comparison?.MostOccurrences ?? verdict.Occurrences.Count,
            ExternalLinks = observation.Reading is { } page ? LinkSurroundings.ExternalLinks(page) : null,
            Scope = verdict.Comparison?.Scope,
            WhereItWas = verdict.Comparison?.WhereItWas,
            MovedTo = verdict.MovedTo,
            Explanation = Explainer.Explain(verdict),
        };
    }

    private static Evidence WithLink(Evidence evidence, PageReading page, PageLink link) => evidence with
    {
        LinkUrl = Cut(link.Url?.Href, LongestUrl),
        Rel = Cut(link.Rel),
        Follow = link.Follow,
        Anchor = Cut(link.Anchor, LongestText),
        Kind = link.Kind,
        Placement = link.Placement,
        Hidden = link.Hidden,
        Snippet = Cut(link.Snippet, LongestSnippet),
        Ordinal = link.Ordinal,
        TextShare = LinkSurroundings.Share(page, link),
        ContextBefore = LinkSurroundings.Before(page, link),
        ContextAfter = LinkSurroundings.After(page, link),
    };

    private static RobotsDirectives? Cut(RobotsDirectives? robots) =>
        robots is null ? null : robots with { Reasons = Cut(robots.Reasons) };

    /// <summary>The beginning of a URL that is longer than its host name can be is a URL again.</summary>
    private static Redirect Cut(Redirect redirect) =>
        redirect.Url.Href.Length > LongestRedirect && WebUrl.TryParse(redirect.Url.Href[..LongestRedirect], out var url)
            ? redirect with { Url = url }
            : redirect;

    /// <summary>The first entries, and a mark that there were more.</summary>
    private static List<string> Cut(IReadOnlyList<string> entries)
    {
        List<string> kept = [.. entries.Take(MostEntries).Select(entry => Cut(entry, LongestEntry))];
        if (entries.Count > MostEntries)
            kept.Add(ShortText.Ellipsis);
        return kept;
    }

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text, int longest) => ShortText.Cut(text, longest);
}
