namespace LinkMonitor.Imports.Encodings;

/// <summary>The code pages that a file may be in when it is not windows-1252, and what rules each of them out.</summary>
internal static class CodePages
{
    // Letters that are words in Russian, Bulgarian or Greek, and stand between names that are written in Latin letters.
    private const string LoneLetters = "аивоксуяАИВОКСУЯηοήΗΟ";

    private static readonly string[] EnglishEndings = ["s", "t", "d", "m", "ll", "re", "ve"];

    // País, París, anís, Luís, Asís, Solís.
    private static readonly string[] SpanishStems = ["pa", "par", "an", "lu", "as", "sol"];

    public static CodePageReading[] Rivals() =>
    [
        new(1250, "windows-1250", IsCentral),
        new(10000, "macintosh", IsMacintosh),
        new(850, "ibm850", IsDos),
        new(437, "ibm437", IsDos),
        new(1251, "windows-1251", IsOtherScript),
        new(20866, "koi8-r", IsOtherScript),
        new(866, "ibm866", IsOtherScript),
        new(1253, "windows-1253", IsOtherScript),
    ];

    private static bool IsCentral(WordInLine word) =>
        !word.HasStraySign() && word.Words().All(letters => letters.All(char.IsAscii) || letters.Length switch
        {
            1 => letters is "č" or "Č" && word.After.StartsWith('.'),
            _ => CentralLanguages.IsPossible(letters),
        });

    private static bool IsMacintosh(WordInLine word) => IsWestern(word) && !IsApostrophe(word.Text);

    private static bool IsDos(WordInLine word) => IsWestern(word) && word.Text.IndexOf('à', StringComparison.Ordinal) switch
    {
        < 0 => true,

        // In windows-1252 it is an ellipsis.
        0 when word.Text.Length == 1 =>
            word.After is [' ', var after] && WordInLine.IsLetter(after)
                && (word.Before is not [.., ' '] || (word.Before is [var before, ' '] && WordInLine.IsLetter(before))),
        var at when at == word.Text.Length - 1 => "ljtiprh".Contains(char.ToLowerInvariant(word.Text[at - 1]), StringComparison.Ordinal),
        _ => true,
    };

    private static bool IsWestern(WordInLine word) =>
        !word.HasStraySign() && word.Words().All(letters => letters.All(char.IsAscii) || letters.Length switch
        {
            1 => letters is "à" or "è" or "é" || (letters is "À" or "È" or "É" && word.Before is not [.., ' ']),
            _ => !WesternLanguages.IsUnlikely(letters),
        });

    /// <summary>
    /// What Macs write for í is an apostrophe in windows-1252: an English ending, or a French or Italian word before a vowel.
    /// </summary>
    private static bool IsApostrophe(string word)
    {
        var at = word.IndexOf('í', StringComparison.Ordinal);
        if (at <= 0)
            return false;
        var (stem, rest) = (word[..at].ToLowerInvariant(), word[(at + 1)..].ToLowerInvariant());
        if (EnglishEndings.Contains(rest))
            return !(rest == "s" && SpanishStems.Contains(stem));
        if (rest.StartsWith("hui", StringComparison.Ordinal))
            return true;
        var isBeforeVowel = rest.Length > 0 && (WesternLanguages.IsVowel(rest[0]) || rest[0] == 'h');
        return isBeforeVowel && (stem is [_] && "cdjlmnst".Contains(stem[0], StringComparison.Ordinal)
            ? rest is not ("a" or "as" or "o" or "os")
            : stem is "un" || stem.EndsWith("qu", StringComparison.Ordinal)
                || (stem.EndsWith("ll", StringComparison.Ordinal) && rest.Length > 2));
    }

    private static bool IsOtherScript(WordInLine word) =>
        !word.HasStraySign() && word.Words().All(letters => letters.All(char.IsAscii) || letters.Length > 1 || IsWordAlone(word));

    /// <summary>
    /// A letter that is a word, at the beginning or between names. Between small Latin words it is none of another script.
    /// </summary>
    private static bool IsWordAlone(WordInLine word)
    {
        if (word.Text.Length != 1 || !LoneLetters.Contains(word.Text[0], StringComparison.Ordinal) || word.After is not [' ', var after]
            || !char.IsAsciiLetter(after))
            return false;
        var isFirst = word.Before is not [.., ' '];
        return !char.IsAsciiLetterLower(after) || (!isFirst && char.IsAsciiLetterUpper(word.Before[0]));
    }
}

/// <summary>How a code page of one byte a character reads a file that is not UTF-8, and whether that makes sense.</summary>
/// <param name="isPossible">Whether text in this code page may hold a word; of words that windows-1252 reads otherwise only.</param>
internal sealed class CodePageReading(int codePage, string name, Func<WordInLine, bool> isPossible)
{
    private readonly char[] _letters = Letters(codePage);

    /// <summary>Bytes that are a dash in windows-1252, and stand alone where this code page has a letter that is no word.</summary>
    private readonly HashSet<byte> _alone = [];

    /// <summary>The same bytes as the letters of words that make sense: 'señor', which windows-1252 reads as 'se–or'.</summary>
    private readonly HashSet<byte> _inWords = [];

    private bool _hasNonsense;

    public string Name => name;

    /// <summary>
    /// Something in the file makes no sense in it. A letter alone proves nothing while the same letter stands in words: then the file is
    /// about that letter, or a dash stands in a word, and nobody can tell which.
    /// </summary>
    public bool IsRuledOut => _hasNonsense || !_alone.IsSubsetOf(_inWords);

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
        if (_hasNonsense || Read(bytes) is var text && text == western.Text)
            return;
        var word = western with { Text = text };
        if (!word.IsNonsense() && isPossible(word))
        {
            FirstOther ??= (line, bytes.ToArray(), text);
            NoteDashes(bytes, western.Text);
        }
        else if (IsDash(western.Text[0]) && bytes.Length == 1 && western.StandsAlone && WordInLine.IsLetter(text[0]))
        {
            _alone.Add(bytes[0]);
        }
        else
        {
            _hasNonsense = true;
        }
    }

    private void NoteDashes(ReadOnlySpan<byte> bytes, string western)
    {
        for (var at = 1; at + 1 < western.Length; at++)
        {
            if (IsDash(western[at]) && WordInLine.IsLetter(western[at - 1]) && WordInLine.IsLetter(western[at + 1]))
                _inWords.Add(bytes[at]);
        }
    }

    private static bool IsDash(char character) => character is '\u2013' or '\u2014';

    /// <summary>Quotation marks stand in pairs on a line; what is a letter in another encoding stands alone.</summary>
    public void EndLine(ReadOnlySpan<byte> line, string western)
    {
        if (_hasNonsense || Read(line) is var text && text == western)
            return;
        _hasNonsense = text.Count(character => character is '\u201A') > text.Count(character => character is '\u2018' or '\u2019')
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
