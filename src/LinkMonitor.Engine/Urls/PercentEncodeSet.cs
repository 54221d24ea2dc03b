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
