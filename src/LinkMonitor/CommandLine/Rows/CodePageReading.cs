namespace LinkMonitor.CommandLine.Rows;

/// <summary>How a code page of one byte a character reads a file that is not UTF-8, and whether that makes sense.</summary>
/// <param name="isPossible">Whether text in this code page may hold a word; of words that windows-1252 reads otherwise only.</param>
internal sealed class CodePageReading(int codePage, string name, Func<WordInLine, bool> isPossible)
{
    private readonly char[] _letters = Letters(codePage);

    public string Name => name;

    /// <summary>Something in the file makes no sense in it.</summary>
    public bool IsRuledOut { get; private set; }

    /// <summary>The first word that windows-1252 reads otherwise; null when there is none yet.</summary>
    public (int Line, byte[] Bytes, string Text)? FirstOther { get; private set; }

    public string Read(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        for (var at = 0; at < bytes.Length; at++)
            text[at] = bytes[at] < 0x80 ? (char)bytes[at] : _letters[bytes[at] - 0x80];
        return new string(text);
    }

    /// <param name="western">How windows-1252 reads it.</param>
    public void Take(ReadOnlySpan<byte> bytes, WordInLine western, int line)
    {
        if (IsRuledOut || Read(bytes) is var text && text == western.Text)
            return;
        var word = western with { Text = text };
        if (word.IsNonsense() || !isPossible(word))
            IsRuledOut = true;
        else
            FirstOther ??= (line, bytes.ToArray(), text);
    }

    /// <summary>Quotation marks stand in pairs on a line; what is a letter in another encoding stands alone.</summary>
    public void EndLine(ReadOnlySpan<byte> line, string western)
    {
        if (IsRuledOut || Read(line) is var text && text == western)
            return;
        IsRuledOut = text.Count(character => character is '\u201A') > text.Count(character => character is '\u2018' or '\u2019')
            || text.Count(character => character is '\u201C' or '\u201D' or '\u201E') % 2 != 0
            || text.Count(character => character is '\u00AB' or '\u00BB') % 2 != 0
                || text.Count(character => character is '\u2039' or '\u203A') % 2 != 0;
    }

    private static char[] Letters(int codePage)
    {
        var encoding = TextEncodings.Lenient(codePage);
        var letters = new char[0x80];
        for (var value = 0; value < letters.Length; value++)
        {
            var character = encoding.GetString(new[] { (byte)(value + 0x80) })[0];
            letters[value] = character is >= '\u0080' and < '\u00A0' ? '\uFFFD' : character;
        }

        return letters;
    }
}
