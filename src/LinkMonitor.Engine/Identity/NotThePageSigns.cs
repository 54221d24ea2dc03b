using System.Text.RegularExpressions;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Identity;

/// <summary>Signs that show by themselves that an answer is not the page.</summary>
internal static class NotThePageSigns
{
    public static readonly IdentityFinding Cut = IdentityFinding.Unsaid(IdentityDoubt.Half, "the page ends in the middle of its source");

    public static readonly IdentityFinding BreaksOff = IdentityFinding.Unsaid(
        IdentityDoubt.Half, "the text ends with an ellipsis, as it does before a paywall");

    public static IdentityFinding Paid(string mark) =>
        IdentityFinding.InPlace(IdentityDoubt.Wall, $"the page shows only its beginning to readers who have not paid ({mark})");

    public static IdentityFinding LeftToScript(string part) =>
        IdentityFinding.Unsaid(IdentityDoubt.Script, $"a part of the page ({part}) is empty for a script to fill");

    /// <summary>Null when there is none.</summary>
    public static IdentityFinding? Of(IdentityQuestion question)
    {
        var (page, shape) = (question.Page, question.Page.Shape);
        var hasContent = PageContent.IsThere(page);
        if (question.Mark is { } mark)
            return IdentityFinding.InPlace(question.MarkedAs, $"the answer is {mark}");
        if (question.Redirects.Count > 0 && Interstitial.Sign(question.Asked, page.Url) is { } led)
            return IdentityFinding.InPlace(IdentityDoubt.Wall, led);
        if (ErrorText.EndsPage(page) is { } end)
            return IdentityFinding.InPlace(IdentityDoubt.Error, end);
        if (shape.Paywall is { } paywall && shape.ProseLength < LongestTeaser)
            return Paid(paywall);
        if (shape.BreaksOff && shape.ProseLength < LongestTeaser)
            return BreaksOff;
        if (hasContent)
            return null;
        if (ErrorText.IsAll(page) is { } error)
            return IdentityFinding.InPlace(IdentityDoubt.Error, error);
        if (question.Cookies.Count > 0 && IsSentAgain(question))
            return IdentityFinding.InPlace(IdentityDoubt.Wall, "the answer sets a cookie and sends its readers to the same address again");
        if (shape.HasScriptReload)
            return IdentityFinding.InPlace(IdentityDoubt.Wall, "a script sets a cookie and loads the page again");
        return shape.HasScriptMove
            ? IdentityFinding.Unsaid(IdentityDoubt.Script, "a script of the page leads its readers elsewhere")
            : null;
    }

    // Longer than this, a page that loads itself again is a ticker, not a wall.
    private const int LongestReload = 15;

    // What stands before a paywall is a screenful.
    private const int LongestTeaser = 1_500;

    private static bool IsSentAgain(IdentityQuestion question) =>
        question.Page.ReloadsAfter <= LongestReload
        || (question.Page.Refresh is { } refresh
            && (IsSamePlace(refresh.Url, question.Page.Url) || IsSamePlace(refresh.Url, question.Asked)));

    private static bool IsSamePlace(WebUrl one, WebUrl other) => one.Host == other.Host && one.Path == other.Path;
}

/// <summary>
/// The messages that programs, not people, write when they fail: they are part of the languages themselves and are not translated. Sources:
/// the manuals of PHP (error display), Python (traceback), Java and .NET (stack traces), Ruby, Node.js and classic ASP, and the codes of
/// SQL drivers (SQLSTATE, ORA-).
/// </summary>
internal static partial class ErrorText
{
    private const int LastPart = 1_500;
    private const int LongestMessage = 6_000;

    /// <summary>A program's last words are the last words of the page: what would have come behind them is missing.</summary>
    public static string? EndsPage(PageReading page)
    {
        var end = page.Text.Length <= LastPart ? page.Text : page.Text[^LastPart..];
        return Fatal().IsMatch(end) ? "the program behind the page failed and left its message at the end" : null;
    }

    /// <summary>A program's message, and nothing that is built like a page around it.</summary>
    public static string? IsAll(PageReading page)
    {
        var text = page.Text;
        if (text.Length > LongestMessage)
            return null;
        if (Message().IsMatch(text))
            return "the answer is a program's error message";
        return page.Links.Count == 0 && IsData(text) ? "the answer is data for a program, not a page" : null;
    }

    private static bool IsData(string text) => text is ['{', .., '}'] or ['[', .., ']'] && text.Contains("\":", StringComparison.Ordinal);

    [GeneratedRegex(
        @"(?:Fatal error|Parse error|Uncaught \w*(?:Error|Exception))\b.*(?: on line \d+|thrown in \S+(?: on line \d+)?)\s*$"
            + @"|^.*Traceback \(most recent call last\):.*\w+(?:Error|Exception)\b[^.]*$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Fatal();

    [GeneratedRegex(
        @" on line \d+(?:\s|$)|Traceback \(most recent call last\)|\bStack ?[Tt]race:"
            + @"|\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala|cs|js):\d+|\bSystem\.\w[\w.]*Exception\b"
            + @"|\bORA-\d{5}\b|\bSQLSTATE\[|error '8\d{7}'|\bServer Error in '.*' Application"
            + @"|\bdyld: |\bNoMethodError\b|\bundefined method\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Message();
}

/// <summary>
/// Tells a redirect to something in front of the page from one to a new address: the first takes along where the reader wanted to go,
/// because it means to bring him back.
/// </summary>
internal static class Interstitial
{
    // What frameworks, identity providers and consent services call the way back. Sources: OAuth 2.0 (redirect_uri), Django (next),
    // WordPress (redirect_to), Rails and Devise (return_to), ASP.NET (ReturnUrl), Google (continue), Yandex (retpath), IAB TCF gates of
    // publishers (next_url, returnUrl, successUrl), Shibboleth (target), Keycloak, CAS (service).
    private static readonly HashSet<string> WaysBack = new(StringComparer.OrdinalIgnoreCase)
    {
        "next_url", "nexturl", "redirect_uri", "redirecturi", "redirect_url", "redirecturl", "redirect_to", "redirectto", "return_to",
        "returnto", "return_url", "returnurl", "retpath", "ret_path", "returnuri", "back_url", "backurl", "continue", "continue_to",
        "continueurl", "goto_url", "success_url", "successurl", "callbackurl", "callback_url", "referer_url", "original_url", "originalurl",
        "origin_url", "orig_url", "requested_url", "request_uri", "destination_url", "dest_url", "relaystate", "target_url", "came_from",
    };

    /// <summary>How the asked URL is carried along, as a part of a sentence; null when it is not.</summary>
    public static string? Sign(WebUrl asked, WebUrl final)
    {
        if (UrlKeys.TargetKey(asked) == UrlKeys.TargetKey(final))
            return null;
        foreach (var (name, value) in Parameters(final.Query).Concat(Parameters(final.Fragment)))
        {
            if (Parameters(asked.Query).Contains((name, value)))
                continue;
            if (WaysBack.Contains(name) || Carries(value, asked))
                return $"a redirect to {final.Host} carries the requested address (parameter {name})";
        }

        return CarriesInPath(final, asked) ? $"a redirect to {final.Host} carries the requested address in its path" : null;
    }

    // The path of the page whole, or its host and path, however often it was escaped. The root of a site is carried by anything.
    private static bool Carries(string value, WebUrl asked)
    {
        var path = asked.Path.TrimEnd('/');
        foreach (var text in Readings(value))
        {
            if (path.Length > 1
                && (text == path
                    || text == asked.Path
                    || text.StartsWith(path + "?", StringComparison.Ordinal)
                    || text.StartsWith(path + "/?", StringComparison.Ordinal)))
                return true;
            if (text.Contains("://", StringComparison.Ordinal)
                && asked.Host is { Length: > 0 } host
                && text.Contains(host + path, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // "/wall/https://blog.example/post" and "/wall/blog.example/post"; "/en/post" is a translation and "/post/amp" another form of the
    // page.
    private static bool CarriesInPath(WebUrl final, WebUrl asked)
    {
        var host = asked.Host ?? "";
        return host.Length > 0 && Readings(final.Path).Any(text => text.Contains("/" + host, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A value as it stands, unescaped once and twice, and what it is in Base64.</summary>
    private static IEnumerable<string> Readings(string value)
    {
        yield return value;
        var once = Uri.UnescapeDataString(value);
        yield return once;
        yield return Uri.UnescapeDataString(once);
        if (FromBase64(once) is { } text)
            yield return text;
    }

    private static string? FromBase64(string value)
    {
        var bytes = new byte[value.Length];
        var standard = value.Replace('-', '+').Replace('_', '/');
        return value.Length >= 8
            && Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), bytes, out var length)
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    private static IEnumerable<(string Name, string Value)> Parameters(string? query)
    {
        foreach (var part in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? ("", part) : (part[..equals], part[(equals + 1)..]);
        }
    }
}
