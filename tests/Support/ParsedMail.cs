using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkMonitor.Testing;

/// <summary>
/// A mail as a client reads it: headers unfolded and decoded, the parts of a multipart/alternative decoded. Written apart from the
/// product's own writer, so that one proves the other; it throws on what RFC 5322 and MIME forbid.
/// </summary>
public sealed partial class ParsedMail
{
    private const int LongestLine = 998;

    private readonly List<KeyValuePair<string, string>> _headers = [];

    /// <summary>Decoded parts by media type, in order.</summary>
    public List<KeyValuePair<string, string>> Parts { get; } = [];

    /// <summary>The headers in order, unfolded, encoded words decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    public string Text => Parts.Single(part => part.Key == "text/plain").Value;

    public string Html => Parts.Single(part => part.Key == "text/html").Value;

    /// <summary>The only header with a name.</summary>
    public string this[string name] =>
        _headers.Single(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public static ParsedMail Parse(string raw)
    {
        foreach (var line in raw.Split("\r\n"))
        {
            if (line.Contains('\n', StringComparison.Ordinal) || line.Contains('\r', StringComparison.Ordinal))
                throw new FormatException("A bare CR or LF.");
            if (Encoding.UTF8.GetByteCount(line) > LongestLine || !Ascii.IsValid(line))
                throw new FormatException($"A line is over {LongestLine} bytes or not ASCII: {line}");
        }

        var mail = new ParsedMail();
        var (headers, body) = Split(raw);
        mail._headers.AddRange(headers.Select(header => KeyValuePair.Create(header.Key, DecodeWords(header.Value))));
        var boundary = Boundary().Match(mail["Content-Type"]).Groups["boundary"].Value;
        var pieces = ("\r\n" + body).Split($"\r\n--{boundary}");
        foreach (var piece in pieces[1..^1])
            mail.AddPart(piece["\r\n".Length..]);
        if (!pieces[^1].StartsWith("--", StringComparison.Ordinal))
            throw new FormatException("The last boundary is missing.");
        return mail;
    }

    private void AddPart(string piece)
    {
        var (headers, body) = Split(piece);
        var fields = headers.ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (!fields["Content-Type"].Contains("charset=utf-8", StringComparison.OrdinalIgnoreCase))
            throw new FormatException("A part without charset=utf-8.");
        var text = fields["Content-Transfer-Encoding"] switch
        {
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal))),
            "quoted-printable" => QuotedPrintable(body),
            var other => throw new FormatException($"Unknown transfer encoding {other}."),
        };
        Parts.Add(KeyValuePair.Create(fields["Content-Type"].Split(';')[0], text));
    }

    private static (List<KeyValuePair<string, string>> Headers, string Body) Split(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = Folding().Replace(raw[..end], " ");
        var headers = unfolded.Split("\r\n").Select(line => KeyValuePair.Create(
            line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
        return ([.. headers], raw[(end + 4)..]);
    }

    private static string DecodeWords(string value) => EncodedWord().Replace(
        BetweenWords().Replace(value, "?="),
        match => match.Groups["how"].Value is "B" or "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups["text"].Value))
            : QuotedPrintable(match.Groups["text"].Value.Replace('_', ' ')));

    private static string QuotedPrintable(string text)
    {
        var joined = text.Replace("=\r\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] != '=')
            {
                bytes.Add((byte)joined[i]);
                continue;
            }

            bytes.Add(byte.Parse(joined.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"boundary=""?(?<boundary>[^"";\s]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BbQq])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+(?==\?)")]
    private static partial Regex BetweenWords();
}
