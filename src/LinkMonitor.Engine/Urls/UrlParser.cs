using System.Buffers;
using System.Text;

namespace LinkMonitor.Engine.Urls;

/// <summary>
/// The basic URL parser (https://url.spec.whatwg.org/#concept-basic-url-parser), written with one method for each group of states instead
/// of a loop over characters. Every method takes what is left of the input and returns false when the URL is not valid.
/// </summary>
internal sealed class UrlParser
{
    private readonly WebUrl? _base;
    private readonly Encoding? _queryEncoding;
    private readonly UrlRecord _url = new();

    private UrlParser(WebUrl? baseUrl, Encoding? queryEncoding)
    {
        _base = baseUrl;
        _queryEncoding = queryEncoding;
    }

    public static UrlRecord? Parse(string input, WebUrl? baseUrl, Encoding? queryEncoding)
    {
        var parser = new UrlParser(baseUrl, queryEncoding);
        return parser.Start(InputCleaning.Clean(input)) ? parser._url : null;
    }

    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetter(text[0])) return -1;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ':') return i;
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '-' or '.')) return -1;
        }

        return -1;
    }

    private bool Start(ReadOnlySpan<char> text)
    {
        var length = SchemeLength(text);
        if (length < 0) return WithoutScheme(text);

        _url.Scheme = text[..length].ToString().ToLowerInvariant();
        return AfterScheme(text[(length + 1)..]);
    }

    private bool WithoutScheme(ReadOnlySpan<char> text)
    {
        if (_base is null) return false;

        _url.Scheme = _base.Scheme;
        if (!_base.HasOpaquePath) return _url.IsFile ? File(text, _base) : Relative(text, _base);
        if (!text.StartsWith('#')) return false;

        _url.OpaquePath = _base.Path;
        _url.Query = _base.Query;
        return Fragment(text);
    }

    private bool AfterScheme(ReadOnlySpan<char> rest)
    {
        var sameScheme = _base?.Scheme == _url.Scheme ? _base : null;
        if (_url.IsFile) return File(rest, sameScheme);
        if (_url.IsSpecial)
        {
            if (sameScheme is not null && !rest.StartsWith("//")) return Relative(rest, sameScheme);
            return Authority(rest.TrimStart("/\\"));
        }

        if (rest.StartsWith("//")) return Authority(rest[2..]);
        return rest.StartsWith('/') ? Path(rest[1..]) : OpaquePath(rest);
    }

    private bool Relative(ReadOnlySpan<char> rest, WebUrl from)
    {
        if (!rest.IsEmpty && _url.IsSlash(rest[0])) return RelativeSlash(rest[1..], from);

        _url.CopyAuthority(from);
        _url.CopyPathAndQuery(from);
        return AfterCopiedPath(rest, keepsDirectory: true);
    }

    private bool RelativeSlash(ReadOnlySpan<char> rest, WebUrl from)
    {
        if (!rest.IsEmpty && _url.IsSlash(rest[0])) return Authority(_url.IsSpecial ? rest.TrimStart("/\\") : rest[1..]);

        _url.CopyAuthority(from);
        return Path(rest);
    }

    /// <param name="rest">What follows the scheme.</param>
    /// <param name="keepsDirectory">Whether the directory of the base stays; a drive letter in the input takes its place.</param>
    private bool AfterCopiedPath(ReadOnlySpan<char> rest, bool keepsDirectory)
    {
        if (rest.IsEmpty) return true;
        if (rest[0] == '?') return Query(rest);
        if (rest[0] == '#') return Fragment(rest);

        _url.Query = null;
        if (keepsDirectory) _url.ShortenPath();
        else _url.Segments.Clear();
        return Path(rest);
    }

    private bool Authority(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(_url.IsSpecial ? "/?#\\" : "/?#");
        if (end < 0) end = rest.Length;
        return AuthorityParser.TryParse(rest[..end], _url) && PathStart(rest[end..]);
    }

    private bool File(ReadOnlySpan<char> rest, WebUrl? from)
    {
        _url.Host = "";
        if (!rest.IsEmpty && _url.IsSlash(rest[0])) return FileSlash(rest[1..], from);
        if (from is null) return Path(rest);

        _url.Host = from.Host;
        _url.CopyPathAndQuery(from);
        return AfterCopiedPath(rest, keepsDirectory: !WindowsDriveLetter.Starts(rest));
    }

    private bool FileSlash(ReadOnlySpan<char> rest, WebUrl? from)
    {
        if (!rest.IsEmpty && _url.IsSlash(rest[0])) return FileHost(rest[1..]);
        if (from is null) return Path(rest);

        _url.Host = from.Host;
        if (!WindowsDriveLetter.Starts(rest) && UrlRecord.SegmentsOf(from) is [var drive, ..] && WindowsDriveLetter.IsNormalized(drive))
            _url.Segments.Add(drive);
        return Path(rest);
    }

    private bool FileHost(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny("/\\?#");
        if (end < 0) end = rest.Length;
        if (WindowsDriveLetter.Is(rest[..end])) return Path(rest);
        if (end == 0) return PathStart(rest);

        _url.Host = HostParser.Parse(rest[..end], isSpecial: true);
        if (_url.Host == "localhost") _url.Host = "";
        return _url.Host is not null && PathStart(rest[end..]);
    }

    private bool PathStart(ReadOnlySpan<char> rest)
    {
        if (!rest.IsEmpty && _url.IsSlash(rest[0])) return Path(rest[1..]);
        if (_url.IsSpecial) return Path(rest);
        return AfterPath(rest);
    }

    private bool Path(ReadOnlySpan<char> rest) => AfterPath(PathParser.ReadSegments(rest, _url));

    private bool OpaquePath(ReadOnlySpan<char> rest) => AfterPath(PathParser.ReadOpaque(rest, _url));

    private bool AfterPath(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty) return true;
        return rest[0] == '?' ? Query(rest) : Fragment(rest);
    }

    private bool Query(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('#');
        var query = end < 0 ? rest[1..] : rest[1..end];
        var set = _url.IsSpecial ? PercentEncodeSet.SpecialQuery : PercentEncodeSet.Query;
        var encoding = _url.IsSpecial && !SpecialSchemes.IsWebSocket(_url.Scheme) ? _queryEncoding : null;
        _url.Query = LegacyQueryEncoder.Encode(query, encoding, set);
        return end < 0 || Fragment(rest[end..]);
    }

    private bool Fragment(ReadOnlySpan<char> rest)
    {
        _url.Fragment = PercentEncodeSet.Fragment.Encode(rest[1..]);
        return true;
    }
}

/// <summary>What the basic URL parser drops before it starts: controls and spaces at both ends, tabs and newlines anywhere.</summary>
internal static class InputCleaning
{
    private static readonly SearchValues<char> TabOrNewline = SearchValues.Create("\t\n\r");

    public static ReadOnlySpan<char> Clean(string input)
    {
        var start = 0;
        var end = input.Length;
        while (start < end && input[start] <= ' ') start++;
        while (end > start && input[end - 1] <= ' ') end--;

        var text = input.AsSpan(start, end - start);
        return text.ContainsAny(TabOrNewline) ? WithoutTabsAndNewlines(text) : text;
    }

    private static char[] WithoutTabsAndNewlines(ReadOnlySpan<char> text)
    {
        var kept = new char[text.Length];
        var count = 0;
        foreach (var c in text)
            if (c is not ('\t' or '\n' or '\r')) kept[count++] = c;

        return kept[..count];
    }
}
