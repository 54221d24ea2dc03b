using System.Globalization;

namespace LinkMonitor.Engine.Urls;

/// <summary>The authority, host and port states of the basic URL parser, over the text between the slashes and the path.</summary>
internal static class AuthorityParser
{
    private const int HighestPort = 65_535;

    /// <returns>False when the URL is not valid.</returns>
    public static bool TryParse(ReadOnlySpan<char> authority, UrlRecord url)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            ReadCredentials(authority[..at], url);
            authority = authority[(at + 1)..];
            if (authority.IsEmpty) return false;
        }

        var colon = PortColon(authority);
        var host = colon < 0 ? authority : authority[..colon];
        if (host.IsEmpty)
        {
            // Only "foo://", with nothing at all in the authority, may go without a host.
            url.Host = "";
            return colon < 0 && !url.IsSpecial;
        }

        url.Host = HostParser.Parse(host, url.IsSpecial);
        return url.Host is not null && (colon < 0 || TryReadPort(authority[(colon + 1)..], url));
    }

    private static void ReadCredentials(ReadOnlySpan<char> credentials, UrlRecord url)
    {
        var colon = credentials.IndexOf(':');
        url.UserName = PercentEncodeSet.UserInfo.Encode(colon < 0 ? credentials : credentials[..colon]);
        url.Password = colon < 0 ? "" : PercentEncodeSet.UserInfo.Encode(credentials[(colon + 1)..]);
    }

    private static int PortColon(ReadOnlySpan<char> authority)
    {
        var inBrackets = false;
        for (var i = 0; i < authority.Length; i++)
        {
            if (authority[i] == ':' && !inBrackets) return i;
            if (authority[i] == '[') inBrackets = true;
            else if (authority[i] == ']') inBrackets = false;
        }

        return -1;
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, UrlRecord url)
    {
        if (text.IsEmpty) return true;
        if (text.ContainsAnyExceptInRange('0', '9')) return false;

        var digits = text.TrimStart('0');
        var port = 0;
        if (!digits.IsEmpty && !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port)) return false;
        if (port > HighestPort) return false;

        url.Port = port == SpecialSchemes.DefaultPort(url.Scheme) ? null : port;
        return true;
    }
}
