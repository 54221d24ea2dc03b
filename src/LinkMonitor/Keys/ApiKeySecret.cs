using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace LinkMonitor.Keys;

/// <summary>
/// An API key as its holder knows it: <c>lm_</c>, 12 characters that identify it, 32 random ones, and a checksum of 6, so that a
/// mistyped key is distinguished from a revoked one and secret scanners find leaked ones without asking us.
/// </summary>
public sealed class ApiKeySecret
{
    public const string Prefix = "lm_";
    private const int IdLength = 12;
    private const int RandomLength = 32;
    private const int ChecksumLength = 6;
    private const int Length = 3 + IdLength + RandomLength + ChecksumLength;

    private ApiKeySecret(string text) => Text = text;

    /// <summary>The whole key. It is shown once and never stored.</summary>
    public string Text { get; }

    /// <summary>The part that may be stored and shown.</summary>
    public string Id => Text.Substring(Prefix.Length, IdLength);

    /// <summary>Base64 of the SHA-256 of <see cref="Text"/>.</summary>
    public string Hash => HashOf(Text);

    public static ApiKeySecret New()
    {
        var body = Prefix + Base62.Random(IdLength + RandomLength);
        return new ApiKeySecret(body + Checksum(body));
    }

    /// <summary>False when the text is no key at all: wrong prefix, length, characters or checksum.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKeySecret? key)
    {
        key = null;
        if (text is null || text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        if (!text.AsSpan(Prefix.Length).ToString().All(Base62.IsDigit) || Checksum(text[..^ChecksumLength]) != text[^ChecksumLength..])
            return false;
        key = new ApiKeySecret(text);
        return true;
    }

    /// <summary>Compares in a time that does not show how much agrees.</summary>
    public static bool HashesAgree(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    public static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public override string ToString() => $"{Prefix}{Id}…";

    private static string Checksum(string body)
    {
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(body));
        return Base62.Write(BitConverter.ToUInt32(digest) & 0x7FFF_FFFF);
    }
}

/// <summary>Letters and digits only: such text is selected by one double click and needs no escaping anywhere.</summary>
internal static class Base62
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Random(int length) => RandomNumberGenerator.GetString(Digits, length);

    public static bool IsDigit(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>Six digits: enough for 32 bits.</summary>
    public static string Write(uint value)
    {
        Span<char> text = stackalloc char[6];
        for (var at = text.Length - 1; at >= 0; at--)
        {
            text[at] = Digits[(int)(value % 62)];
            value /= 62;
        }

        return new string(text);
    }
}
