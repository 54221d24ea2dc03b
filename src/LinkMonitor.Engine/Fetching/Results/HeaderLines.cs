using System.Buffers;
using System.Globalization;
using System.Text;

namespace LinkMonitor.Engine.Fetching.Results;

/// <summary>
/// Turns the lines of an answer's head into what an HTTP client takes, the way browsers do: a line without a colon, or whose name is none,
/// is skipped, and so is a length that is no number; white space around a name goes. Chromium reads heads so:
/// https://chromium.googlesource.com/chromium/src/+/main/net/http/http_util.cc
/// </summary>
internal sealed class HeaderLines
{
    // Bytes of an earlier answer that browsers pass over before the status line.
    private const int LongestSlop = 4;

    private const string TokenCharacters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<byte> Token = SearchValues.Create(Encoding.ASCII.GetBytes(TokenCharacters));
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();

    private bool _isSkipped = true;

    private static ReadOnlySpan<byte> Chunked => "chunked"u8;

    /// <summary>Of the status line; 0 when there was none that could be read.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the body comes in chunks.</summary>
    public bool IsChunked { get; private set; }

    public void Reset() => (_isSkipped, Status, IsChunked) = (true, 0, false);

    /// <param name="line">Without its end.</param>
    /// <param name="output">Gets the line as an HTTP client takes it.</param>
    public void AddStatus(ReadOnlySpan<byte> line, List<byte> output)
    {
        var start = line[..Math.Min(line.Length, LongestSlop + 4)];
        for (var slop = 0; slop + 4 <= start.Length; slop++)
        {
            if (Ascii.EqualsIgnoreCase(start.Slice(slop, 4), "HTTP"u8))
            {
                AddVersionAndStatus(line[slop..], output);
                return;
            }
        }

        Write(line, output);
    }

    /// <param name="line">Without its end; never empty.</param>
    /// <param name="output">Gets the line as an HTTP client takes it, or nothing.</param>
    public void AddField(ReadOnlySpan<byte> line, List<byte> output)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            // It belongs to the line before it: https://www.rfc-editor.org/rfc/rfc9112#section-5.2
            if (!_isSkipped)
                Write(line, output);
            return;
        }

        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? [] : line[..colon].TrimEnd(" \t"u8);
        var value = colon < 0 ? [] : line[(colon + 1)..].Trim(" \t"u8);
        _isSkipped = name.IsEmpty || name.ContainsAnyExcept(Token) || IsUselessLength(name, value);
        if (_isSkipped)
            return;
        var end = value[^Math.Min(value.Length, Chunked.Length)..];
        IsChunked |= Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8) && Ascii.EqualsIgnoreCase(end, Chunked);
        output.AddRange(name);
        output.AddRange(": "u8);
        Write(value, output);
    }

    private void AddVersionAndStatus(ReadOnlySpan<byte> line, List<byte> output)
    {
        var space = line.IndexOf((byte)' ');
        var rest = space < 0 ? [] : line[space..].TrimStart((byte)' ');
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? rest.Length : digits;
        if (digits != 3)
        {
            Write(line, output);
            return;
        }

        Status = int.Parse(rest[..3], CultureInfo.InvariantCulture);
        var isOld = Ascii.EqualsIgnoreCase(line[..space], "HTTP/1.0"u8);
        output.AddRange(isOld ? "HTTP/1.0 "u8 : "HTTP/1.1 "u8);
        output.AddRange(rest[..3]);
        output.Add((byte)' ');
        Write(rest[3..].Trim((byte)' '), output);
    }

    /// <summary>Without it the body ends where the connection does.</summary>
    private static bool IsUselessLength(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(name, "Content-Length"u8)
        && (value.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !long.TryParse(value, CultureInfo.InvariantCulture, out _));

    private static void Write(ReadOnlySpan<byte> line, List<byte> output)
    {
        foreach (var b in line)
        {
            // Browsers strip zeros; a client would give up.
            if (b != 0)
                output.Add(b);
        }

        output.AddRange(LineEnd);
    }
}
