using System.Collections.Frozen;
using System.Text;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// The names that pages give to character encodings. Source: https://encoding.spec.whatwg.org/#names-and-labels. Where .NET has no decoder
/// (iso-8859-10, -14 and -16) the nearest one that it has stands in, so that links, which are ASCII, are still read.
/// </summary>
internal static class EncodingLabels
{
    private static readonly FrozenDictionary<string, string> Names = Table.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> StandIns = new Dictionary<string, string>
    {
        ["iso-8859-10"] = "iso-8859-4",
        ["iso-8859-14"] = "iso-8859-1",
        ["iso-8859-16"] = "iso-8859-2",
        ["iso-8859-8-i"] = "iso-8859-8",
        ["gbk"] = "gb18030",
        ["euc-kr"] = "ks_c_5601-1987",
        ["x-user-defined"] = "windows-1252",
    }.ToFrozenDictionary();

    /// <summary>Stands for encodings that were used for attacks: browsers show nothing of a page in one of them.</summary>
    public const string Replacement = "replacement";

    static EncodingLabels() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The table, one line per encoding: its name, then all labels that mean it.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Table =>
        from line in Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from label in words
        select KeyValuePair.Create(label, words[0]);

    /// <summary>The encoding's name in lower case; null for a label that the standard does not know.</summary>
    public static string? NameOf(string? label) =>
        label is null ? null : Names.GetValueOrDefault(label.Trim('\t', '\n', '\f', '\r', ' ').ToLowerInvariant());

    /// <summary>
    /// What the queries of links are written in on a page of that encoding; null for UTF-8. GBK has no characters of four bytes to write.
    /// </summary>
    public static Encoding? Encoder(string name) => name switch
    {
        "utf-8" or "utf-16le" or "utf-16be" or Replacement => null,
        "gbk" => Encoding.GetEncoding("gb2312"),
        _ => Decoder(name),
    };

    /// <summary>A decoder that never throws: what cannot be read becomes U+FFFD.</summary>
    /// <param name="name">A name that <see cref="NameOf"/> returned.</param>
    public static Encoding Decoder(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        "utf-16le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        _ => Encoding.GetEncoding(
            StandIns.GetValueOrDefault(name, name), EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD")),
    };

    private const string Lines = """
        replacement csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr
        utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8
        ibm866 866 cp866 csibm866
        iso-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
        iso-8859-3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
        iso-8859-4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
        iso-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
        iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596
        iso-8859-6 iso_8859-6 iso_8859-6:1987
        iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek
        iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual
        iso-8859-8-i csiso88598i logical
        iso-8859-10 csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6
        iso-8859-13 iso8859-13 iso885913
        iso-8859-14 iso8859-14 iso885914
        iso-8859-15 csisolatin9 iso8859-15 iso885915 iso_8859-15 l9
        iso-8859-16
        koi8-r cskoi8r koi koi8 koi8_r
        koi8-u koi8-ru
        macintosh csmacintosh mac x-mac-roman
        windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620
        windows-1250 cp1250 x-cp1250
        windows-1251 cp1251 x-cp1251
        windows-1252 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1
        windows-1252 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252
        windows-1253 cp1253 x-cp1253
        windows-1254 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254
        windows-1255 cp1255 x-cp1255
        windows-1256 cp1256 x-cp1256
        windows-1257 cp1257 x-cp1257
        windows-1258 cp1258 x-cp1258
        x-mac-cyrillic x-mac-ukrainian
        gbk chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk
        gb18030
        big5 big5-hkscs cn-big5 csbig5 x-x-big5
        euc-jp cseucpkdfmtjapanese x-euc-jp
        iso-2022-jp csiso2022jp
        shift_jis csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis
        euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949
        utf-16be unicodefffe
        utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16
        x-user-defined
        """;
}

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
