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

/// <summary>
/// Whether a file may be in an encoding of East Asia, where characters are two bytes. Letters of western words stand alone between ASCII
/// letters, and what follows them is no second byte, or would be one that is cut out of a word.
/// </summary>
/// <param name="isJapanese">Shift-JIS; otherwise what GBK, Big5, EUC-KR and EUC-JP have in common.</param>
internal sealed class TwoByteReading(bool isJapanese)
{
    public string Name => isJapanese ? "shift_jis" : "gb18030";

    public bool IsRuledOut { get; private set; }

    /// <summary>The first text that is likely to be so; null when there is none yet.</summary>
    public (int Line, byte[] Bytes, string Text)? FirstOther { get; private set; }

    public void Take(ReadOnlySpan<byte> line, int number)
    {
        for (var at = 0; at < line.Length && !IsRuledOut;)
            at = line[at] < 0x80 ? at + 1 : TakeRun(line, at, number);
    }

    /// <returns>Where the run of characters ends.</returns>
    private int TakeRun(ReadOnlySpan<byte> line, int begin, int number)
    {
        var (at, count, last) = (begin, 0, begin);
        while (at < line.Length && line[at] >= 0x80)
        {
            var length = Length(line[at..]);
            if (length == 0)
            {
                IsRuledOut = true;
                return line.Length;
            }

            (last, at, count) = (at, at + length, count + 1);
        }

        var isTouchedBefore = begin > 0 && char.IsAsciiLetter((char)line[begin - 1]);
        var isTouchedAfter = at < line.Length && char.IsAsciiLetter((char)line[at]);
        var isAlone = count == 1;
        if ((isAlone && (isTouchedBefore || isTouchedAfter || at - begin == 1))
            || (isTouchedBefore && IsCutOut(line, begin)) || (isTouchedAfter && IsCutOut(line, last)))
            IsRuledOut = true;
        else if (!isAlone || line[at - 1] >= 0x80)
            FirstOther ??= (number, line[begin..at].ToArray(), TextEncodings.Lenient(isJapanese ? 932 : 936).GetString(line[begin..at]));
        return at;
    }

    /// <summary>Its second byte would be an ASCII letter.</summary>
    private static bool IsCutOut(ReadOnlySpan<byte> line, int at) => at + 1 < line.Length && char.IsAsciiLetter((char)line[at + 1]);

    /// <summary>Bytes of the character; 0 when it is none.</summary>
    private int Length(ReadOnlySpan<byte> bytes)
    {
        if (isJapanese && bytes[0] is >= 0xA1 and <= 0xDF)
            return 1;
        var isFirst = isJapanese ? bytes[0] is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC) : bytes[0] is >= 0x81 and <= 0xFE;
        var isWhole = bytes.Length > 1 && bytes[1] is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE);
        return isFirst && isWhole ? 2 : 0;
    }
}

/// <summary>
/// Finds files that are valid UTF-8 by accident: of few letters, each pair of bytes would be a character that no other word of the file
/// explains. What Macs write for "l’é" is one letter of Armenian in UTF-8.
/// </summary>
internal sealed class AccidentalUtf8
{
    private readonly List<byte> _run = [];
    private byte _before = (byte)'\n';
    private byte _beforeRun;
    private int _line = 1;

    /// <summary>Something in the file is UTF-8 on purpose.</summary>
    public bool IsMeant { get; private set; }

    /// <summary>The first character that stands in the file by accident, if nothing is meant; null when there is none.</summary>
    public TextDoubt? Doubt { get; private set; }

    /// <summary>Takes the next bytes of a file that is valid UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value >= 0x80)
            {
                if (_run.Count == 0)
                    _beforeRun = _before;
                _run.Add(value);
                IsMeant = _run.Count > 2;
            }
            else if (_run.Count > 0)
            {
                EndRun(value);
            }

            if (IsMeant)
                return;
            _before = value;
            if (value == (byte)'\n')
                _line++;
        }
    }

    private void EndRun(byte after)
    {
        // Letters of other alphabets than the Latin and the Greek, of which single ones stand in units (μm), inside a word of ASCII
        // letters.
        var isStray = _run is [(>= 0xC8 and <= 0xCD) or >= 0xD0, _]
            && (char.IsAsciiLetter((char)_beforeRun) || char.IsAsciiLetter((char)after));
        IsMeant = !isStray;
        byte[] bytes = [.. _run];
        Doubt ??= new TextDoubt(_line, bytes, TextEncodings.Lenient(1252).GetString(bytes), "utf-8",
            System.Text.Encoding.UTF8.GetString(bytes));
        _run.Clear();
    }
}
