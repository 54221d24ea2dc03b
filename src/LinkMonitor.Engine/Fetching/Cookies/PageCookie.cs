using System.Globalization;
using System.Net;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching.Cookies;

/// <summary>One cookie of <see cref="CookieJar"/>.</summary>
internal sealed record PageCookie
{
    public required string Name { get; init; }

    public required string Value { get; init; }

    /// <summary>The host that set it, or the parent domain it names.</summary>
    public required string Domain { get; init; }

    public required bool HostOnly { get; init; }

    public required string Path { get; init; }

    public required bool Secure { get; init; }

    /// <summary>True when the server set it only to delete an earlier one.</summary>
    public required bool Expired { get; init; }

    public bool GoesTo(WebUrl url)
    {
        var host = url.Host ?? "";
        return (host == Domain || (!HostOnly && CookieDomain.IsBelow(host, Domain)))
            && (!Secure || url.Scheme == "https")
            && PathCovers(url.Path);
    }

    public bool Replaces(PageCookie other) => Name == other.Name && Domain == other.Domain && Path == other.Path;

    /// <summary>Reads a Set-Cookie field by https://www.rfc-editor.org/rfc/rfc6265#section-5.2. Null when it sets nothing.</summary>
    public static PageCookie? Parse(string field, WebUrl setBy, DateTimeOffset now)
    {
        var parts = field.Split(';');
        var (name, value) = Pair(parts[0]);
        if (name.Length == 0 || field.Any(char.IsControl))
            return null;

        // Later attributes win over earlier ones.
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts[1..])
        {
            var (key, text) = Pair(part.Contains('=', StringComparison.Ordinal) ? part : part + "=");
            attributes[key] = text;
        }

        var host = setBy.Host ?? "";
        var domain = attributes.GetValueOrDefault("domain", "").TrimStart('.').ToLowerInvariant();
        if (domain.Length > 0 && domain != host && !CookieDomain.MaySetFor(host, domain))
            return null;

        return new PageCookie
        {
            Name = name,
            Value = value,
            Domain = domain.Length > 0 ? domain : host,
            HostOnly = domain.Length == 0 || domain == host && !CookieDomain.IsSite(domain),
            Path = attributes.GetValueOrDefault("path") is ['/', ..] path ? path : DefaultPath(setBy.Path),
            Secure = attributes.ContainsKey("secure"),
            Expired = IsExpired(attributes, now),
        };
    }

    private static (string Name, string Value) Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? ("", text.Trim()) : (text[..equals].Trim(), text[(equals + 1)..].Trim());
    }

    private static bool IsExpired(Dictionary<string, string> attributes, DateTimeOffset now)
    {
        if (attributes.TryGetValue("max-age", out var maxAge) && long.TryParse(maxAge, CultureInfo.InvariantCulture, out var seconds))
            return seconds <= 0;
        return attributes.TryGetValue("expires", out var expires)
            && DateTimeOffset.TryParse(expires.Replace('-', ' '), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            && end <= now;
    }

    private static string DefaultPath(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    private bool PathCovers(string path) =>
        path == Path || (path.StartsWith(Path, StringComparison.Ordinal) && (Path[^1] == '/' || path[Path.Length] == '/'));
}

/// <summary>
/// The cookies of one check, forgotten with it: kept through redirects and through pages that send their readers on by themselves. Sites
/// that answer with a redirect until their cookie comes back would loop for ever without; a cookie goes only to the site that set it.
/// </summary>
internal sealed class CookieJar(TimeProvider timeProvider)
{
    /// <summary>What browsers keep of one site at least is 50: https://www.rfc-editor.org/rfc/rfc6265#section-6.1</summary>
    private const int MaxCookies = 50;

    private const int MaxCookieLength = 4096;

    private readonly List<PageCookie> _cookies = [];

    public void Store(WebUrl setBy, IEnumerable<string> setCookieFields)
    {
        foreach (var field in setCookieFields.Where(field => field.Length <= MaxCookieLength))
        {
            if (PageCookie.Parse(field, setBy, timeProvider.GetUtcNow()) is not { } cookie)
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

/// <summary>Which domains a host may set a cookie for.</summary>
internal static class CookieDomain
{
    /// <summary>
    /// Labels under which country registries sell names (co.uk, com.au). Short on purpose: a cookie lives only as long as one check.
    /// </summary>
    private static readonly HashSet<string> RegistryLabels =
        ["ac", "co", "com", "edu", "gob", "gov", "mil", "ne", "net", "nom", "or", "org", "sch"];

    public static bool MaySetFor(string host, string domain) => IsSite(domain) && IsBelow(host, domain);

    public static bool IsBelow(string host, string domain) => host.Length > domain.Length && Sites.Has(domain, host);

    /// <summary>False for top-level domains, the registry domains below them, and addresses.</summary>
    public static bool IsSite(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2
            && !(labels is [var second, { Length: 2 }] && RegistryLabels.Contains(second))
            && !IPAddress.TryParse(domain, out _);
    }
}
