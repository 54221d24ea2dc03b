using System.Buffers.Binary;
using LinkMonitor.Storage.ClientReports;

namespace LinkMonitor.ClientReports;

/// <summary>
/// A logo: what it is, its own bytes say. PNG, JPEG and WebP; SVG is refused, for it may bring scripts and load what it likes.
/// </summary>
/// <param name="Type">The media type.</param>
internal sealed record LogoFile(string Type, int Width, int Height)
{
    /// <summary>The most pixels of a side.</summary>
    public const int MostPixels = 4_000;

    private const int Least = 30;

    /// <param name="problem">Why it cannot be used, and what to do; null when it can.</param>
    public static LogoFile? Read(ReadOnlySpan<byte> bytes, out string? problem)
    {
        problem = null;
        if (bytes.Length > KeptBrand.MaxLogo)
            problem = $"It has {bytes.Length / 1024} KB; a logo has at most {KeptBrand.MaxLogo / 1024} KB. Save it smaller.";
        else if (IsMarkup(bytes))
            problem = "An SVG may bring scripts. Save the logo as PNG, JPEG or WebP.";
        else if (Look(bytes) is not { } file)
            problem = "It is no PNG, JPEG or WebP that can be read. Save the logo as one of these.";
        else if (file is { Width: < 1 } or { Height: < 1 } or { Width: > MostPixels } or { Height: > MostPixels })
            problem = $"It has {file.Width} × {file.Height} pixels; a logo has at most {MostPixels} on a side. Save it smaller.";
        else
            return file;
        return null;
    }

    /// <summary>A URL that contains the picture.</summary>
    public static string ToUrl(string type, ReadOnlySpan<byte> bytes) => $"data:{type};base64,{Convert.ToBase64String(bytes)}";

    private static bool IsMarkup(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 1_000)];
        return head.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..] || head.IndexOf("<svg"u8) >= 0 || head.StartsWith((byte[])[0x1F, 0x8B]);
    }

    private static LogoFile? Look(ReadOnlySpan<byte> bytes) => bytes.Length < Least ? null
        : bytes.StartsWith((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png(bytes)
        : bytes.StartsWith((byte[])[0xFF, 0xD8, 0xFF]) ? Jpeg(bytes)
        : bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? WebP(bytes)
        : null;

    // https://www.w3.org/TR/png-3/#11IHDR
    private static LogoFile? Png(ReadOnlySpan<byte> bytes) => bytes[12..].StartsWith("IHDR"u8)
        ? new("image/png", Side(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..])), Side(BinaryPrimitives.ReadUInt32BigEndian(bytes[20..])))
        : null;

    // Segment by segment to the first that says the size (ITU T.81, B.2.2).
    private static LogoFile? Jpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 9 < bytes.Length && bytes[at] == 0xFF;)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new(
                    "image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            at += marker == 0xFF ? 1 : 2 + Math.Max((ushort)2, BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
        }

        return null;
    }

    // https://developers.google.com/speed/webp/docs/riff_container
    private static LogoFile? WebP(ReadOnlySpan<byte> bytes)
    {
        var chunk = bytes[12..];
        if (chunk.StartsWith("VP8X"u8))
            return new("image/webp", 1 + Little24(chunk[12..]), 1 + Little24(chunk[15..]));
        if (chunk.StartsWith("VP8L"u8) && chunk[8] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]);
            return new("image/webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return chunk.StartsWith("VP8 "u8) && chunk[11..].StartsWith((byte[])[0x9D, 0x01, 0x2A])
            ? new(
                "image/webp", BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFF)
            : null;
    }

    private static int Little24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static int Side(uint pixels) => pixels > int.MaxValue ? int.MaxValue : (int)pixels;
}

/// <summary>An accent colour, and what can be read on it and beside it.</summary>
/// <param name="Hex"><c>#</c> and six hexadecimal digits in lower case.</param>
internal sealed partial record AccentColour(string Hex)
{
    /// <summary>What text needs on its ground (WCAG 2.2, 1.4.3).</summary>
    public const double Needed = 4.5;

    private const string White = "#ffffff";
    private const string Ink = "#000000";
    private const double Step = 0.9;

    /// <summary>Null for no colour.</summary>
    public static AccentColour? Read(string? text) =>
        text is not null && Colour().IsMatch(text) ? new AccentColour(text.ToLowerInvariant()) : null;

    /// <summary>White or black, whichever is read better on the accent: one of both always has 4.5 to 1.</summary>
    public string OnIt => Contrast(Hex, White) >= Contrast(Hex, Ink) ? White : Ink;

    /// <summary>The accent, darkened until it can be read as text on white.</summary>
    public string OnWhite
    {
        get
        {
            var (r, g, b) = Parts(Hex);
            var colour = Hex;
            while (Contrast(colour, White) < Needed)
            {
                (r, g, b) = (r * Step, g * Step, b * Step);
                colour = $"#{(int)r:x2}{(int)g:x2}{(int)b:x2}";
            }

            return colour;
        }
    }

    /// <summary>The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var (r, g, b) = Parts(hex);
        return (0.2126 * Linear(r)) + (0.7152 * Linear(g)) + (0.0722 * Linear(b));
    }

    private static double Linear(double part) =>
        part / 255 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);

    private static (double R, double G, double B) Parts(string hex)
    {
        var all = int.Parse(
            hex.AsSpan(1), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
        return (all >> 16, (all >> 8) & 255, all & 255);
    }

    [System.Text.RegularExpressions.GeneratedRegex("^#[0-9a-fA-F]{6}\\z", System.Text.RegularExpressions.RegexOptions.NonBacktracking)]
    private static partial System.Text.RegularExpressions.Regex Colour();
}
