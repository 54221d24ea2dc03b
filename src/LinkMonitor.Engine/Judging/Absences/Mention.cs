using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// Finds a URL in running text by host and path; scheme, "www.", query and a slash at the end do not count. By match mode the path must end
/// there (page, exact), may go on (prefix), or does not count (host).
/// </summary>
internal sealed class Mention
{
    private readonly string _host;
    private readonly string[] _paths;
    private readonly TargetMatch _match;

    public Mention(WebUrl target, TargetMatch match)
    {
        _host = WwwPrefix.Remove(target.Host);
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
        if (path.Length == 0 && rest.StartsWith(":") && rest.Length > 1 && char.IsAsciiDigit(rest[1]))
            return false;
        if (!rest.StartsWith(path, StringComparison.Ordinal))
            return false;
        rest = rest[path.Length..];
        if (ContinuesName(rest, isHost: path.Length == 0))
            return false;
        if (_match is TargetMatch.Host or TargetMatch.Prefix)
            return true;
        return !rest.StartsWith("/") || rest.Length == 1 || !IsPathCharacter(rest[1]);
    }

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
