using System.Text;

namespace LinkMonitor.CommandLine.Rows;

/// <summary>
/// Finds UTF-16 and UTF-32 without a byte order mark: of the header and of every URL half of the bytes, or three of four, are zero,
/// always in the same places.
/// </summary>
internal static class ZeroPattern
{
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>The encoding and its name; null when the zeros have no such pattern.</returns>
    public static (Encoding Encoding, string Name)? Find(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = [0, 0, 0, 0];
        for (var at = 0; at < head.Length; at++)
        {
            if (head[at] == 0)
                zeros[at % 4]++;
        }

        // Of UTF-32 the highest byte is always zero and the next nearly so; UTF-16 has a character of text in either half.
        var quads = head.Length / 4;
        if (quads > 0 && zeros[3] >= quads && zeros[2] > quads * 7 / 8 && zeros[0] <= quads / 8)
            return (TextEncodings.Utf32(bigEndian: false), "UTF-32");
        if (quads > 0 && zeros[0] >= quads && zeros[1] > quads * 7 / 8 && zeros[3] <= quads / 8)
            return (TextEncodings.Utf32(bigEndian: true), "UTF-32");
        var most = head.Length / 8;
        return (zeros[0] + zeros[2] > most, zeros[1] + zeros[3] > most) switch
        {
            (false, true) => (TextEncodings.Utf16(bigEndian: false), "UTF-16"),
            (true, false) => (TextEncodings.Utf16(bigEndian: true), "UTF-16"),
            _ => null,
        };
    }
}
