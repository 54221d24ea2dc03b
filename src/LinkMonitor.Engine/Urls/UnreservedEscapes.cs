using System.Text;

namespace LinkMonitor.Engine.Urls;

/// <summary>Percent-encoding normalisation that changes no meaning: RFC 3986, section 6.2.2.</summary>
internal static class UnreservedEscapes
{
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;

        var output = new StringBuilder(text.Length);
        var strayPercent = -3;
        for (var i = 0; i < text.Length; i++)
        {
            if (!PercentEncoding.TryReadEscape(text, i, out var value))
            {
                if (text[i] == '%') strayPercent = output.Length;
                output.Append(text[i]);
                continue;
            }

            // "%%32e" must not become "%2e", an escape that was not there.
            var wouldJoinStray = output.Length - strayPercent <= 2 && char.IsAsciiHexDigit((char)value);
            if (IsUnreserved(value) && !wouldJoinStray) output.Append((char)value);
            else PercentEncoding.Append(output, value);
            i += 2;
        }

        return output.ToString();
    }

    private static bool IsUnreserved(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';
}
