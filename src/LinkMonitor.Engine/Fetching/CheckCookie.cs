using System.Globalization;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>One cookie of <see cref="CheckCookies"/>.</summary>
internal sealed record CheckCookie
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

    public bool Replaces(CheckCookie other) => Name == other.Name && Domain == other.Domain && Path == other.Path;

    /// <summary>Reads a Set-Cookie field by https://www.rfc-editor.org/rfc/rfc6265#section-5.2. Null when it sets nothing.</summary>
    public static CheckCookie? Parse(string field, WebUrl setBy, DateTimeOffset now)
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

        return new CheckCookie
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
