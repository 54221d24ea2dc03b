namespace LinkMonitor.Engine.Fetching.Decoding;

/// <summary>Whether bytes are text in any encoding. Compressed data whose header got lost is not: browsers show it as nonsense.</summary>
internal static class BinaryData
{
    private const int Examined = 4096;

    // Of random bytes one in nine is such a byte. Pages have a stray one at most.
    private const int ShareInText = 25;

    // UTF-16 text is half zeros, which its own mark excuses.
    private static readonly byte[][] TextMarks = [[0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF]];

    // Of gzip, zstd, compress and xz.
    private static readonly byte[][] CompressedMarks =
        [[0x1F, 0x8B, 0x08], [0x28, 0xB5, 0x2F, 0xFD], [0x1F, 0x9D], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]];

    /// <summary>By the marks of compressed data, and by how many of the first bytes are in no text.</summary>
    public static bool Is(ReadOnlySpan<byte> body)
    {
        foreach (var mark in TextMarks)
        {
            if (body.StartsWith(mark))
                return false;
        }

        foreach (var mark in CompressedMarks)
        {
            if (body.StartsWith(mark))
                return true;
        }

        var start = body[..Math.Min(body.Length, Examined)];
        var count = 0;
        foreach (var b in start)
        {
            if (IsBinary(b))
                count++;
        }

        return count * ShareInText > start.Length;
    }

    /// <summary>
    /// https://mimesniff.spec.whatwg.org/#binary-data-byte, but for zero: half of UTF-16 is zeros, and browsers leave others out of text.
    /// </summary>
    private static bool IsBinary(byte b) => b is (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1A) or (>= 0x1C and <= 0x1F) or 0x7F;
}
