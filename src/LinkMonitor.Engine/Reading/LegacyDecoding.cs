using System.Text;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Decodes as https://encoding.spec.whatwg.org/ has it where .NET differs. An ASCII byte is never part of a broken character, or a stray
/// byte would swallow the quote behind it; and what an encoding leaves undefined is U+FFFD instead of a character of private use.
/// </summary>
internal static class LegacyDecoding
{
    private const char FirstPrivate = '\uF8C0';
    private const char LastPrivate = '\uF8FF';

    public static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        var decoder = EncodingLabels.Decoder(name);
        if (name is "utf-8" or "utf-16le" or "utf-16be" or "x-user-defined")
            return decoder.GetString(bytes);

        if (name is "gb18030" or "gbk")
            return DecodeChinese(bytes, decoder);

        var text = new StringBuilder(bytes.Length);
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!IsLead(name, bytes[i]))
                continue;
            if (i + 1 < bytes.Length && IsTrail(name, bytes[i + 1]))
            {
                i++;
                continue;
            }

            text.Append(decoder.GetString(bytes[start..i])).Append('\uFFFD');
            start = i + 1;
        }

        text.Append(decoder.GetString(bytes[start..]));
        return WithoutUndefined(text.ToString().ToCharArray(), name);
    }

    /// <summary>https://encoding.spec.whatwg.org/#gb18030-decoder: a byte 0x80 by itself is the euro sign.</summary>
    private static string DecodeChinese(ReadOnlySpan<byte> bytes, Encoding decoder)
    {
        var text = new StringBuilder(bytes.Length);
        var start = 0;
        for (var i = 0; i < bytes.Length;)
        {
            var length = ChineseLength(bytes[i..]);
            if (length > 0)
            {
                i += length;
                continue;
            }

            text.Append(decoder.GetString(bytes[start..i])).Append(bytes[i] == 0x80 ? '\u20AC' : '\uFFFD');
            start = ++i;
        }

        return text.Append(decoder.GetString(bytes[start..])).ToString();
    }

    /// <summary>Of the character that the bytes begin with; 0 when they begin with none.</summary>
    private static int ChineseLength(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [< 0x80, ..] => 1,
        [>= 0x81 and <= 0xFE, (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE), ..] => 2,
        [>= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, >= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, ..] => 4,
        _ => 0,
    };

    private static bool IsLead(string name, byte b) => name switch
    {
        "shift_jis" => b is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC),
        "euc-jp" => b is 0x8E or 0x8F or (>= 0xA1 and <= 0xFE),
        "euc-kr" or "big5" => b is >= 0x81 and <= 0xFE,
        _ => false,
    };

    private static bool IsTrail(string name, byte b) => name switch
    {
        "shift_jis" => b is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC),
        "euc-jp" => b is >= 0xA1 and <= 0xFE,
        "euc-kr" => b is >= 0x41 and <= 0xFE,
        _ => b is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE),
    };

    private static string WithoutUndefined(char[] text, string name)
    {
        // A lone 0xA0 is no character in Shift_JIS.
        var undefined = name is "shift_jis" ? '\u00A0' : FirstPrivate;
        foreach (ref var c in text.AsSpan())
        {
            if (c == undefined || c is >= FirstPrivate and <= LastPrivate)
                c = '\uFFFD';
        }

        return new string(text);
    }
}
