using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkMonitor.Engine.Fetching.Results;

/// <summary>Makes one media type of several: https://fetch.spec.whatwg.org/#concept-header-extract-mime-type</summary>
internal static class ContentTypeFields
{
    private const string Charset = "charset";

    /// <summary>
    /// The last media type counts. One that repeats the type before it without a charset keeps that one's. Null without any field.
    /// </summary>
    public static string? Join(IEnumerable<string> fields)
    {
        string[] all = [.. fields];
        string[] types = [.. all.SelectMany(Split).Where(IsMediaType)];
        if (types.Length <= 1)
            return all.Length <= 1 ? all.FirstOrDefault() : types.FirstOrDefault() ?? all[^1];

        // The charset is carried along, not written into each type in turn.
        var (essence, charset, isOwn) = (Essence(types[0]), CharsetPart(types[0]), true);
        foreach (var type in types.Skip(1))
        {
            var (next, own) = (Essence(type), CharsetPart(type));
            (charset, isOwn) = own is null && next == essence ? (charset, false) : (own, true);
            essence = next;
        }

        return isOwn || charset is null ? types[^1] : $"{types[^1]};{charset}";
    }

    /// <summary>At commas outside quotes.</summary>
    private static IEnumerable<string> Split(string field)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && isQuoted)
                i++;
            else if (field[i] == '"')
                isQuoted = !isQuoted;
            else if (field[i] == ',' && !isQuoted)
            {
                yield return field[start..i].Trim();
                start = i + 1;
            }
        }

        yield return field[start..].Trim();
    }

    private static string Essence(string type) => type.Split(';')[0].Trim().ToLowerInvariant();

    private static bool IsMediaType(string type) => Essence(type).Split('/') is [{ Length: > 0 } main, { Length: > 0 }] && main != "*";

    private static string? CharsetPart(string type) => type.Split(';').Skip(1)
        .FirstOrDefault(part => part.TrimStart().StartsWith(Charset + "=", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What a site gave us to ask with, later, whether a page has changed: exactly as received.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc9110#section-8.8</remarks>
public sealed partial record PageValidators
{
    /// <summary>A longer value is as good as none, in characters.</summary>
    public const int Longest = 1_024;

    // A page that was written in the same minute may have been written again: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>The ETag, strong or weak; null for none.</summary>
    public string? EntityTag { get; init; }

    /// <summary>The Last-Modified; null for none.</summary>
    public string? LastModified { get; init; }

    /// <summary>Null when an answer has nothing of the kind that can be relied on.</summary>
    internal static PageValidators? Of(ResponseHeaders headers)
    {
        var (tag, modified) = (TagOf(headers), ModifiedOf(headers));
        return tag is null && modified is null ? null : new PageValidators { EntityTag = tag, LastModified = modified };
    }

    /// <summary>Whether a "not modified" names another version than the one that was asked about.</summary>
    internal bool IsContradictedBy(ResponseHeaders headers) =>
        EntityTag is not null && headers.Values("ETag").Any(tag => Opaque(tag.Trim()) != Opaque(EntityTag));

    // Anything but the form of the standard might mean something else when it is sent back; "*" would even mean "any page".
    private static string? TagOf(ResponseHeaders headers) =>
        Only(headers, "ETag") is { } tag && EntityTagForm().IsMatch(tag) ? tag : null;

    private static string? ModifiedOf(ResponseHeaders headers) =>
        Only(headers, "Last-Modified") is { } text && TryReadDate(text, out var modified)
            && Only(headers, "Date") is { } date && TryReadDate(date, out var answered) && modified + Settling <= answered
            ? text
            : null;

    private static string? Only(ResponseHeaders headers, string name)
    {
        string[] values = [.. headers.Values(name)];
        return values is [{ Length: <= Longest } only] ? only : null;
    }

    private static bool TryReadDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    [GeneratedRegex("^(W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"\\z", RegexOptions.NonBacktracking)]
    private static partial Regex EntityTagForm();
}

/// <summary>The header fields of an answer; a repeated name keeps every value, in the order received.</summary>
public sealed class ResponseHeaders(IEnumerable<KeyValuePair<string, string>> fields)
{
    private readonly KeyValuePair<string, string>[] _fields = [.. fields];

    public static ResponseHeaders Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>All values of a field, compared without case; empty when absent.</summary>
    public IEnumerable<string> Values(string name) =>
        _fields.Where(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    /// <summary>What the Content-Type fields say together, as browsers read them; null when there is none.</summary>
    public string? ContentType => ContentTypeFields.Join(Values("Content-Type"));

    /// <summary>The first value of a field, or null.</summary>
    public string? First(string name) => Values(name).FirstOrDefault();
}

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
