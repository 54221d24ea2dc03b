using System.Globalization;
using System.Text;

namespace LinkMonitor.Engine.Urls;

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
