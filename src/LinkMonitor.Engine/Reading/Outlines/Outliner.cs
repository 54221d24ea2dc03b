using System.Buffers;
using LinkMonitor.Engine.Reading.Tokens;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading.Outlines;

/// <summary>
/// Makes the outline of a source without a tree and without strings. The tree is made of tags, of their attributes and of where text stands
/// that is more than white space; all of that is in the outline as it is written, in the order of the source. So the same outline means the
/// same tree, whatever rules build it, as long as both sources are taken apart alike. What decides on that is watched: where SVG and MathML
/// begin and end, and what is raw text. Where that cannot be told without a tree there is no outline.
/// </summary>
internal sealed class Outliner : IDisposable
{
    private static readonly SearchValues<char> DigitsAndReferences = SearchValues.Create("0123456789&");

    private readonly Tokenizer _tokenizer;
    private readonly OutlineHash _mark = new();
    private readonly OutlineHash _numbers = new();
    private readonly List<(int Start, int End)> _open = [];
    private readonly SeenNames<TagKind> _tags = new(OutlineNames.Kind);
    private readonly SeenNames<AttributeKind> _attributes = new(OutlineNames.OfAttribute);
    private bool _isInLink;
    private int _foreignAt = -1;
    private bool _isLeaf, _isJson, _isExact, _isUnread;

    private Outliner(ReadOnlyMemory<char> source) => _tokenizer = new Tokenizer(source);

    private ReadOnlySpan<char> Source => _tokenizer.Source;

    private bool IsForeign => _foreignAt >= 0;

    private bool IsStrict => _isInLink || IsForeign;

    /// <param name="source">Its line ends normalised.</param>
    /// <param name="facts">What else the reading rests on.</param>
    /// <returns>Null when only a tree can tell how the page is built.</returns>
    public static PageOutline? Of(ReadOnlyMemory<char> source, IEnumerable<string> facts)
    {
        using var outliner = new Outliner(source);
        foreach (var fact in facts)
            outliner._mark.Add(fact);
        return outliner.Run() ? new PageOutline(outliner._mark.Take(), outliner._numbers.Take()) : null;
    }

    public void Dispose()
    {
        _mark.Dispose();
        _numbers.Dispose();
    }

    private bool Run()
    {
        while (true)
        {
            var kind = _tokenizer.Read();
            if (kind is TokenKind.EndOfFile)
                return !_tokenizer.IsTooMuch;
            if (!Add(kind))
                return false;
        }
    }

    private bool Add(TokenKind kind)
    {
        _mark.Add((char)kind);
        var token = Source[_tokenizer.Start.._tokenizer.End];
        switch (kind)
        {
            case TokenKind.StartTag:
                return !_isLeaf && AddStart(token);
            case TokenKind.EndTag:
                _mark.AddName(token);
                return !IsStrict || AddEnd(token);
            case TokenKind.Text:
                AddText(token);
                return true;
            case TokenKind.Doctype:
                _mark.Add(token);
                return true;
            default:
                if (ServerDirective.OfComment(token) is { } directive)
                    _mark.Add(directive);

                // A section of CDATA is text in SVG, and a comment elsewhere.
                return !_isLeaf && !token.StartsWith("[CDATA[");
        }
    }

    private bool AddStart(ReadOnlySpan<char> name)
    {
        _mark.AddName(name);
        _mark.Add(_tokenizer.IsSelfClosing ? '/' : '>');
        var kind = _tags.Of(Source, _tokenizer.Start, _tokenizer.End);
        AddAttributes(kind);
        return IsForeign ? StartForeign(name) : Start(name, kind);
    }

    private bool StartForeign(ReadOnlySpan<char> name)
    {
        if (OutlineNames.EndsForeign(name))
            return false;
        if (_tokenizer.IsSelfClosing)
            return true;
        _isLeaf = OutlineNames.IsForeignLeaf(name);
        Push();
        return true;
    }

    private bool Start(ReadOnlySpan<char> name, TagKind kind)
    {
        switch (kind)
        {
            case TagKind.Unusual:
            case TagKind.Boundary when _isInLink:
            case TagKind.Link when _open.Count > 0:
                return false;
            case TagKind.Link:
                _isInLink = true;
                return true;
            case TagKind.Foreign when _tokenizer.IsSelfClosing:
                return true;
            case TagKind.Foreign:
                _foreignAt = _open.Count;
                Push();
                return true;
            case TagKind.Script:
                _tokenizer.ReadRaw(TextKind.Script, "script");
                break;
            case TagKind.Style or TagKind.RawText:
                _tokenizer.ReadRaw(TextKind.Raw, AsciiCase.Lower(name));
                break;
            case TagKind.Escapable:
                _tokenizer.ReadRaw(TextKind.Escapable, AsciiCase.Lower(name));
                break;
        }

        _isUnread = kind is TagKind.Script or TagKind.Style;
        _isExact = kind is TagKind.RawText or TagKind.Escapable;
        if (_isInLink && !OutlineNames.IsVoid(name))
            Push();
        return true;
    }

    private void Push() => _open.Add((_tokenizer.Start, _tokenizer.End));

    /// <summary>
    /// In a link, and in SVG and MathML, each tag must end the one that began last: then all of them end where they seem to.
    /// </summary>
    private bool AddEnd(ReadOnlySpan<char> name)
    {
        if (_open.Count == 0)
        {
            _isInLink = false;
            return AsciiCase.AreEqual(name, "a");
        }

        var (start, end) = _open[^1];
        if (!AsciiCase.AreEqual(name, Source[start..end]))
            return false;
        _open.RemoveAt(_open.Count - 1);
        _isLeaf = false;
        if (_open.Count == _foreignAt)
            _foreignAt = -1;
        return true;
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        if (_tokenizer.TextKind is TextKind.Script)
            AddScript(text);
        else if (_tokenizer.TextKind is TextKind.Raw && _isUnread)
            _mark.Add('-');
        else if (IsStrict || (_isExact && _tokenizer.TextKind is not TextKind.None))
            _mark.Add(text);
        else
            AddFolded(text);
    }

    private void AddScript(ReadOnlySpan<char> text)
    {
        var signs = _isJson
            ? (LinkedData.NamesArticle(text) ? 1 : 0) | (LinkedData.IsPaid(text) ? 2 : 0)
            : (ScriptText.Moves(text) ? 1 : 0) | (ScriptText.SetsCookieAndReloads(text) ? 2 : 0);
        _mark.Add((char)('0' + signs));
    }

    private void AddFolded(ReadOnlySpan<char> text)
    {
        _mark.AddLength(text.Length);
        for (var next = text.IndexOfAny(DigitsAndReferences); next >= 0; next = text.IndexOfAny(DigitsAndReferences))
        {
            _mark.AddPart(text[..next]);
            var c = text[next];
            text = text[(next + 1)..];
            if (c != '&')
            {
                _mark.Add('0');
                _numbers.Add(c);
                continue;
            }

            // The digits of a reference are no digits.
            var end = 0;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '#' or ';'))
                end++;
            _mark.Add('&');
            _mark.AddPart(text[..end]);
            text = text[end..];
        }

        _mark.AddPart(text);
    }

    private void AddAttributes(TagKind kind)
    {
        var source = Source;
        _isJson = false;
        foreach (var attribute in _tokenizer.Attributes)
        {
            var name = attribute.Name(source);
            var value = attribute.Value(source);
            var part = kind is TagKind.Link or TagKind.Formatting
                ? AttributeKind.Value : _attributes.Of(source, attribute.NameStart, attribute.NameEnd);
            if (part is AttributeKind.None || (part is AttributeKind.Value && IsIgnored(kind, name)))
                continue;
            var isShort = value.Length <= ReadingLimits.LongestAttribute;
            _mark.Add(isShort ? '=' : '#');
            _mark.AddName(name);
            if (part is AttributeKind.Value)
                _mark.Add(value);
            _isJson |= kind is TagKind.Script && isShort && AsciiCase.AreEqual(name, "type") && IsJson(value);
        }

        _mark.Add('.');
    }

    private static bool IsJson(ReadOnlySpan<char> value) =>
        CharacterReferences.Read(value, isAttribute: true).Contains("json", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// What a meta element says counts by its name, and where a link element leads by its relation. A reference may hide either.
    /// </summary>
    private bool IsIgnored(TagKind kind, ReadOnlySpan<char> name) => kind switch
    {
        TagKind.Meta => AsciiCase.AreEqual(name, "content") && !Speaks(),
        TagKind.Relation => AsciiCase.AreEqual(name, "href") && !Leads(),
        _ => false,
    };

    private bool Speaks()
    {
        foreach (var attribute in _tokenizer.Attributes)
        {
            var name = attribute.Name(Source);
            if (AsciiCase.AreEqual(name, "http-equiv"))
                return true;
            if ((AsciiCase.AreEqual(name, "name") || AsciiCase.AreEqual(name, "property")) && Matters(attribute.Value(Source)))
                return true;
        }

        return false;
    }

    private static bool Matters(ReadOnlySpan<char> name) =>
        name.Contains('&')
            || name.Contains("bot", StringComparison.OrdinalIgnoreCase)
            || name.Contains("og:type", StringComparison.Ordinal);

    private bool Leads()
    {
        foreach (var attribute in _tokenizer.Attributes)
        {
            if (!AsciiCase.AreEqual(attribute.Name(Source), "rel"))
                continue;
            var value = attribute.Value(Source);
            return value.Contains('&') || value.Contains("canonical", StringComparison.OrdinalIgnoreCase)
                || value.Contains("next", StringComparison.OrdinalIgnoreCase)
                || value.Contains("alternate", StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }
}
