using System.Globalization;

namespace LinkMonitor.Imports.Encodings;

/// <summary>A run of letters and of bytes that are not ASCII, as one encoding reads it, with what is around it on its line.</summary>
/// <param name="Before">The line before it, as far as it is ASCII: the last two characters.</param>
/// <param name="After">The line after it: the next two characters.</param>
internal readonly record struct WordInLine(string Text, string Before, string After)
{
    /// <summary>Signs that stand between the letters of a word.</summary>
    private const string Inside = "\u2019\u2018\u2013\u2014\u00A0\u00AD";

    private const string BeforeLetters = "\u201C\u201D\u201E\u2018\u201A\u2019\u00AB\u00BB\u2039\u203A\u00BF\u00A1\u2013\u2014\u00A0"
        + "\u2022\u00A9\u00B5\u00AD";

    private const string AfterLetters =
        "\u201C\u201D\u2018\u2019\u00AB\u00BB\u2039\u203A\u2026\u2122\u00AE\u00A9\u00B0\u00B2\u00B3\u00B9\u00AA\u00BA\u2013\u2014\u00A0"
            + "\u2022\u00AD";

    /// <summary>Signs that text of links has; frames, blocks and the like are what letters of another encoding look like.</summary>
    private const string Usual = Inside + BeforeLetters + AfterLetters + "\u20AC\u00A3\u00A5\u00A2\u00A7\u00BC\u00BD\u00BE\u00D7\u00B1"
        + "\u00B7\u2020";

    /// <summary>A letter of a word; signs that Unicode counts among the letters are none.</summary>
    public static bool IsLetter(char character) => char.GetUnicodeCategory(character) is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter
        && character is not ('\u00AA' or '\u00BA' or '\u00B5' or '\u0192');

    public static bool IsLatin(char character) => char.IsAsciiLetter(character) || character is >= '\u00C0' and <= '\u024F';

    /// <summary>One letter alone.</summary>
    public bool IsLone => Text.Count(IsLetter) == 1;

    /// <summary>Neither a letter nor a digit is beside it.</summary>
    public bool StandsAlone => (Before.Length == 0 || !char.IsAsciiLetterOrDigit(Before[^1]))
        && (After.Length == 0 || !char.IsAsciiLetterOrDigit(After[0]));

    /// <summary>The letters of the words in it.</summary>
    public IEnumerable<string> Words()
    {
        var begin = 0;
        for (var at = 0; at <= Text.Length; at++)
        {
            if (at < Text.Length && IsLetter(Text[at]))
                continue;
            if (at > begin)
                yield return Text[begin..at];
            begin = at + 1;
        }
    }

    /// <summary>
    /// No text has it so: a letter that the encoding does not have, letters of two scripts in a word, a capital behind a small letter, or
    /// a sign that stands between letters nowhere.
    /// </summary>
    public bool IsNonsense()
    {
        for (var at = 0; at < Text.Length; at++)
        {
            var (before, here) = (at > 0 ? Text[at - 1] : ' ', Text[at]);
            if (here == '\uFFFD')
                return true;
            if (IsLetter(before) && IsLetter(here))
            {
                if (IsLatin(before) != IsLatin(here)
                    || (char.IsLower(before) && before != 'ß' && char.IsUpper(here) && (before > '\u007F' || here > '\u007F')))
                    return true;
            }
            else if (!IsLetter(here) && IsLetter(before) && FollowsLetter(at) && !Inside.Contains(here, StringComparison.Ordinal)
                && !(here == '\u00B7' && before is 'l' or 'L'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A letter follows at once, or behind another sign that is no quotation mark.</summary>
    private bool FollowsLetter(int at)
    {
        while (++at < Text.Length && !IsLetter(Text[at]))
        {
            if (BeforeLetters.Contains(Text[at], StringComparison.Ordinal))
                return false;
        }

        return at < Text.Length;
    }

    /// <summary>A sign that text does not have, or one on the wrong side of a letter.</summary>
    public bool HasStraySign()
    {
        for (var at = 0; at < Text.Length; at++)
        {
            var here = Text[at];
            if (IsLetter(here))
                continue;
            var before = at > 0 ? Text[at - 1] : Before.LastOrDefault('\n');
            var after = at + 1 < Text.Length ? Text[at + 1] : After.FirstOrDefault('\n');
            if (!Usual.Contains(here, StringComparison.Ordinal)
                || (IsLetter(before) && !AfterLetters.Contains(here, StringComparison.Ordinal)
                    && !Inside.Contains(here, StringComparison.Ordinal))
                || (IsLetter(after) && !BeforeLetters.Contains(here, StringComparison.Ordinal)
                    && !Inside.Contains(here, StringComparison.Ordinal))
                || (here is '\u2018' && IsLetter(before) && IsLetter(after))
                || (here is '\u2013' or '\u2014' && IsLetter(before) && IsLetter(after)
                    && (at + 2 >= Text.Length || !IsLetter(Text[at + 2])))
                || (here is '\u00BF' or '\u00A1' && char.IsWhiteSpace(after))
                || (here is '\u00A0' && at == 0 && (char.IsWhiteSpace(before) || before is '"' or ',' or ';' or '|'))
                || (here is '\u00AE' or '\u2122' && !IsLetter(before) && !char.IsAsciiDigit(before))
                || (here is '\u00BA' or '\u00AA' && !char.IsAsciiDigit(before) && before is not ('n' or 'N')))
                return true;
        }

        return false;
    }
}
