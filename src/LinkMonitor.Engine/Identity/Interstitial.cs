using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Identity;

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
