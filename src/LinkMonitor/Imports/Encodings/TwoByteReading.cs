namespace LinkMonitor.Imports.Encodings;

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
