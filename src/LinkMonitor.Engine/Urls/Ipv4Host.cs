using System.Globalization;
using System.Text;

namespace LinkMonitor.Engine.Urls;

/// <summary>
/// IPv4 hosts in every form browsers read: one to four parts, each decimal, octal or hex. https://url.spec.whatwg.org/#concept-ipv4-parser
/// </summary>
internal static class Ipv4Host
{
    // Above every valid address, so that a number of any length can be read without overflow.
    private const ulong TooLarge = 1UL << 40;

    /// <summary>Whether the host must be an IPv4 address or nothing: its last label is a number.</summary>
    public static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        if (host.EndsWith(".")) host = host[..^1];
        var last = host[(host.LastIndexOf('.') + 1)..];
        if (last.IsEmpty) return false;
        return !last.ContainsAnyExceptInRange('0', '9') || TryReadNumber(last, out _);
    }

    /// <summary>The address in dotted decimal form, or null when it is none.</summary>
    public static string? Parse(string host)
    {
        var parts = (host.EndsWith('.') ? host[..^1] : host).Split('.');
        if (parts.Length > 4) return null;

        var address = 0UL;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryReadNumber(parts[i], out var number)) return null;

            // The last part fills all bytes that are left.
            var bytes = i == parts.Length - 1 ? 5 - parts.Length : 1;
            if (number >= 1UL << (8 * bytes)) return null;
            address = (address << (8 * bytes)) | number;
        }

        return Serialize(address);
    }

    private static string Serialize(ulong address) => string.Create(
        CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");

    private static bool TryReadNumber(ReadOnlySpan<char> part, out ulong number)
    {
        number = 0;
        if (part.IsEmpty) return false;

        var radix = 10UL;
        if (part.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            part = part[2..];
            radix = 16;
        }
        else if (part.Length > 1 && part[0] == '0')
        {
            part = part[1..];
            radix = 8;
        }

        foreach (var c in part)
        {
            if (DigitValue(c) is not { } digit || digit >= radix) return false;
            number = Math.Min((number * radix) + digit, TooLarge);
        }

        return true;
    }

    private static ulong? DigitValue(char c)
    {
        if (char.IsAsciiDigit(c)) return (ulong)(c - '0');
        return char.IsAsciiHexDigit(c) ? (ulong)(char.ToLowerInvariant(c) - 'a' + 10) : null;
    }
}

/// <summary>
/// IPv6 hosts: the standard's parser (no zone, no leading zeros in an embedded IPv4 address) and its compressed form.
/// https://url.spec.whatwg.org/#concept-ipv6-parser
/// </summary>
internal static class Ipv6Host
{
    private const int PieceCount = 8;

    /// <param name="text">The address without brackets.</param>
    /// <returns>The address in its shortest form, in brackets; null when it is none.</returns>
    public static string? Parse(ReadOnlySpan<char> text)
    {
        var gap = text.IndexOf("::");
        if (gap < 0) return ReadPieces(text) is { Length: PieceCount } all ? Serialize(all) : null;

        // The gap stands for at least one piece, so at most seven may be written.
        var before = ReadPieces(text[..gap], mayEndInIpv4: false);
        var after = ReadPieces(text[(gap + 2)..]);
        if (before is null || after is null || before.Length + after.Length >= PieceCount) return null;

        var pieces = new ushort[PieceCount];
        before.CopyTo(pieces, 0);
        after.CopyTo(pieces, PieceCount - after.Length);
        return Serialize(pieces);
    }

    private static ushort[]? ReadPieces(ReadOnlySpan<char> text, bool mayEndInIpv4 = true)
    {
        var pieces = new List<ushort>(PieceCount);
        while (!text.IsEmpty)
        {
            var colon = text.IndexOf(':');
            var piece = colon < 0 ? text : text[..colon];
            if (colon < 0 && mayEndInIpv4 && piece.Contains('.'))
                return TryAddIpv4(piece, pieces) ? pieces.ToArray() : null;
            if (!TryAddPiece(piece, pieces)) return null;
            if (colon == text.Length - 1) return null;
            text = colon < 0 ? [] : text[(colon + 1)..];
        }

        return pieces.ToArray();
    }

    private static bool TryAddPiece(ReadOnlySpan<char> piece, List<ushort> pieces)
    {
        if (piece.Length is 0 or > 4 || pieces.Count == PieceCount) return false;
        foreach (var c in piece)
            if (!char.IsAsciiHexDigit(c)) return false;

        pieces.Add(ushort.Parse(piece, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return true;
    }

    private static bool TryAddIpv4(ReadOnlySpan<char> text, List<ushort> pieces)
    {
        if (pieces.Count > PieceCount - 2) return false;

        Span<ushort> bytes = stackalloc ushort[4];
        var count = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (count == 4 || part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9')) return false;
            if (part.Length > 1 && part[0] == '0') return false;
            bytes[count] = ushort.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);
            if (bytes[count++] > 255) return false;
        }

        if (count != 4) return false;
        pieces.Add((ushort)((bytes[0] << 8) | bytes[1]));
        pieces.Add((ushort)((bytes[2] << 8) | bytes[3]));
        return true;
    }

    private static string Serialize(ushort[] pieces)
    {
        var (gap, length) = LongestZeroRun(pieces);
        var output = new StringBuilder("[");
        for (var i = 0; i < PieceCount; i++)
        {
            if (i == gap)
            {
                output.Append(i == 0 ? "::" : ":");
                i += length - 1;
                continue;
            }

            output.Append(CultureInfo.InvariantCulture, $"{pieces[i]:x}");
            if (i < PieceCount - 1) output.Append(':');
        }

        return output.Append(']').ToString();
    }

    private static (int Start, int Length) LongestZeroRun(ushort[] pieces)
    {
        var best = (Start: -1, Length: 1);
        for (var i = 0; i < PieceCount; i++)
        {
            var end = i;
            while (end < PieceCount && pieces[end] == 0) end++;
            if (end - i > best.Length) best = (i, end - i);
            i = Math.Max(i, end);
        }

        return best;
    }
}
