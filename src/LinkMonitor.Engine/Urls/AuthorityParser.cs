using System.Buffers;
using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Unicode;

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

/// <summary>
/// Domain to ASCII (https://url.spec.whatwg.org/#concept-domain-to-ascii). An ASCII name is only lower-cased, Punycode included, as the
/// standard has it now and Chromium does.
/// </summary>
internal static class DomainName
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(ForbiddenDomainCodePoints());

    /// <returns>The lower-case ASCII form, or null when the name is not valid.</returns>
    public static string? ToAscii(string domain)
    {
        // Before, too: a stroke behind it (U+0338) would make another character of a bracket, which Chromium does not wait for.
        if (domain.AsSpan().ContainsAny(Forbidden))
            return null;
        var ascii = Ascii.IsValid(domain) ? domain.ToLowerInvariant() : IdnName.ToAscii(domain, isHost: false);
        return string.IsNullOrEmpty(ascii) || ascii.AsSpan().ContainsAny(Forbidden) ? null : ascii;
    }

    private static string ForbiddenDomainCodePoints()
    {
        var characters = new StringBuilder(HostParser.ForbiddenHostCodePoints).Append("%\u007F");
        for (var c = '\0'; c < ' '; c++) characters.Append(c);
        return characters.ToString();
    }
}

/// <summary>The host parser: https://url.spec.whatwg.org/#host-parsing.</summary>
internal static class HostParser
{
    public const string ForbiddenHostCodePoints = "\0\t\n\r #/:<>?@[\\]^|";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(ForbiddenHostCodePoints);

    /// <param name="text">The host as written, not empty.</param>
    /// <param name="isSpecial">Whether the scheme is special, so that the host is a domain or an address; otherwise it is opaque.</param>
    /// <returns>The serialised host, IPv6 in brackets; null when it is not valid.</returns>
    public static string? Parse(ReadOnlySpan<char> text, bool isSpecial)
    {
        if (text[0] == '[') return text[^1] == ']' ? Ipv6Host.Parse(text[1..^1]) : null;
        if (!isSpecial) return text.ContainsAny(Forbidden) ? null : PercentEncodeSet.C0Control.Encode(text);

        var ascii = DomainName.ToAscii(Encoding.UTF8.GetString(PercentEncoding.Decode(text)));
        if (ascii is null) return null;
        return Ipv4Host.EndsInNumber(ascii) ? Ipv4Host.Parse(ascii) : ascii;
    }
}
