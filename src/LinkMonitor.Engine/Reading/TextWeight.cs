namespace LinkMonitor.Engine.Reading;

/// <summary>Compares how much is said in scripts that need many characters for a word with those that need one or two.</summary>
internal static class TextWeight
{
    // A sentence of Japanese or Chinese has about a third of the characters of the same in English, one of Korean or Thai half.
    private const int Ideograph = 3;
    private const int Syllable = 2;

    /// <summary>The number of characters, ideographs and kana counted for three, the syllables of hangul and Thai for two.</summary>
    /// <param name="length">How many characters were kept of the text when white space was folded.</param>
    public static int Of(string text, int length)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0E00', '\uFFFF'))
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
