using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging;

/// <summary>Links that reach the target, though not by its own address.</summary>
public static class IndirectLinks
{
    // Paths of the plug-ins and forums that lead readers out through a page of their own: ThirstyAffiliates, Pretty Links, Easy Affiliate
    // Links, XenForo, vBulletin, Discuz.
    private static readonly string[] Paths = [
        "/go", "/out", "/link", "/links", "/recommends", "/refer", "/redirect", "/redir", "/visit", "/goto", "/exit", "/away", "/outbound",
        "/track", "/click", "/r",
    ];

    private static readonly string[] Shorteners =
    [
        "bit.ly", "t.co", "tinyurl.com", "ow.ly", "buff.ly", "is.gd", "goo.gl", "rebrand.ly", "cutt.ly", "amzn.to", "geni.us",
        "shorturl.at", "lnkd.in", "t.ly", "s.id", "v.gd", "awin1.com", "shareasale.com", "anrdoezrs.net", "jdoqocy.com", "kqzyfj.com",
        "dpbolvw.net", "tkqlhce.com", "linksynergy.com", "go.skimresources.com", "redirectingat.com", "prf.hn", "pxf.io",
    ];

    /// <summary>
    /// The one link that is worth following because nothing else matches: one that carries the target in its address, else one of a
    /// redirector that has the link's anchor or its place. Null for none.
    /// </summary>
    public static PageLink? Candidate(Observation observation, Expectation expectation, LinkMemory memory)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(memory);
        if (observation.Reading is not { } page || TargetMatcher.IsSameSite(expectation.Target, observation.FinalUrl))
            return null;
        var mention = new Mention(expectation.Target, expectation.Match);
        return page.Links.FirstOrDefault(link => IsElsewhere(link, expectation) && Carries(link.Url!, mention))
            ?? page.Links.FirstOrDefault(
                link => IsElsewhere(link, expectation) && IsRedirector(link.Url!, page.Url) && IsOurs(page, link, expectation, memory));
    }

    /// <summary>What is to be reported of the way to the target; null for a direct link.</summary>
    internal static string? Of(Expectation expectation, IReadOnlyList<PageLink> occurrences, PageLink? through)
    {
        if (through is not null && occurrences is [var only] && ReferenceEquals(only, through))
            return $"The link leads to the target through a redirector ({ShortText.Cut(through.Url!.Href, 200)}).";
        return occurrences[0].Url is { } url
            && !TargetMatcher.Matches(expectation.Target, expectation.Match, url)
            && TargetMatcher.MatchesWithReferral(expectation.Target, url, out var added)
            ? $"The link adds {string.Join(", ", added)} to the target's address; it counts as the same page."
            : null;
    }

    private static bool IsElsewhere(PageLink link, Expectation expectation) =>
        link.Url is { IsHttp: true } url && !TargetMatcher.IsSameSite(expectation.Target, url);

    private static bool Carries(WebUrl url, Mention mention)
    {
        var text = url.Path + "?" + url.Query;
        return mention.IsIn(Uri.UnescapeDataString(text)) || mention.IsIn(Uri.UnescapeDataString(Uri.UnescapeDataString(text)));
    }

    private static bool IsRedirector(WebUrl url, WebUrl page)
    {
        var host = url.Host ?? "";
        if (Shorteners.Any(one => host == one || host.EndsWith("." + one, StringComparison.Ordinal)))
            return true;
        return LinkMark.HostOf(url) == LinkMark.HostOf(page)
            && Paths.Any(
                path => url.Path.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase) || (url.Path == path && url.Query is not null));
    }

    private static bool IsOurs(PageReading page, PageLink link, Expectation expectation, LinkMemory memory)
    {
        var anchor = expectation.Anchor is { Kind: ExpectedKind.Exactly } exactly
            ? exactly.Value
            : memory.LastAnchor ?? memory.Baseline?.Anchor;
        var bears = !string.IsNullOrWhiteSpace(anchor) && AnchorText.IsSame(anchor, link.Anchor);
        return bears || (memory.Place is var (before, after) && LinkSurroundings.IsSamePlace(page, link, before, after));
    }
}
