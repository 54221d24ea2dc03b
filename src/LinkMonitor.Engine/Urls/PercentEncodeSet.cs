using System.Buffers;
using System.Globalization;
using System.Text;

namespace LinkMonitor.Engine.Urls;

/// <summary>
/// A percent-encode set of the URL standard: which bytes must be written as <c>%XX</c>. Controls and everything above <c>~</c> are in every
/// set. https://url.spec.whatwg.org/#percent-encoded-bytes
/// </summary>
internal sealed class PercentEncodeSet
{
    public static readonly PercentEncodeSet C0Control = new("");
    public static readonly PercentEncodeSet Fragment = new(" \"<>`");
    public static readonly PercentEncodeSet Query = new(" \"#<>");
    public static readonly PercentEncodeSet SpecialQuery = new(" \"#<>'");
    public static readonly PercentEncodeSet Path = new(" \"#<>?^`{}");
    public static readonly PercentEncodeSet UserInfo = new(" \"#<>?^`{}/:;=@[\\]|");

    private const char FirstPrintable = ' ';
    private const char LastPrintable = '~';
    private readonly SearchValues<char> _verbatimChars;
    private readonly bool[] _verbatim = new bool[256];

    /// <param name="encoded">The printable ASCII characters of the set.</param>
    public PercentEncodeSet(string encoded)
    {
        var verbatim = new StringBuilder();
        for (var c = FirstPrintable; c <= LastPrintable; c++)
        {
            if (encoded.Contains(c, StringComparison.Ordinal)) continue;
            verbatim.Append(c);
            _verbatim[c] = true;
        }

        _verbatimChars = SearchValues.Create(verbatim.ToString());
    }

    /// <summary>UTF-8 percent-encodes <paramref name="text"/>; a lone surrogate is encoded as U+FFFD.</summary>
    public string Encode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept(_verbatimChars) < 0) return text.ToString();

        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return Encode(bytes);
    }

    /// <summary>Percent-encodes bytes that some other encoding produced.</summary>
    public string Encode(ReadOnlySpan<byte> bytes)
    {
        var output = new StringBuilder(bytes.Length + 16);
        foreach (var b in bytes)
        {
            if (_verbatim[b]) output.Append((char)b);
            else PercentEncoding.Append(output, b);
        }

        return output.ToString();
    }
}

/// <summary>Reading and writing of single <c>%XX</c> escapes; a <c>%</c> that two hex digits do not follow stands for itself.</summary>
internal static class PercentEncoding
{
    private const string HexDigits = "0123456789ABCDEF";

    public static void Append(StringBuilder output, byte value) =>
        output.Append('%').Append(HexDigits[value >> 4]).Append(HexDigits[value & 0xF]);

    /// <summary>Whether an escape starts at <paramref name="index"/>, and the byte it stands for.</summary>
    public static bool TryReadEscape(ReadOnlySpan<char> text, int index, out byte value)
    {
        value = 0;
        if (index + 2 >= text.Length || text[index] != '%') return false;
        if (!char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2])) return false;

        value = byte.Parse(text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>The bytes of the UTF-8 form of <paramref name="text"/> with every escape replaced by its byte.</summary>
    public static byte[] Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        var count = 0;
        for (var i = 0; i < text.Length;)
        {
            if (TryReadEscape(text, i, out var value))
            {
                bytes[count++] = value;
                i += 3;
                continue;
            }

            var next = text[(i + 1)..].IndexOf('%');
            var literal = next < 0 ? text[i..] : text.Slice(i, next + 1);
            count += Encoding.UTF8.GetBytes(literal, bytes.AsSpan(count));
            i += literal.Length;
        }

        return bytes[..count];
    }
}

/// <summary>
/// Encodes the query of a link in the encoding of its page: a character the encoding lacks becomes the escaped character reference
/// <c>%26%23NNNN%3B</c>. https://url.spec.whatwg.org/#string-percent-encode-after-encoding
/// The tables are .NET's, which lack a few characters of the Encoding Standard's (U+2212 in shift_jis, U+203E in iso-2022-jp).
/// </summary>
internal static class LegacyQueryEncoder
{
    public static string Encode(ReadOnlySpan<char> query, Encoding? encoding, PercentEncodeSet set)
    {
        if (encoding is null || IsWrittenAsUtf8(encoding)) return set.Encode(query);

        var encoder = (Encoding)encoding.Clone();
        encoder.EncoderFallback = new CharacterReferenceFallback();
        return set.Encode(encoder.GetBytes(query.ToString()));
    }

    // "Get an output encoding": forms and links of UTF-16 pages are UTF-8 (https://encoding.spec.whatwg.org/#get-an-output-encoding).
    // UTF-7 and UTF-32 are no encodings of the web at all.
    private static bool IsWrittenAsUtf8(Encoding encoding) => encoding.CodePage is 65001 or 1200 or 1201 or 12000 or 12001 or 65000;

    private sealed class CharacterReferenceFallback : EncoderFallback
    {
        public override int MaxCharCount => "%26%231114111%3B".Length;

        public override EncoderFallbackBuffer CreateFallbackBuffer() => new Buffer();
    }

    private sealed class Buffer : EncoderFallbackBuffer
    {
        private string _text = "";
        private int _next;

        public override int Remaining => _text.Length - _next;

        public override bool Fallback(char charUnknown, int index) =>
            Start(char.IsSurrogate(charUnknown) ? Rune.ReplacementChar.Value : charUnknown);

        public override bool Fallback(char charUnknownHigh, char charUnknownLow, int index) =>
            Start(char.ConvertToUtf32(charUnknownHigh, charUnknownLow));

        public override char GetNextChar() => _next < _text.Length ? _text[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0) return false;
            _next--;
            return true;
        }

        public override void Reset() => (_text, _next) = ("", 0);

        private bool Start(int codePoint)
        {
            _text = string.Create(CultureInfo.InvariantCulture, $"%26%23{codePoint}%3B");
            _next = 0;
            return true;
        }
    }
}
