using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>
/// The cookies of one check, forgotten with it: kept through redirects and through pages that send their readers on by themselves. Sites
/// that answer with a redirect until their cookie comes back would loop for ever without; a cookie goes only to the site that set it.
/// </summary>
internal sealed class CheckCookies(TimeProvider timeProvider)
{
    /// <summary>What browsers keep of one site at least is 50: https://www.rfc-editor.org/rfc/rfc6265#section-6.1</summary>
    private const int MaxCookies = 50;

    private const int MaxCookieLength = 4096;

    private readonly List<CheckCookie> _cookies = [];

    public void Store(WebUrl setBy, IEnumerable<string> setCookieFields)
    {
        foreach (var field in setCookieFields.Where(field => field.Length <= MaxCookieLength))
        {
            if (CheckCookie.Parse(field, setBy, timeProvider.GetUtcNow()) is not { } cookie)
                continue;
            _cookies.RemoveAll(cookie.Replaces);
            if (!cookie.Expired && _cookies.Count < MaxCookies)
                _cookies.Add(cookie);
        }
    }

    /// <summary>The Cookie field for a URL, or null when it gets none.</summary>
    public string? FieldFor(WebUrl url)
    {
        var pairs = _cookies
            .Where(cookie => cookie.GoesTo(url))
            .OrderByDescending(cookie => cookie.Path.Length)
            .Select(cookie => $"{cookie.Name}={cookie.Value}")
            .ToArray();
        return pairs.Length == 0 ? null : string.Join("; ", pairs);
    }
}
