using System.Buffers;

namespace LinkMonitor.Engine.Reading.Tokens;

/// <summary>
/// Takes the source of an HTML page apart, by https://html.spec.whatwg.org/multipage/parsing.html#tokenization. It makes no strings: a
/// token is where it stands in the source, so that whoever needs only a few of them pays for those only. One pass, in time linear in the
/// source.
/// </summary>
/// <param name="text">The source, its line ends normalised (<see cref="LineEnds"/>). It must not change meanwhile.</param>
internal sealed partial class Tokenizer(ReadOnlyMemory<char> text)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("\t\n\f />");
    private static readonly SearchValues<char> AttributeNameEnds = SearchValues.Create("\t\n\f />=");
    private static readonly SearchValues<char> UnquotedEnds = SearchValues.Create("\t\n\f >");
    private static readonly SearchValues<char> Blanks = SearchValues.Create("\t\n\f ");

    private readonly AttributeList _attributes = new();
    private TextKind _raw;
    private string _rawName = "";

    /// <summary>Where the next token begins.</summary>
    public int Position { get; private set; }

    /// <summary>Where the name of a tag, a text or the inside of a document type begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    /// <summary>Of a start tag.</summary>
    public bool IsSelfClosing { get; private set; }

    /// <summary>Of a text: how its references and zeros are to be read.</summary>
    public TextKind TextKind { get; private set; }

    /// <summary>Of a document type: whether it makes the page one of old browsers.</summary>
    public bool IsQuirks { get; private set; }

    /// <summary>Whether CDATA sections are sections here: in SVG and MathML.</summary>
    public bool AllowsCData { get; set; }

    /// <summary>Of a start tag: its attributes, each name once, the first of a name.</summary>
    public ReadOnlySpan<AttributeRange> Attributes => _attributes.All;

    /// <summary>Whether a tag has had more attributes than <see cref="AttributeList.Most"/>: what follows is not to be relied on.</summary>
    public bool IsTooMuch => _attributes.IsFull;

    /// <summary>The source.</summary>
    public ReadOnlySpan<char> Source => text.Span;

    /// <summary>What the tree wants to follow a start tag: its content is text up to the end tag of the same name.</summary>
    /// <param name="name">The name of the tag that was just read, in lower case.</param>
    public void ReadRaw(TextKind kind, string name) => (_raw, _rawName) = (kind, name);

    /// <summary>Reads the next token.</summary>
    public TokenKind Read()
    {
        var source = text.Span;
        if (_raw is not TextKind.None && ReadRawText(source))
            return TokenKind.Text;
        var start = Position;
        while (true)
        {
            var next = Position < source.Length ? source[Position..].IndexOf('<') : -1;
            if (next < 0)
            {
                Position = source.Length;
                return start < source.Length ? TextFrom(start, source.Length, TextKind.None) : TokenKind.EndOfFile;
            }

            var at = Position + next;
            if (!IsMarkup(source, at))
            {
                Position = at + 1;
                continue;
            }

            if (at > start)
            {
                Position = at;
                return TextFrom(start, at, TextKind.None);
            }

            if (ReadMarkup(source, at) is { } kind)
                return kind;
            start = Position;
        }
    }

    private TokenKind TextFrom(int start, int end, TextKind kind)
    {
        (Start, End, TextKind) = (start, end, kind);
        return TokenKind.Text;
    }

    private static bool IsMarkup(ReadOnlySpan<char> source, int at)
    {
        if (at + 1 >= source.Length)
            return false;
        var c = source[at + 1];
        return char.IsAsciiLetter(c) || c is '!' or '?' || (c == '/' && at + 2 < source.Length);
    }

    /// <returns>Null for what gives no token.</returns>
    private TokenKind? ReadMarkup(ReadOnlySpan<char> source, int at)
    {
        var c = source[at + 1];
        if (c == '!')
            return ReadDeclaration(source, at + 2);
        if (c == '?')
            return ReadBogusComment(source, at + 1);
        if (c != '/')
            return ReadTag(source, at + 1, isEnd: false);
        if (char.IsAsciiLetter(source[at + 2]))
            return ReadTag(source, at + 2, isEnd: true);
        if (source[at + 2] != '>')
            return ReadBogusComment(source, at + 2);
        Position = at + 3;
        return null;
    }

    private TokenKind ReadTag(ReadOnlySpan<char> source, int start, bool isEnd)
    {
        var length = source[start..].IndexOfAny(NameEnds);
        var end = length < 0 ? source.Length : start + length;
        _attributes.Clear();
        IsSelfClosing = false;
        Position = end;
        if (!ReadAttributes(source))
        {
            Position = source.Length;
            return TokenKind.EndOfFile;
        }

        (Start, End) = (start, end);
        return isEnd ? TokenKind.EndTag : TokenKind.StartTag;
    }

    /// <summary>From behind the name to behind the tag.</summary>
    /// <returns>False when the source ends within the tag: then there is none.</returns>
    private bool ReadAttributes(ReadOnlySpan<char> source)
    {
        while (true)
        {
            SkipBlanks(source);
            if (Position >= source.Length)
                return false;
            var c = source[Position];
            if (c == '>')
            {
                Position++;
                return true;
            }

            if (c == '/')
            {
                Position++;
                IsSelfClosing = Position < source.Length && source[Position] == '>';
                continue;
            }

            if (!ReadAttribute(source))
                return false;
        }
    }

    private bool ReadAttribute(ReadOnlySpan<char> source)
    {
        // An equals sign in front belongs to the name.
        var start = Position;
        var length = start + 1 < source.Length ? source[(start + 1)..].IndexOfAny(AttributeNameEnds) : -1;
        if (length < 0)
            return false;
        var end = start + 1 + length;
        Position = end;
        SkipBlanks(source);
        if (Position >= source.Length)
            return false;
        if (source[Position] != '=')
        {
            _attributes.Add(source, new AttributeRange(start, end, end, end));
            return true;
        }

        Position++;
        SkipBlanks(source);
        if (Position >= source.Length)
            return false;
        var quote = source[Position];
        var isQuoted = quote is '"' or '\'';
        var from = isQuoted ? Position + 1 : Position;
        var size = isQuoted ? source[from..].IndexOf(quote) : source[from..].IndexOfAny(UnquotedEnds);
        if (size < 0)
            return false;
        _attributes.Add(source, new AttributeRange(start, end, from, from + size));
        Position = from + size + (isQuoted ? 1 : 0);
        return true;
    }

    private void SkipBlanks(ReadOnlySpan<char> source)
    {
        while (Position < source.Length && source[Position] is ' ' or '\n' or '\t' or '\f')
            Position++;
    }

    private TokenKind ReadDeclaration(ReadOnlySpan<char> source, int at)
    {
        var rest = source[at..];
        if (rest.StartsWith("--"))
            return ReadComment(source, at + 2);
        if (rest.StartsWith("doctype", StringComparison.OrdinalIgnoreCase))
            return ReadDoctype(source, at + "doctype".Length);
        if (!AllowsCData || !rest.StartsWith("[CDATA["))
            return ReadBogusComment(source, at);
        var start = at + "[CDATA[".Length;
        var length = source[start..].IndexOf("]]>");
        var end = length < 0 ? source.Length : start + length;
        Position = length < 0 ? end : end + 3;
        return TextFrom(start, end, TextKind.CData);
    }

    private TokenKind ReadBogusComment(ReadOnlySpan<char> source, int at)
    {
        var length = source[at..].IndexOf('>');
        Position = length < 0 ? source.Length : at + length + 1;
        (Start, End) = (at, length < 0 ? source.Length : at + length);
        return TokenKind.Comment;
    }

    private TokenKind ReadComment(ReadOnlySpan<char> source, int start)
    {
        (Start, End, Position) = (start, source.Length, source.Length);
        var rest = source[start..];
        if (rest.StartsWith(">") || rest.StartsWith("->"))
        {
            End = start;
            Position = start + (rest[0] == '>' ? 1 : 2);
            return TokenKind.Comment;
        }

        for (var at = start; at < source.Length;)
        {
            var dashes = source[at..].IndexOf("--");
            if (dashes < 0)
                break;
            var behind = at + dashes + 2;
            while (behind < source.Length && source[behind] == '-')
                behind++;
            var tail = source[behind..];
            if (tail.StartsWith(">") || tail.StartsWith("!>"))
            {
                End = behind - 2;
                Position = behind + (tail[0] == '>' ? 1 : 2);
                break;
            }

            at = behind;
        }

        return TokenKind.Comment;
    }

    private TokenKind ReadDoctype(ReadOnlySpan<char> source, int start)
    {
        var (end, isQuirks) = Doctype.Read(source, start);
        (Start, End, Position, IsQuirks) = (start, end, Math.Min(end + 1, source.Length), isQuirks);
        return TokenKind.Doctype;
    }
}
