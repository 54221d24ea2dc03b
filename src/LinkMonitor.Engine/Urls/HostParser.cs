using System.Buffers;
using System.Text;

namespace LinkMonitor.Engine.Urls;

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
