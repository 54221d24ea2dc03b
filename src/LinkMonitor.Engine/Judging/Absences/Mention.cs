using System.Globalization;
using LinkMonitor.Engine.Fetching.Results;
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

    public bool LeadsTo(Expectation expectation) => Finding.Fetch is { } fetched
        && (TargetMatcher.Matches(expectation.Target, expectation.Match, fetched.FinalUrl)
            || (expectation.Match is TargetMatch.Page && TargetMatcher.MatchesWithReferral(expectation.Target, fetched.FinalUrl, out _)));

    /// <summary>
    /// Whether it is certain that readers do not come to the target: they are sent to another page, or told that there is none. A page that
    /// has the target in its address is on the way there.
    /// </summary>
    public bool IsAstray(Expectation expectation) => Finding is { Gap: null, Fetch: { } fetched }
        && (fetched.Status is 404 or 410
            || (fetched.IsRedirected && !new Mention(expectation.Target, expectation.Match).IsCarriedBy(fetched.FinalUrl)));
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
        return Absence.Unknown(
            code,
            $"A link in place of the watched one leads through a redirector, {url}, and where that leads could not be found out: {why}. "
                + $"We cannot tell whether it is {context.Expectation.Target}: open it in a browser.",
            $"{url} could not be followed: {why}");
    }

    /// <summary>What became of a redirector that leads elsewhere, as a sentence; empty when none was followed.</summary>
    public static string Astray(AbsenceContext context)
    {
        if (context.Followed is not { StandsForLink: true, Finding.Fetch: { } fetched } followed)
            return "";
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
