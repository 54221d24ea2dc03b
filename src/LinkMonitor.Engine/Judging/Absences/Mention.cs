using System.Globalization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// Finds a URL in running text by host, port and path; scheme, "www.", query and a slash at the end do not count, and 80, 443 and no port
/// are one. By match mode the path must end there (page, exact), may go on (prefix), or does not count (host); nor does the port then.
/// </summary>
internal sealed class Mention
{
    private readonly string _host;
    private readonly string _port;
    private readonly string[] _paths;
    private readonly TargetMatch _match;

    public Mention(WebUrl target, TargetMatch match)
    {
        _host = WwwPrefix.Remove(target.Host);
        _port = PortKey(target.EffectivePort?.ToString(CultureInfo.InvariantCulture) ?? "").ToString();
        var path = match is TargetMatch.Host ? "" : target.Path.TrimEnd('/');
        _paths = [path, Uri.UnescapeDataString(path)];
        _match = match;
    }

    public bool IsIn(string text)
    {
        for (var at = Next(text, 0); at >= 0; at = Next(text, at + 1))
        {
            if (StartsHere(text, at) && _paths.Any(path => FitsPath(text, at + _host.Length, path)))
                return true;
        }

        return false;
    }

    /// <summary>Whether another URL has it in its path or its query, escaped once, twice or not at all.</summary>
    public bool IsCarriedBy(WebUrl url)
    {
        var text = url.Path + "?" + url.Query;
        return IsIn(Uri.UnescapeDataString(text)) || IsIn(Uri.UnescapeDataString(Uri.UnescapeDataString(text)));
    }

    /// <summary>Where on a page the URL stands without being a link, as a part of a sentence; null for nowhere.</summary>
    public string? PlaceIn(PageReading page)
    {
        if (IsIn(page.Text))
            return "the page's text";
        var isInAttribute = page.UnlinkedUrls.Any(IsIn) || page.Links.Any(link => link.Url is null or { IsHttp: false } && IsIn(link.Href));
        return isInAttribute ? "an attribute" : null;
    }

    private int Next(string text, int from) =>
        from < text.Length && _host.Length > 0 ? text.IndexOf(_host, from, StringComparison.OrdinalIgnoreCase) : -1;

    /// <summary>Not the end of another name, nor of an e-mail address.</summary>
    private static bool StartsHere(string text, int at)
    {
        var before = WwwPrefix.RemoveBefore(text.AsSpan(0, at));
        return before.IsEmpty || !(char.IsLetterOrDigit(before[^1]) || before[^1] is '.' or '-' or '_' or '@');
    }

    private bool FitsPath(string text, int at, string path)
    {
        var rest = text.AsSpan(at);
        var port = PortIn(rest);
        if (_match is not TargetMatch.Host && !PortKey(port).SequenceEqual(_port.AsSpan()))
            return false;
        rest = port.IsEmpty ? rest : rest[(port.Length + 1)..];
        if (!rest.StartsWith(path, StringComparison.Ordinal))
            return false;
        rest = rest[path.Length..];
        if (ContinuesName(rest, isHost: path.Length == 0))
            return false;
        if (_match is TargetMatch.Host or TargetMatch.Prefix)
            return true;
        return !rest.StartsWith("/") || rest.Length == 1 || !IsPathCharacter(rest[1]);
    }

    /// <summary>The digits behind a colon; empty for none, as in "example.com: lamps".</summary>
    private static ReadOnlySpan<char> PortIn(ReadOnlySpan<char> rest)
    {
        if (rest is not [':', .. var behind])
            return [];
        var end = behind.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? behind : behind[..end];
    }

    // As links are matched: https and http are one site.
    private static ReadOnlySpan<char> PortKey(ReadOnlySpan<char> port) => port is "80" or "443" ? [] : port;

    /// <summary>
    /// Whether the last word goes on: example.com is not in example.company, nor /page in /page-2. A full stop ends a sentence.
    /// </summary>
    private static bool ContinuesName(ReadOnlySpan<char> rest, bool isHost)
    {
        if (rest.IsEmpty)
            return false;
        if (rest[0] is '.' or '-')
            return rest.Length > 1 && char.IsLetterOrDigit(rest[1]);
        return char.IsLetterOrDigit(rest[0]) || rest[0] is '_' || (!isHost && rest[0] is '%');
    }

    private static bool IsPathCharacter(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '%' or '~' or '+' or '.' or '@';
}

/// <summary>
/// The target's URL stands on the page, but not in a link: in the text, or in an attribute that only a script follows. Only a link with an
/// href that resolves is crawled. Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable
/// </summary>
internal sealed class MentionOnly : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context)
    {
        var place = new Mention(context.Expectation.Target, context.Expectation.Match).PlaceIn(context.Page);
        if (place is null)
            return null;

        return new Absence(VerdictState.Lost, new Reason
        {
            Code = ReasonCode.MentionOnly,
            Message =
                $"The target's URL is {(context.Baseline is null ? "" : "still ")}in {place}, "
                    + $"but not as a link that search engines can follow: ask the site's owner to "
                    + $"{(context.Baseline is null ? "make it a link" : "link it again")}.",
            Expected = context.Expectation.Target.Href,
            Found = place,
        });
    }
}

/// <summary>A link that may lead to the target through a redirector, and what came of following it.</summary>
internal sealed record FollowedLink(PageLink Link, TargetFinding Finding)
{
    /// <summary>It can only be the watched link itself: its own address, place or anchor say so.</summary>
    public required bool StandsForLink { get; init; }

    /// <summary>
    /// See <see cref="IndirectLinks.IsKnownRedirector"/>. Anything else is a link to a page until it is seen to redirect.
    /// </summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether the target is at its end or on the way: the target may redirect, too.</summary>
    public bool LeadsTo(Expectation expectation) =>
        Finding.Fetch is { } fetched && fetched.Through.Append(fetched.FinalUrl).Any(url =>
            TargetMatcher.Matches(expectation.Target, expectation.Match, url)
            || (expectation.Match is TargetMatch.Page && TargetMatcher.MatchesWithReferral(expectation.Target, url, out _)));

    /// <summary>
    /// Whether it is certain that readers do not come to the target: they are sent to another page, told that there is none, or are at one
    /// already. A page that has the target in its address is on the way there.
    /// </summary>
    public bool IsAstray(Expectation expectation) => Finding is { Fetch: { IsNameGone: true } or { Status: 404 or 410 } }
        || (!IsKnown && Finding is { Gap: TargetGap.Off } or { Fetch: { Failure: null, Status: >= 200 and < 300, IsRedirected: false } })
        || (Finding is { Gap: null, Fetch: { IsRedirected: true } fetched }
            && !new Mention(expectation.Target, expectation.Match).IsCarriedBy(fetched.FinalUrl));
}

/// <summary>
/// A redirector has the link's anchor, its place, or the target in its address, and where it leads could not be found out. What was not
/// followed is not lost; one that leads elsewhere, or that answers 404, is.
/// </summary>
internal sealed class UnfollowedRedirector : IAbsenceRule
{
    private const int LongestUrl = 200;

    public Absence? Explain(AbsenceContext context)
    {
        if (context.Followed is not { StandsForLink: true } followed || followed.IsAstray(context.Expectation))
            return null;
        var (code, why) = Why(followed.Finding);
        var url = ShortText.Cut(followed.Link.Url!.Href, LongestUrl);
        var what = followed.IsKnown
            ? $"A link in place of the watched one leads through a redirector, {url}, and where that leads could not be found out: "
                + $"{why}."
            : $"The link's anchor, in its place, leads to {url} now, and whether that sends readers on could not be found out: {why}.";
        return Absence.Unknown(
            code,
            $"{what} We cannot tell whether they come to {context.Expectation.Target}: open it in a browser.",
            $"{url} could not be followed: {why}");
    }

    /// <summary>Where a link that was followed sends its readers on to, as the end of a sentence; empty when it does not.</summary>
    public static string Onward(AbsenceContext context, PageLink link) =>
        context.Followed is not { Finding.Fetch: { } fetched } followed || !ReferenceEquals(followed.Link, link) ? ""
        : fetched.IsRedirected ? $", which redirects to {ShortText.Cut(fetched.FinalUrl.Href, LongestUrl)}"
        : fetched.IsNameGone ? ", a name that does not exist"
        : fetched.Status is 404 or 410 ? $", which answers {fetched.Status}"
        : "";

    /// <summary>What became of a redirector that leads elsewhere, as a sentence; null when none was followed.</summary>
    public static string? Astray(AbsenceContext context)
    {
        if (context.Followed is not { StandsForLink: true, IsKnown: true, Finding.Fetch: { } fetched } followed)
            return null;
        var url = ShortText.Cut(followed.Link.Url!.Href, LongestUrl);
        return fetched.IsRedirected
            ? $" A link in its place leads through a redirector, {url}, to {ShortText.Cut(fetched.FinalUrl.Href, LongestUrl)}."
            : $" A link in its place leads to a redirector, {url}, which answers {fetched.Status}.";
    }

    private static (ReasonCode Code, string Why) Why(TargetFinding finding) => finding switch
    {
        { Gap: TargetGap.Off } => (ReasonCode.Unreachable, "requests to targets are switched off here"),
        { Gap: TargetGap.OutOfTime } or { Fetch: null } =>
            (ReasonCode.Unreachable, "this check had no time left for it, and the next one asks again"),
        { Gap: TargetGap.OurFault } => (ReasonCode.Unreachable, "our own network failed"),
        { Fetch.Failure: FetchFailure.RobotsDisallowed } => (ReasonCode.RobotsDisallowed, "robots.txt keeps us out of it"),
        { Fetch.Failure: FetchFailure.Refused } => (ReasonCode.Refused, "our address policy forbids the request"),
        { Fetch: { Status: >= 500 and < 600 and var status } } => (ReasonCode.ServerError, $"it answered {status}"),
        { Fetch: { Failure: null, Status: >= 200 and < 300 } } =>
            (ReasonCode.Blocked, "a page of its own stands in between instead of a redirect"),
        { Fetch: { Failure: null, Status: { } status } } => (ReasonCode.Blocked, $"it answered {status}"),
        _ => (ReasonCode.Unreachable, "it gave no complete answer"),
    };
}

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
    /// The one link that is worth following because nothing else matches: a redirector that carries the target in its address, else one
    /// that has the link's anchor or its place, else whatever stands in its place with its anchor, else any link that carries the target.
    /// Null for none.
    /// </summary>
    public static PageLink? Candidate(Observation observation, Expectation expectation, LinkMemory memory)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(memory);
        if (observation.Reading is not { } page || TargetMatcher.IsSameSite(expectation.Target, observation.FinalUrl))
            return null;
        var mention = new Mention(expectation.Target, expectation.Match);
        PageLink? ours = null, carrier = null;
        foreach (var link in page.Links.Where(link => IsElsewhere(link, expectation)))
        {
            var (redirects, carries) = (IsRedirector(link.Url!, page.Url), mention.IsCarriedBy(link.Url!));
            if (redirects && carries)
                return link;
            if (redirects && ours is null && IsOurs(page, link, expectation, memory))
                ours = link;
            carrier ??= carries ? link : null;
        }

        var inPlace = InPlace(observation, expectation, memory);
        return ours ?? (inPlace is not null && IsElsewhere(inPlace, expectation) && !IsWithin(inPlace, page) ? inPlace : carrier);
    }

    /// <summary>
    /// What stands in the link's place with its very anchor, wherever it leads, and was not there before. Null for nothing, and for several
    /// that lead to different places: on a page that says "here" again and again nobody can tell which it was.
    /// </summary>
    internal static PageLink? InPlace(Observation observation, Expectation expectation, LinkMemory memory)
    {
        if (observation.Reading is not { } page || memory.Place is not var (before, after)
            || AnchorOf(expectation, memory) is not { } anchor)
            return null;
        var there = memory.Outbound?.Links.Select(mark => LinkMark.Parse(mark).Key).ToHashSet(StringComparer.Ordinal);
        PageLink[] found =
        [
            .. page.Links
                .Where(link => AnchorText.IsOf(link, anchor) && !memory.Taken.Contains(link.Ordinal)
                    && LinkSurroundings.IsSamePlace(page, link, before, after) && !WasThere(link)
                    && !ReplacementLinks.WasThere(link, memory))
                .DistinctBy(link => link.Url?.Href ?? link.Href)
                .Take(2),
        ];
        return found is [var only] ? only : null;

        bool WasThere(PageLink link) => there is not null && link.Url is { IsHttp: true } && there.Contains(LinkMark.Of(link).Key);
    }

    /// <summary>Whether it leads to a place of the page itself, as "#" does.</summary>
    internal static bool IsWithin(PageLink link, PageReading page) =>
        link.Url is { } url && UrlKeys.IsSamePage(url, page.Url);

    /// <summary>
    /// Whether a candidate can only be the watched link itself: a redirector. Another address that has the target in it may be a button to
    /// share it, or a copy in an archive.
    /// </summary>
    internal static bool StandsForLink(Observation observation, PageLink candidate, Expectation expectation, LinkMemory memory) =>
        observation.Reading is { } page && (IsRedirector(candidate.Url!, page.Url) || IsOurs(page, candidate, expectation, memory));

    /// <summary>
    /// Whether a candidate is known to send its readers on: by its name, or because it has the target in its address. Of any other only
    /// the request tells.
    /// </summary>
    internal static bool IsKnownRedirector(Observation observation, PageLink candidate, Expectation expectation) =>
        IsRedirector(candidate.Url!, observation.FinalUrl)
            || new Mention(expectation.Target, expectation.Match).IsCarriedBy(candidate.Url!);

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

    private static bool IsRedirector(WebUrl url, WebUrl page)
    {
        var host = url.Host ?? "";
        if (Shorteners.Any(one => Sites.Has(one, host)))
            return true;
        return LinkMark.HostOf(url) == LinkMark.HostOf(page)
            && Paths.Any(
                path => url.Path.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase) || (url.Path == path && url.Query is not null));
    }

    private static bool IsOurs(PageReading page, PageLink link, Expectation expectation, LinkMemory memory)
    {
        var bears = AnchorOf(expectation, memory) is { } anchor && AnchorText.IsOf(link, anchor);
        return bears || (memory.Place is var (before, after) && LinkSurroundings.IsSamePlace(page, link, before, after));
    }

    /// <summary>Whether a link stands elsewhere than the watched one stood, or has another anchor, as far as that is known.</summary>
    internal static bool IsAnother(PageReading page, PageLink link, LinkMemory memory) =>
        (memory.AgreedPlace is { } place && !LinkSurroundings.IsSamePlace(page, link, place.Before, place.After))
        || (memory.Baseline is { Anchor: var anchor } && !AnchorText.IsOf(link, anchor));

    /// <summary>What is asked for, else what was seen; null for neither, and for a link without any.</summary>
    internal static string? AnchorOf(Expectation expectation, LinkMemory memory)
    {
        var anchor = expectation.Anchor is { Kind: ExpectedKind.Exactly } exactly
            ? exactly.Value
            : memory.LastAnchor ?? memory.Baseline?.Anchor;
        return string.IsNullOrWhiteSpace(anchor) ? null : anchor;
    }
}
