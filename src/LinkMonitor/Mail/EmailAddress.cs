using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Engine.Unicode;
using MimeKit;

namespace LinkMonitor.Mail;

/// <summary>
/// One plain address such as <c>owner@example.org</c>, without a name, comment or brackets. The part before the @ is ASCII, as not every
/// mail server takes other letters (https://www.rfc-editor.org/rfc/rfc6531); the domain may be international. Compared by its ASCII form,
/// the domain in lower case.
/// </summary>
internal sealed record EmailAddress
{
    private const int MaxLength = 254;

    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    private EmailAddress(string localPart, string domain)
    {
        LocalPart = localPart;
        Domain = domain;
    }

    public string LocalPart { get; }

    /// <summary>In Punycode and lower case; may be an address literal such as <c>[127.0.0.1]</c>.</summary>
    public string Domain { get; }

    /// <summary>The address as it goes over the wire.</summary>
    public string Ascii => $"{LocalPart}@{Domain}";

    public static bool IsValid([NotNullWhen(true)] string? text) => TryParse(text, out _);

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        // RFC 5321 leaves room for 254 characters in a path. A control character is never part of an address, whatever a parser makes of
        // it.
        if (text is not { Length: > 0 and <= MaxLength } || text.Any(char.IsControl)
            || !MailboxAddress.TryParse(Strict, text, out var mailbox) || !IsBare(mailbox, text))
            return false;
        var at = text.LastIndexOf('@');
        if (!System.Text.Ascii.IsValid(text.AsSpan(0, at)) || AsciiDomain(text[(at + 1)..]) is not { } domain)
            return false;
        address = new EmailAddress(text[..at], domain);
        return true;
    }

    /// <exception cref="FormatException">It is none.</exception>
    public static EmailAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is no e-mail address.");

    public override string ToString() => Ascii;

    private static bool IsBare(MailboxAddress mailbox, string text) =>
        string.IsNullOrEmpty(mailbox.Name)
            && mailbox.Route.Count == 0
            && !text.EndsWith('>')
            && !text.Any(char.IsWhiteSpace)
            && text.Contains('@');

    // Null for a label that is too long, empty, or of characters that no host name has.
    private static string? AsciiDomain(string domain) =>
        domain.StartsWith('[') ? domain : IdnName.ToAscii(domain, isHost: true)?.ToLowerInvariant();
}
