using System.Net;

namespace LinkMonitor.Engine.Urls;

/// <summary>The bridge from <see cref="WebUrl"/> to the System.Uri that HttpClient wants.</summary>
internal static class RequestUri
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri? From(WebUrl url)
    {
        if (!url.IsHttp) return null;

        var query = url.Query is null ? "" : "?" + url.Query;
        if (!Uri.TryCreate(url.Origin + url.Path + query, AsWritten, out var uri)) return null;

        // Two parsers that disagree on the host are how requests get past an address check.
        return uri.Scheme == url.Scheme && uri.Port == url.EffectivePort && IsSameHost(uri, url.Host!) ? uri : null;
    }

    private static bool IsSameHost(Uri uri, string host)
    {
        if (host[0] != '[') return string.Equals(uri.IdnHost, host, StringComparison.Ordinal);
        return uri.HostNameType == UriHostNameType.IPv6 && IPAddress.Parse(uri.IdnHost).Equals(IPAddress.Parse(host));
    }
}
