using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LinkMonitor.CommandLine.Rows;

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

    /// <summary>By a name such as <c>windows-1250</c>, <c>macintosh</c> or <c>shift_jis</c>.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Encoding? encoding)
    {
        try
        {
            encoding = Encoding.GetEncoding(name.Trim(), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return true;
        }
        catch (ArgumentException)
        {
            // The only way .NET has to say "no such encoding".
            encoding = null;
            return false;
        }
    }
}
