using System.Buffers;
using System.Globalization;
using System.Net;
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
        if (!(hasContent && SiteTies.HasTemplate(page)) && ErrorText.IsTrace(page) is { } trace)
            return IdentityFinding.InPlace(IdentityDoubt.Error, trace);
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
/// the manuals of PHP (error display), Python (traceback), Django (technical_500.html), Java and .NET (stack traces), Ruby, Node.js and
/// classic ASP, and the codes of SQL drivers (SQLSTATE, ORA-).
/// </summary>
internal static partial class ErrorText
{
    private const int LastPart = 1_500;
    private const int LongestMessage = 6_000;

    // One or two are quoted in any text on programs.
    private const int LeastFrames = 5;
    private const int MostLinks = 50;

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

    /// <summary>
    /// What a program writes of the way that led to its failure: files and lines, again and again. Lessons about it do so, too, on a site.
    /// </summary>
    public static string? IsTrace(PageReading page) => page.Links.Count <= MostLinks && Frame().Count(page.Text) >= LeastFrames
        ? "the answer is a program's error message, with the files and lines that led to it"
        : null;

    /// <summary>Whether a program's message is a part of a text.</summary>
    public static bool IsIn(string text) => Message().IsMatch(text);

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
            + @"|\bdyld: |\bNoMethodError\b|\bundefined method\b|\b\w+(?:Error|Exception|DoesNotExist) at /",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Message();

    // "views.py", line 12, in …; Post.java:31; index.php:7; post.cfm:3; index.js:4:17; (Line: 31).
    [GeneratedRegex(
        @"\.(?:php|phtml|py|rb|java|kt|scala|groovy|clj|cs|vb|fs|js|mjs|ts|go|rs|exs?|erl|pl|pm|cfm|cfc|jsp|aspx?|cpp|lua|swift|dart)"
            + @"[""'”)>]{0,2}(?::\d|\(\d|, line \d|:line \d| on line \d| line \d| \(\d)|\([Ll]ine: ?\d+\)",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Frame();
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

/// <summary>
/// What servers and template engines leave in a page where they failed to put something: formats of their own, which no language changes.
/// </summary>
internal static partial class ServerFailure
{
    // errmsg of https://httpd.apache.org/docs/current/mod/mod_include.html#ssierrormsg and of
    // https://nginx.org/en/docs/http/ngx_http_ssi_module.html#errmsg, which are one text; and that of IIS.
    private static readonly SearchValues<string> OfIncludes = SearchValues.Create(
        ["[an error occurred while processing this directive]", "Error processing SSI file"], StringComparison.OrdinalIgnoreCase);

    // Besides the phrases of https://www.iana.org/assignments/http-status-codes: nginx (ngx_http_special_response.c), Varnish, and
    // https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
    private static readonly string[] VendorPhrases =
    [
        "servicetemporarilyunavailable", "backendfetchfailed", "webserverisdown", "connectiontimedout", "originisunreachable",
        "atimeoutoccurred", "webserverisreturninganunknownerror",
    ];

    /// <summary>Of the whole page, and only what is unlikely to be an article's subject; null for none.</summary>
    public static string? InPage(PageReading page)
    {
        foreach (var part in page.Shape.StandIns)
        {
            if (part.Kind is StandInKind.Directive)
                return part.Name;
        }

        return page.Text.AsSpan().ContainsAny(OfIncludes) ? "an include that failed"
            : page.Text.Contains(" on line ", StringComparison.Ordinal) && ProgramError().IsMatch(page.Text) ? "a program's error message"
            : null;
    }

    /// <summary>What a text is that stands in the place of something, as the end of a sentence; null when no server failed.</summary>
    public static string? Of(string text) =>
        text.AsSpan().ContainsAny(OfIncludes) ? "the message of an include that failed"
        : ErrorText.IsIn(text) || ProgramError().IsMatch(text) ? "a program's error message"
        : HasStatusLine(text) ? "the status line of a server that failed"
        : Template().IsMatch(text) ? "a template that nobody filled in"
        : null;

    private static bool HasStatusLine(string text)
    {
        foreach (Match match in Status().Matches(text))
        {
            var phrase = string.Concat(text[(match.Index + match.Length)..].Where(char.IsAsciiLetter)).ToLowerInvariant();
            var name = ((HttpStatusCode)int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToString().ToLowerInvariant();
            if (phrase.StartsWith(name, StringComparison.Ordinal)
                || VendorPhrases.Any(vendors => phrase.StartsWith(vendors, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    // PHP's display of errors (https://www.php.net/manual/errorfunc.configuration.php#ini.html-errors): "Warning: … in … on line 9";
    // and Liquid's (https://shopify.github.io/liquid/): "Liquid error: …".
    [GeneratedRegex(
        @"\b(?:Fatal error|Parse error|Warning|Notice|Deprecated|Strict Standards)\s*:\s.+ in \S.* on line \d+"
            + @"|\bLiquid (?:syntax )?error\b[^:]*:",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex ProgramError();

    [GeneratedRegex(@"\b([45]\d\d)\b[\s:.–—-]{0,5}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Status();

    // Mustache, Jinja and Liquid, ERB and JSP, JavaScript's template literals; and the shortcodes of
    // https://codex.wordpress.org/Shortcode_API with attributes, as "[removed]" is a word.
    [GeneratedRegex(
        @"\{\{[^{}]+\}\}|\{%[^%]+%\}|<%[^%]+%>|\$\{[^{}]+\}|\[[A-Za-z][\w-]* [\w-]+=[^\[\]]+\]",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Template();
}
