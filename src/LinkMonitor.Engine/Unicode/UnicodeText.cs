using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LinkMonitor.Engine.Unicode;

/// <summary>
/// The one place where text is brought into a Unicode form. It takes every sequence of UTF-16 units, as the web and users send them;
/// <c>string.Normalize</c> throws at some, and is banned elsewhere.
/// </summary>
public static class UnicodeText
{
    // What marks follow a letter in real text. A run beyond it is left as it stands: putting n marks in order costs n squared.
    // Source: https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
    private const int MostMarks = 30;

    private const int MostOfWord = 100;

    /// <summary>
    /// Form C (https://www.unicode.org/reports/tr15/). What is no character, half a surrogate pair included, becomes U+FFFD. Marks beyond
    /// the 30th behind
    /// one letter are composed among themselves. Takes time in proportion to the length.
    /// </summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var composed = new StringBuilder(text.Length);
        var piece = new StringBuilder();
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks > MostMarks)
            {
                composed.Append(ComposeWhole(piece.ToString()));
                piece.Clear();
                marks = 1;
            }

            piece.Append((IsNoncharacter(rune.Value) ? Rune.ReplacementChar : rune).ToString());
        }

        return composed.Append(ComposeWhole(piece.ToString())).ToString();
    }

    /// <summary>
    /// What in a text is no character, as <c>U+FFFE</c>: half a surrogate pair, or one of the 66 noncharacters. Null when there is nothing
    /// of the kind.
    /// </summary>
    public static string? FirstNoncharacter(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
                return $"U+{(int)text[at]:X4}";
            if (IsNoncharacter(rune.Value))
                return $"U+{rune.Value:X4}";
            at += rune.Utf16SequenceLength;
        }

        return null;
    }

    /// <summary>Without what nobody sees at its ends: blanks, and marks for programs, as a zero width space or a byte order mark.</summary>
    public static string TrimUnseen(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsUnseen(text[start]))
            start++;
        while (end > start && IsUnseen(text[end - 1]))
            end--;
        return text[start..end];
    }

    /// <summary>The letters of a word without their marks; what is longer than a word or two is left as it is.</summary>
    public static string WithoutMarks(string word)
    {
        if (word.Length > MostOfWord || Ascii.IsValid(word))
            return word;
        var bare = new StringBuilder(word.Length);
        foreach (var rune in Decompose(Compose(word)).EnumerateRunes())
        {
            if (!IsMark(rune))
                bare.Append(rune.ToString());
        }

        return bare.ToString();
    }

    private static bool IsUnseen(char character) => char.IsWhiteSpace(character)
        || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.Format;

    /// <summary>Source: https://www.unicode.org/faq/private_use.html#nonchar1.</summary>
    private static bool IsNoncharacter(int codePoint) => codePoint is >= 0xFDD0 and <= 0xFDEF || (codePoint & 0xFFFE) == 0xFFFE;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark;

#pragma warning disable RS0030 // The one place that all others are led to: every rune was made a valid one.
    private static string ComposeWhole(string valid) => valid.Normalize(NormalizationForm.FormC);

    private static string Decompose(string valid) => valid.Normalize(NormalizationForm.FormD);
#pragma warning restore RS0030
}

/// <summary>Cuts text from the web to what evidence has room for.</summary>
internal static class ShortText
{
    public const string Ellipsis = "…";

    /// <summary>A text that was cut ends with an ellipsis, within the length.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int longest)
    {
        if (text is null || text.Length <= longest)
            return text;

        // Half a surrogate pair is not valid text and would not survive JSON.
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return string.Concat(text.AsSpan(0, end), Ellipsis);
    }
}
