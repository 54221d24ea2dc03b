using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LinkMonitor.Storage.Rows;

/// <summary>Identities that follow from what they identify, or are drawn at random.</summary>
internal static class ShortHash
{
    /// <summary>Characters in a hash: 130 bits, so that a collision is out of the question.</summary>
    public const int Length = 26;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int BitsPerCharacter = 5;
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    /// <summary>The first 130 bits of the text's SHA-256 (UTF-8) in lower-case base 32 (RFC 4648, without padding).</summary>
    public static string Of(string text) => Base32(SHA256.HashData(Encoding.UTF8.GetBytes(text)), Length);

    /// <summary>Random bits in lower-case base 32.</summary>
    /// <param name="length">Characters wanted; each takes five bits.</param>
    public static string Draw(int length = Length) =>
        Base32(RandomNumberGenerator.GetBytes(((length * BitsPerCharacter) + 7) / 8), length);

    /// <summary>Lower-case base 32 of the first bits.</summary>
    /// <param name="length">Characters wanted; each takes five bits.</param>
    public static string Base32(ReadOnlySpan<byte> bytes, int length)
    {
        var text = new StringBuilder(length);
        for (var bit = 0; text.Length < length; bit += BitsPerCharacter)
        {
            var index = bit / 8;
            var pair = (bytes[index] << 8) | (index + 1 < bytes.Length ? bytes[index + 1] : 0);
            text.Append(Alphabet[(pair >> (16 - BitsPerCharacter - (bit % 8))) & 31]);
        }

        return text.ToString();
    }

    /// <summary>The first 125 of the bits that a text of <see cref="Length"/> characters stands for.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static UInt128 NumberOf(string text, string prefix)
    {
        if (!IsWellFormed(text, prefix, Length))
            throw new FormatException($"'{text}' is not an identity that begins with '{prefix}'.");
        var number = UInt128.Zero;
        foreach (var character in text.AsSpan(prefix.Length, Length - 1))
            number = (number << BitsPerCharacter) | (UInt128)Alphabet.IndexOf(character, StringComparison.Ordinal);
        return number;
    }

    /// <summary>Whether a text is a prefix and so many characters of base 32.</summary>
    public static bool IsWellFormed(string? text, string prefix, int length) =>
        text is not null
        && text.Length == prefix.Length + length
        && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.AsSpan(prefix.Length).IndexOfAnyExcept(Characters) < 0;
}

/// <summary>Points in time as parts of keys: 19 digits each, so that the order of the text is the order of time.</summary>
internal static class KeyTime
{
    /// <summary>Digits in a time.</summary>
    public const int Length = 19;

    /// <summary>UTC ticks: the oldest comes first.</summary>
    public static string Ascending(DateTimeOffset time) => Digits(time.UtcTicks);

    /// <summary>UTC ticks counted back from the end of time: the newest comes first.</summary>
    public static string Descending(DateTimeOffset time) => Digits(DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks);

    /// <summary>The time that <see cref="Ascending"/> wrote.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static DateTimeOffset ParseAscending(ReadOnlySpan<char> digits) =>
        new(long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>The time that a text begins with; null when it begins with none that <see cref="Ascending"/> could have written.</summary>
    public static DateTimeOffset? FindAscending(ReadOnlySpan<char> text) =>
        text.Length >= Length
        && long.TryParse(text[..Length], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(ticks, TimeSpan.Zero)
            : null;

    private static string Digits(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);
}
