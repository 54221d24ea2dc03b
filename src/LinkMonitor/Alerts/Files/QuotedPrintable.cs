using System.Globalization;
using System.Text;

namespace LinkMonitor.Alerts.Files;

/// <summary>The quoted-printable encoding of UTF-8 text: https://www.rfc-editor.org/rfc/rfc2045#section-6.7.</summary>
internal static class QuotedPrintable
{
    private const int MaxLine = 76;

    /// <param name="text">Lines may end with LF or CRLF; they leave with CRLF.</param>
    public static string Encode(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return string.Join("\r\n", lines.Select(EncodeLine));
    }

    private static string EncodeLine(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var encoded = new StringBuilder(bytes.Length + 16);
        var column = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var piece = Piece(bytes[i], isFirst: column == 0, isLast: i == bytes.Length - 1);
            // One column stays free for the soft break.
            if (column + piece.Length > MaxLine - 1)
            {
                encoded.Append("=\r\n");
                column = 0;
                piece = Piece(bytes[i], isFirst: true, isLast: i == bytes.Length - 1);
            }

            encoded.Append(piece);
            column += piece.Length;
        }

        return encoded.ToString();
    }

    // White space at the end of a line may be stripped on the way; a dot or "From" at its start is touched by SMTP and mail folders.
    private static string Piece(byte value, bool isFirst, bool isLast)
    {
        var isPlain = value switch
        {
            (byte)' ' or (byte)'\t' => !isLast,
            (byte)'.' or (byte)'F' => !isFirst,
            (byte)'=' => false,
            _ => value is > (byte)' ' and <= (byte)'~',
        };
        return isPlain ? ((char)value).ToString() : string.Create(CultureInfo.InvariantCulture, $"={value:X2}");
    }
}
