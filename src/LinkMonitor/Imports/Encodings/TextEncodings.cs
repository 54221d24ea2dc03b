using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LinkMonitor.Imports.Encodings;

/// <summary>The encodings that a file may be read in. All of them refuse bytes that are none of theirs.</summary>
internal static class TextEncodings
{
    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Utf8 { get; } = new UTF8Encoding(false, throwOnInvalidBytes: true);

    public static Encoding Utf16(bool bigEndian) => new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);

    public static Encoding Utf32(bool bigEndian) => new UTF32Encoding(bigEndian, byteOrderMark: false, throwOnInvalidCharacters: true);

    /// <summary>windows-1252.</summary>
    public static Encoding Western => Encoding.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>By its number; what it does not have becomes U+FFFD.</summary>
    public static Encoding Lenient(int codePage) =>
        Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));

    /// <summary>What is wrong with the name of an encoding; null when nothing is.</summary>
    public static string? WrongName(string name) => TryFind(name, out _)
        ? null
        : $"'{name}' is not an encoding. Use for example utf-8, windows-1252, windows-1250, macintosh or shift_jis.";

    /// <summary>By a name such as <c>windows-1250</c>, <c>macintosh</c> or <c>shift_jis</c>.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Encoding? encoding)
    {
        try
        {
            encoding = Encoding.GetEncoding(name.Trim(), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return true;
        }
        catch (Exception none) when (none is ArgumentException or NotSupportedException)
        {
            // The only ways .NET has to say that there is no such encoding, or that it reads none that is so unsafe (UTF-7).
            encoding = null;
            return false;
        }
    }
}

/// <summary>
/// Finds UTF-16 and UTF-32 without a byte order mark: of the header and of every URL half of the bytes, or three of four, are zero,
/// always in the same places.
/// </summary>
internal static class ZeroPattern
{
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>The encoding and its name; null when the zeros have no such pattern.</returns>
    public static (Encoding Encoding, string Name)? Find(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = [0, 0, 0, 0];
        for (var at = 0; at < head.Length; at++)
        {
            if (head[at] == 0)
                zeros[at % 4]++;
        }

        // Of UTF-32 the highest byte is always zero and the next nearly so; UTF-16 has a character of text in either half.
        var quads = head.Length / 4;
        if (quads > 0 && zeros[3] >= quads && zeros[2] > quads * 7 / 8 && zeros[0] <= quads / 8)
            return (TextEncodings.Utf32(bigEndian: false), "UTF-32");
        if (quads > 0 && zeros[0] >= quads && zeros[1] > quads * 7 / 8 && zeros[3] <= quads / 8)
            return (TextEncodings.Utf32(bigEndian: true), "UTF-32");
        var most = head.Length / 8;
        return (zeros[0] + zeros[2] > most, zeros[1] + zeros[3] > most) switch
        {
            (false, true) => (TextEncodings.Utf16(bigEndian: false), "UTF-16"),
            (true, false) => (TextEncodings.Utf16(bigEndian: true), "UTF-16"),
            _ => null,
        };
    }
}
