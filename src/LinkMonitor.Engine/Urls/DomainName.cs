using System.Buffers;
using System.Text;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Engine.Urls;

/// <summary>
/// Domain to ASCII (https://url.spec.whatwg.org/#concept-domain-to-ascii) over the platform's ICU. An ASCII name is only lower-cased,
/// Punycode included, as the standard has it now. Non-ASCII names differ from browsers in three known and accepted ways: names DNS
/// could not carry are refused (an empty or over-long label, a hyphen at either end of a label, more than 255 characters), where browsers
/// keep them and fail to resolve them; the bidirectional rule (RFC 5893) is not applied, so a name that mixes directions is kept where
/// browsers refuse it, though no registry hands one out; and the mapping is that of ICU's Unicode version, not the newest.
/// </summary>
internal static class DomainName
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(ForbiddenDomainCodePoints());

    /// <returns>The lower-case ASCII form, or null when the name is not valid.</returns>
    public static string? ToAscii(string domain)
    {
        var ascii = Ascii.IsValid(domain) ? domain.ToLowerInvariant() : MapUnicode(domain);
        return string.IsNullOrEmpty(ascii) || ascii.AsSpan().ContainsAny(Forbidden) ? null : ascii;
    }

    // ICU keeps the case of a label that is Punycode already. Since Unicode 15.1 the capital sharp s is mapped to the small one; older
    // tables
    // make "ss" of it.
    private static string? MapUnicode(string domain) =>
        IdnName.ToAscii(domain.Replace('\u1E9E', '\u00DF'), isHost: false)?.ToLowerInvariant();

    private static string ForbiddenDomainCodePoints()
    {
        var characters = new StringBuilder(HostParser.ForbiddenHostCodePoints).Append("%\u007F");
        for (var c = '\0'; c < ' '; c++) characters.Append(c);
        return characters.ToString();
    }
}
