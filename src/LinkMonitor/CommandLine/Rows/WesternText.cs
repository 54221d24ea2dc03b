namespace LinkMonitor.CommandLine.Rows;

/// <summary>
/// Says whether bytes that are no UTF-8 can only be meant as windows-1252, as Excel saves CSV files in western Europe. Other encodings use
/// the same bytes for other letters, and nothing in the file tells them apart but text that would make no sense: a sign or a capital inside
/// a word, or a row of accented letters.
/// </summary>
internal sealed class WesternText
{
    // Words of western languages have no four accented letters in a row; Cyrillic, Greek, Hebrew or Japanese words have little else.
    private const int LongestAccentedRun = 3;

    /// <summary>Signs that stand between letters in western text, too.</summary>
    private const string SignsInWords =
        "\u2018\u2019\u201C\u201D\u2013\u2014\u2026\u00A0\u00AD\u00B7\u00B4\u00AB\u00BB\u2122\u00AE\u00A9\u00B0\u20AC\u2022\u00AA\u00BA";

    private static readonly string Letters = BuildLetters();

    private int _accentedRun;
    private char _before;
    private char _current;
    private int _continuation;

    /// <summary>The first line, from 1, with bytes that windows-1252 would not have; null when there is none.</summary>
    public int? DoubtfulLine { get; private set; }

    private int _line = 1;

    /// <summary>Takes the next bytes of the file.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (IsWholeUtf8(value))
                Doubt();
            AddCharacter(value < 0x80 ? (char)value : Letters[value - 0x80]);
            if (value == (byte)'\n')
                _line++;
        }
    }

    private void AddCharacter(char next)
    {
        var isAccented = next >= 0x80 && char.IsLetter(next);
        _accentedRun = isAccented ? _accentedRun + 1 : 0;
        if (next == '\uFFFD' || _accentedRun > LongestAccentedRun || next is '\u00F0' or '\u00FE' or '\u00D0' or '\u00DE')
            Doubt();
        if (isAccented && char.IsUpper(next) && char.IsLower(_current))
            Doubt();
        if (_current >= 0x80 && !char.IsLetter(_current) && !SignsInWords.Contains(_current, StringComparison.Ordinal)
            && char.IsLetter(_before) && char.IsLetter(next))
            Doubt();
        (_before, _current) = (_current, next);
    }

    /// <summary>A whole character of UTF-8 among bytes that are none: two files were joined.</summary>
    private bool IsWholeUtf8(byte value)
    {
        if (value is >= 0x80 and < 0xC0 && _continuation > 0)
            return --_continuation == 0;
        _continuation = value switch
        {
            >= 0xC2 and < 0xE0 => 1,
            >= 0xE0 and < 0xF0 => 2,
            >= 0xF0 and < 0xF5 => 3,
            _ => 0,
        };
        return false;
    }

    private void Doubt() => DoubtfulLine ??= _line;

    private static string BuildLetters()
    {
        var western = TextEncodings.Western;
        return string.Create(0x80, western, static (characters, encoding) =>
        {
            for (var value = 0; value < characters.Length; value++)
            {
                var character = encoding.GetString([(byte)(value + 0x80)])[0];
                characters[value] = character is >= '\u0080' and < '\u00A0' ? '\uFFFD' : character;
            }
        });
    }
}
