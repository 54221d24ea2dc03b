using System.Buffers;
using System.Text;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Text with every run of white space folded into one space, and none at its ends. It lies in pooled memory, which is given back when it is
/// disposed of.
/// </summary>
/// <param name="maxLength">What is longer is cut, never inside a surrogate pair.</param>
internal sealed class FoldedText(int maxLength = int.MaxValue) : IDisposable
{
    private const string Odd =
        "\t\n\v\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private const int PartLength = 4_096;

    private static readonly SearchValues<char> OddSpaces = SearchValues.Create(Odd);
    private static readonly SearchValues<char> Spaces = SearchValues.Create(Odd + " ");

    // All but the last are full.
    private readonly List<char[]> _parts = [];
    private bool _isSpaceDue;

    public int Length { get; private set; }

    /// <summary>Folds one string. No-break spaces count as white space: to a reader they are.</summary>
    public static string Fold(string text)
    {
        if (IsFolded(text))
            return text;
        using var folded = new FoldedText();
        folded.Append(text);
        return folded.ToString();
    }

    public void Append(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && Length < maxLength)
        {
            if (char.IsWhiteSpace(text[0]))
            {
                Break();
                var next = text.IndexOfAnyExcept(Spaces);
                text = next < 0 ? [] : text[next..];
                continue;
            }

            // Most text is words with one space between them, which stays as it is.
            var end = text.IndexOfAny(OddSpaces);
            end = end < 0 ? text.Length : end;
            var pair = text[..end].IndexOf("  ");
            end = pair < 0 ? end : pair;
            var words = text[..end].TrimEnd(' ');
            if (_isSpaceDue)
                Add(" ");
            _isSpaceDue = false;
            Add(words[..(int)Math.Min(words.Length, (long)maxLength - Length + 1)]);
            if (words.Length < end)
                Break();
            text = text[end..];
        }
    }

    /// <summary>Keeps apart what stands before and after, as the edge of a block does.</summary>
    public void Break() => _isSpaceDue = Length > 0;

    /// <summary>Begins anew, in the same memory.</summary>
    public void Clear() => GiveBack(keep: 1);

    public void Dispose() => GiveBack(keep: 0);

    public override string ToString()
    {
        var length = Math.Min(Length, maxLength);
        if (length > 0 && length == maxLength && char.IsHighSurrogate(_parts[(length - 1) / PartLength][(length - 1) % PartLength]))
            length--;
        return length == 0 ? "" : string.Create(length, _parts, static (text, parts) =>
        {
            for (var i = 0; !text.IsEmpty; i++)
            {
                var count = Math.Min(text.Length, PartLength);
                parts[i].AsSpan(0, count).CopyTo(text);
                text = text[count..];
            }
        });
    }

    private void GiveBack(int keep)
    {
        (Length, _isSpaceDue) = (0, false);
        while (_parts.Count > keep)
        {
            ArrayPool<char>.Shared.Return(_parts[^1]);
            _parts.RemoveAt(_parts.Count - 1);
        }
    }

    private static bool IsFolded(ReadOnlySpan<char> text) =>
        text.IndexOfAny(OddSpaces) < 0 && text.IndexOf("  ") < 0 && text is not ([' ', ..] or [.., ' ']);

    private void Add(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var start = Length % PartLength;
            if (Length / PartLength == _parts.Count)
                _parts.Add(ArrayPool<char>.Shared.Rent(PartLength));
            var count = Math.Min(text.Length, PartLength - start);
            text[..count].CopyTo(_parts[Length / PartLength].AsSpan(start));
            Length += count;
            text = text[count..];
        }
    }
}

/// <summary>
/// Tells whether what was read as text is none: a compressed or otherwise binary file under the name of a page. It judges the characters
/// after decoding, in whatever encoding; <see cref="Fetching.Decoding.BinaryData"/> judges the bytes before it.
/// </summary>
internal static class GarbledText
{
    private const int Searched = 4_096;

    // Compressed bytes have them at one place in ten; text has none.
    private const int OneIn = 50;

    /// <summary>
    /// By the control characters that the MIME Sniffing standard counts as binary: https://mimesniff.spec.whatwg.org/#binary-data-byte
    /// </summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        var beginning = text[..Math.Min(text.Length, Searched)];
        var controls = 0;
        foreach (var c in beginning)
        {
            if (c is < '\u0009' or '\u000B' or (>= '\u000E' and <= '\u001A') or (>= '\u001C' and < ' '))
                controls++;
        }

        return controls * OneIn > beginning.Length;
    }
}

/// <summary>
/// Characters that no reader sees: soft hyphens, spaces of no width, word joiners, byte order marks, direction marks and their like.
/// Hyphenation scripts and editors put them into a text without a word being changed.
/// </summary>
internal static class InvisibleCharacters
{
    /// <summary>The text without them.</summary>
    public static string Remove(string text)
    {
        if (!text.EnumerateRunes().Any(IsInvisible))
            return text;
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisible(rune))
                visible.Append(rune.ToString());
        }

        return visible.ToString();
    }

    /// <summary>
    /// Unicode's Default_Ignorable_Code_Point (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point), but for the joiners
    /// U+200C and U+200D, which change the shape of letters, and the fillers, which take up room.
    /// </summary>
    private static bool IsInvisible(Rune rune) => rune.Value is
        0x00AD or 0x034F or 0x061C or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or 0x200B or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xFFF0 and <= 0xFFF8)
        or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);
}

/// <summary>Compares how much is said in scripts that need many characters for a word with those that need one or two.</summary>
internal static class TextWeight
{
    // A sentence of Japanese or Chinese has about a third of the characters of the same in English, one of Korean or Thai half.
    private const int Ideograph = 3;
    private const int Syllable = 2;

    /// <summary>The number of characters, ideographs and kana counted for three, the syllables of hangul and Thai for two.</summary>
    /// <param name="length">How many characters were kept of the text when white space was folded.</param>
    public static int Of(ReadOnlySpan<char> text, int length)
    {
        if (!text.ContainsAnyInRange('\u0E00', '\uFFFF'))
            return length;
        var more = 0;
        foreach (var c in text)
        {
            more += c switch
            {
                < '\u0E00' => 0,
                <= '\u0EFF' or (>= '\uAC00' and <= '\uD7AF') => Syllable - 1,
                (>= '\u2E80' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') => Ideograph - 1,
                _ => 0,
            };
        }

        return length + more;
    }
}
