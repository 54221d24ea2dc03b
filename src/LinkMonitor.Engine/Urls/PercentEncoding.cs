using System.Globalization;
using System.Text;

namespace LinkMonitor.Engine.Urls;

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
