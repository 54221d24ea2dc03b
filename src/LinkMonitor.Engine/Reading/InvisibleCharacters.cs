using System.Text;

namespace LinkMonitor.Engine.Reading;

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
