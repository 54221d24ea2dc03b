using System.Net;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Which domains a host may set a cookie for.</summary>
internal static class CookieDomain
{
    /// <summary>
    /// Labels under which country registries sell names (co.uk, com.au). Short on purpose: a cookie lives only as long as one check.
    /// </summary>
    private static readonly HashSet<string> RegistryLabels =
        ["ac", "co", "com", "edu", "gob", "gov", "mil", "ne", "net", "nom", "or", "org", "sch"];

    public static bool MaySetFor(string host, string domain) => IsSite(domain) && IsBelow(host, domain);

    public static bool IsBelow(string host, string domain) =>
        host.Length > domain.Length
        && host.EndsWith(domain, StringComparison.Ordinal)
        && host[host.Length - domain.Length - 1] == '.'
        && !IPAddress.TryParse(host, out _);

    /// <summary>False for top-level domains, the registry domains below them, and addresses.</summary>
    public static bool IsSite(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2
            && !(labels is [var second, { Length: 2 }] && RegistryLabels.Contains(second))
            && !IPAddress.TryParse(domain, out _);
    }
}
