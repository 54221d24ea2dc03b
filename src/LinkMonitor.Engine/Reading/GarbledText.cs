namespace LinkMonitor.Engine.Reading;

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
