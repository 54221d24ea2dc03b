using System.Globalization;
using LinkMonitor.Wording;

namespace LinkMonitor.Imports.Encodings;

/// <summary>
/// Says whether bytes that are no UTF-8 can only be meant as windows-1252, as Excel saves CSV files in western Europe. Other encodings use
/// the same bytes for other letters. The file is windows-1252 when it makes sense as that, and each other encoding either reads it alike
/// or has a place where it makes none: 'Müller' would be 'M¸ller', 'MЭller' or 'M黮er'.
/// </summary>
internal sealed class WesternText
{
    /// <summary>Longer lines are checked in pieces.</summary>
    private const int LongestLine = 64 * 1024;

    private readonly CodePageReading _western = new(1252, "windows-1252", _ => true);
    private readonly CodePageReading[] _rivals = CodePages.Rivals();
    private readonly TwoByteReading[] _eastern = [new(isJapanese: true), new(isJapanese: false)];
    private readonly List<byte> _rest = [];
    private TextDoubt? _nonsense;
    private int _line = 1;

    /// <summary>Takes the next bytes of the file.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (_nonsense is null && bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Take(bytes[..end]);
            _line++;
            bytes = bytes[(end + 1)..];
        }

        if (_nonsense is not null)
            return;
        _rest.AddRange(bytes);
        if (_rest.Count > LongestLine)
            Take([]);
    }

    /// <summary>Ends the file.</summary>
    /// <returns>Null when it is windows-1252 for certain.</returns>
    public TextDoubt? End()
    {
        Take([]);
        if (_nonsense is not null)
            return _nonsense;
        foreach (var rival in _rivals)
        {
            if (rival is { IsRuledOut: false, FirstOther: var (line, bytes, text) })
                return new TextDoubt(line, bytes, _western.Read(bytes), rival.Name, text);
        }

        foreach (var rival in _eastern)
        {
            if (rival is { IsRuledOut: false, FirstOther: var (line, bytes, text) })
                return new TextDoubt(line, bytes, _western.Read(bytes), rival.Name, text);
        }

        return null;
    }

    private void Take(ReadOnlySpan<byte> end)
    {
        if (_rest.Count > 0)
        {
            _rest.AddRange(end);
            byte[] line = [.. _rest];
            _rest.Clear();
            ScanLine(line);
        }
        else
        {
            ScanLine(end);
        }
    }

    private void ScanLine(ReadOnlySpan<byte> line)
    {
        if (line.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0)
            return;
        for (var at = 0; at < line.Length && _nonsense is null;)
        {
            var end = at;
            var isOther = false;
            for (; end < line.Length && IsOfWord(line[end]); end++)
                isOther |= line[end] >= 0x80;
            if (isOther)
                ScanWord(line, at, end);
            at = end + 1;
        }

        var western = _western.Read(line);
        foreach (var rival in _rivals)
            rival.EndLine(line, western);
        foreach (var rival in _eastern)
            rival.Take(line, _line);
    }

    private void ScanWord(ReadOnlySpan<byte> line, int at, int end)
    {
        var bytes = line[at..end];
        var word = new WordInLine(_western.Read(bytes), Ascii(line[Math.Max(0, at - 2)..at]),
            Ascii(line[end..Math.Min(line.Length, end + 2)]));
        if (Utf8Signs.In(bytes) || word.IsNonsense() || word.Words().Any(WesternLanguages.IsForeign))
        {
            _nonsense = new TextDoubt(_line, bytes.ToArray(), word.Text);
            return;
        }

        foreach (var rival in _rivals)
            rival.Take(bytes, word, _line);
    }

    private static bool IsOfWord(byte value) => value >= 0x80 || char.IsAsciiLetter((char)value);

    private static string Ascii(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);
}

/// <summary>Why it is not certain that a file is windows-1252.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Western">How windows-1252 reads the bytes.</param>
/// <param name="OtherName">What the file may be as well; null when the bytes make no sense in windows-1252.</param>
/// <param name="Other">How that reads the bytes.</param>
internal sealed record TextDoubt(int Line, byte[] Bytes, string Western, string? OtherName = null, string? Other = null)
{
    private const int MostShown = 16;

    public override string ToString()
    {
        var bytes = string.Join(' ',
            Bytes.Take(MostShown).Select(value => value.ToString("X2", CultureInfo.InvariantCulture))) + (Bytes.Length > MostShown ? " …"
            : string.Empty);
        var place = string.Create(CultureInfo.InvariantCulture, $"line {Line} has the bytes {bytes}");
        return OtherName is null
            ? $"{place}, which make no sense there ('{Short(Western)}')"
            : $"{place}, which are '{Short(Western)}' in windows-1252, but '{Short(Other!)}' in {OtherName}";
    }

    private static string Short(string text) => TerminalText.Safe(text, MostShown * 2);
}

/// <summary>Finds whole characters of UTF-8 among bytes that are none: two files were joined.</summary>
internal static class Utf8Signs
{
    public static bool In(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at + 1 < bytes.Length; at++)
        {
            // The letters of Europe, and the signs of typography. What windows-1252 has there are capitals with a sign behind them.
            var isSign = bytes[at] switch
            {
                0xC2 => bytes[at + 1] is >= 0xA0 and <= 0xBF,
                0xC3 or 0xC4 or 0xC5 or 0xD0 or 0xD1 => bytes[at + 1] is >= 0x80 and <= 0xBF && !IsClosing(bytes[at + 1]),
                0xE2 => bytes[at + 1] is 0x80 or 0x82 && at + 2 < bytes.Length && bytes[at + 2] is >= 0x80 and <= 0xBF,
                _ => false,
            };
            if (isSign)
                return true;
        }

        return false;
    }

    // ’ ” » and … behind a capital.
    private static bool IsClosing(byte value) => value is 0x85 or 0x92 or 0x94 or 0xBB;
}
