using System.Globalization;

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
