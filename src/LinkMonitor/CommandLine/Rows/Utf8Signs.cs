namespace LinkMonitor.CommandLine.Rows;

/// <summary>Finds whole characters of UTF-8 among bytes that are none: two files were joined.</summary>
internal static class Utf8Signs
{
    public static bool In(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at + 1 < bytes.Length; at++)
        {
            // The letters of Europe, and the signs of typography. What windows-1252 has there are capitals with a sign behind them.
            var isSign = bytes[at] switch
            {
                0xC2 => bytes[at + 1] is >= 0xA0 and <= 0xBF,
                0xC3 or 0xC4 or 0xC5 or 0xD0 or 0xD1 => bytes[at + 1] is >= 0x80 and <= 0xBF && !IsClosing(bytes[at + 1]),
                0xE2 => bytes[at + 1] is 0x80 or 0x82 && at + 2 < bytes.Length && bytes[at + 2] is >= 0x80 and <= 0xBF,
                _ => false,
            };
            if (isSign)
                return true;
        }

        return false;
    }

    // ’ ” » and … behind a capital.
    private static bool IsClosing(byte value) => value is 0x85 or 0x92 or 0x94 or 0xBB;
}
