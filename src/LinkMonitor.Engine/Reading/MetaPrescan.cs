using System.Text;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Finds the encoding that a page's first bytes declare in a <c>meta</c> element.
/// Source: https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding, with two changes that
/// Chromium makes: a meta in a script or style is none, and the whole head is checked.
/// </summary>
internal ref struct MetaPrescan
{
    /// <summary>What browsers read in any case, in bytes. Chromium reads on until the head ends.</summary>
    public const int Length = 1024;

    private static readonly string[] HeadNames =
        [
            "html", "head", "script", "noscript", "style", "link", "meta", "object", "title", "base", "/script", "/noscript", "/style",
            "/object", "/title",
        ];

    private static readonly string[] RawTextNames = ["script", "style", "title", "textarea"];

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private bool _isInHead = true;

    private MetaPrescan(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private readonly bool AtEnd => _position >= _bytes.Length;

    private readonly ReadOnlySpan<byte> Rest => _bytes[Math.Min(_position, _bytes.Length)..];

    /// <summary>
    /// The name of the declared encoding, or null. <c>utf-16</c> is read as UTF-8 and <c>x-user-defined</c> as windows-1252.
    /// </summary>
    public static string? Find(ReadOnlySpan<byte> bytes) => new MetaPrescan(bytes).Run();

    private string? Run()
    {
        while (!AtEnd && (_isInHead || _position < Length))
        {
            if (Rest.StartsWith("<!--"u8))
                SkipPast("-->"u8, overlap: 2);
            else if (IsMetaStart())
            {
                if (ReadMeta() is { } name)
                    return name;
            }
            else if (IsTagStart())
                SkipTag();
            else if (Rest is [(byte)'<', (byte)'!' or (byte)'/' or (byte)'?', ..])
                SkipPast(">"u8, overlap: 0);
            else
                _position++;
        }

        return null;
    }

    private readonly bool IsMetaStart() =>
        Rest.Length > 5 && Ascii.EqualsIgnoreCase(Rest[..5], "<meta"u8) && (IsSpace(Rest[5]) || Rest[5] == '/');

    private readonly bool IsTagStart()
    {
        if (Rest is not [(byte)'<', ..])
            return false;
        var letter = Rest is [_, (byte)'/', ..] ? 2 : 1;
        return Rest.Length > letter && char.IsAsciiLetter((char)Rest[letter]);
    }

    /// <summary>To the end of the marker, or of the input. The dashes of a comment's start may be those of its end.</summary>
    private void SkipPast(ReadOnlySpan<byte> marker, int overlap)
    {
        var from = _position + overlap;
        var found = from < _bytes.Length ? _bytes[from..].IndexOf(marker) : -1;
        _position = found < 0 ? _bytes.Length : from + found + marker.Length;
    }

    private void SkipTag()
    {
        var start = _position + 1;
        _position += 2;
        while (!AtEnd && !IsSpace(_bytes[_position]) && _bytes[_position] is not ((byte)'>' or (byte)'/'))
            _position++;
        var name = Lower(_bytes[start.._position]);
        while (ReadAttribute(isKept: false, out _, out _))
        {
        }

        _position++;
        _isInHead &= HeadNames.Contains(name);
        if (RawTextNames.Contains(name))
            SkipRawText(Encoding.Latin1.GetBytes($"</{name}"));
    }

    private void SkipRawText(ReadOnlySpan<byte> end)
    {
        while (!AtEnd)
        {
            SkipPast("<"u8, overlap: 0);
            _position--;
            if (Rest.Length >= end.Length && Ascii.EqualsIgnoreCase(Rest[..end.Length], end))
                return;
            _position++;
        }
    }

    private string? ReadMeta()
    {
        _position += 6;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var gotPragma = false;
        bool? needPragma = null;
        string? charset = null;
        while (ReadAttribute(isKept: true, out var name, out var value))
        {
            if (!seen.Add(name))
                continue;
            if (name == "http-equiv")
                gotPragma |= value == "content-type";
            else if (name == "content" && charset is null && CharsetParameter.InMetaContent(value) is { } found)
                (charset, needPragma) = (found, true);
            else if (name == "charset")
                (charset, needPragma) = (EncodingLabels.NameOf(value), false);
        }

        _position++;
        return needPragma is null || (needPragma.Value && !gotPragma) ? null : ForMeta(charset);
    }

    private static string? ForMeta(string? name) => name switch
    {
        "utf-16le" or "utf-16be" => "utf-8",
        "x-user-defined" => "windows-1252",
        _ => name,
    };

    /// <summary>
    /// The standard's "get an attribute", with names and values in lower case. False at the end of the tag, or of the input.
    /// </summary>
    /// <param name="isKept">Whether anybody wants to know it: most tags are only skipped.</param>
    private bool ReadAttribute(bool isKept, out string name, out string value)
    {
        (name, value) = ("", "");
        while (!AtEnd && (IsSpace(_bytes[_position]) || _bytes[_position] == '/'))
            _position++;
        if (AtEnd || _bytes[_position] == '>')
            return false;

        var start = _position++;
        while (!AtEnd && !IsSpace(_bytes[_position]) && _bytes[_position] is not ((byte)'/' or (byte)'>' or (byte)'='))
            _position++;
        name = isKept ? Lower(_bytes[start.._position]) : "";
        SkipSpaces();
        if (AtEnd || _bytes[_position] != '=')
            return !AtEnd;

        _position++;
        SkipSpaces();
        return !AtEnd && ReadValue(isKept, out value);
    }

    private bool ReadValue(bool isKept, out string value)
    {
        value = "";
        if (_bytes[_position] is (byte)'"' or (byte)'\'')
        {
            var length = _bytes[(_position + 1)..].IndexOf(_bytes[_position]);
            if (length < 0)
            {
                _position = _bytes.Length;
                return false;
            }

            value = isKept ? Lower(_bytes.Slice(_position + 1, length)) : "";
            _position += length + 2;
            return true;
        }

        var start = _position;
        while (!AtEnd && !IsSpace(_bytes[_position]) && _bytes[_position] != '>')
            _position++;
        value = isKept ? Lower(_bytes[start.._position]) : "";
        return !AtEnd;
    }

    private void SkipSpaces()
    {
        while (!AtEnd && IsSpace(_bytes[_position]))
            _position++;
    }

    private static string Lower(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes).ToLowerInvariant();

    private static bool IsSpace(byte b) => b is (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' or (byte)' ';
}
