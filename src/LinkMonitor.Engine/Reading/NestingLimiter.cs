using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Stands between AngleSharp's tokenizer and its tree builder and keeps hostile pages from costing more than their length. The builder walks the stack of
/// open elements for most tags, re-opens formatting elements in every block, and appends to text nodes by copying: each is quadratic without a limit.
/// A tag nested deeper than <see cref="MaxDepth"/> is left out, its content stays, as in browsers; past the other limits the page is given up.
/// </summary>
internal sealed class NestingLimiter(CancellationToken cancellationToken)
{
    /// <summary>The depth at which Chromium and WebKit stop nesting elements, too.</summary>
    public const int MaxDepth = 512;

    /// <summary>The largest pages known to us, single-page standards, have some 400,000 elements.</summary>
    public const int MaxElements = 1_200_000;

    /// <summary>Elements before a table that were written inside it; each costs a search among the ones before it.</summary>
    public const int MaxFostered = 50_000;

    // Unclosed formatting elements, which every later block repeats. Real pages have a handful; without the rest nothing is lost but bold print.
    private const int MaxFormatting = 32;

    // An open a replaces the one before it, except in SVG.
    private const int MaxAnchorsBeyondDepth = 16;

    private const int MaxRoots = 16;

    // Characters copied while text is appended to text: two seconds or so.
    private const long MaxCopied = 4_000_000_000;

    private readonly OpenTags _open = new();
    private readonly Dictionary<string, int> _leftOut = [];
    private readonly Dictionary<string, string> _names = [];
    private int _tokens;
    private int _elements;
    private int _fostered;
    private int _roots;
    private long _textRun;
    private long _fosteredText;
    private long _copied;

    /// <summary>True when the page was given up, and what was read of it is not the page.</summary>
    public bool IsExceeded { get; private set; }

    public TokenConsumptionResult Consume(ref StructHtmlToken token, TokenConsumer next)
    {
        if ((++_tokens & 0xFFF) == 0)
            cancellationToken.ThrowIfCancellationRequested();

        var isPassed = token.Type switch
        {
            HtmlTokenType.StartTag => Start(NameOf(ref token), token.IsSelfClosing),
            HtmlTokenType.EndTag => End(NameOf(ref token)),
            HtmlTokenType.Character => Text(token.Data.Length),
            _ => true,
        };
        IsExceeded = _elements > MaxElements || _fostered > MaxFostered || _copied > MaxCopied;
        if (IsExceeded)
            return TokenConsumptionResult.Stop;

        if (isPassed)
            next(ref token);
        return TokenConsumptionResult.Continue;
    }

    private bool Start(string name, bool isSelfClosing)
    {
        var kind = StartClassOf(name);
        if (kind is TagClass.Root)
            return ++_roots <= MaxRoots;

        _open.MakeRoom(name, kind);
        var isFostered = _open.IsFostering && kind is not TagClass.TablePart;
        if (kind is TagClass.Inline or TagClass.Formatting or TagClass.Anchor or TagClass.Void)
            _elements += _open.Reconstruct();
        if (IsTooDeep(kind))
        {
            _leftOut[name] = _leftOut.GetValueOrDefault(name) + 1;
            return false;
        }

        _elements++;
        _textRun = 0;
        if (isFostered)
            _fostered++;
        if (kind is not (TagClass.Void or TagClass.RawText) && !(isSelfClosing && _open.IsForeign))
            _open.Push(name, kind);
        return true;
    }

    /// <summary>Inside SVG and MathML only the tags that end them mean what they do in HTML, and none of them opens raw text.</summary>
    private TagClass StartClassOf(string name)
    {
        if (!_open.IsForeign)
            return TagClasses.Of(name);
        if (TagClasses.EndsForeign(name))
        {
            _open.LeaveForeign();
            return TagClasses.Of(name);
        }

        return TagClasses.IsIntegrationPoint(name) ? TagClass.Scope : TagClass.Inline;
    }

    private bool IsTooDeep(TagClass kind) => kind switch
    {
        // The tokenizer must hear of raw text, or it would read a script as markup.
        TagClass.Void or TagClass.RawText => false,
        TagClass.Anchor => _open.Depth >= MaxDepth + MaxAnchorsBeyondDepth,
        TagClass.Formatting => _open.Depth >= MaxDepth || _open.Formatting >= MaxFormatting,
        _ => _open.Depth >= MaxDepth,
    };

    private bool End(string name)
    {
        if (_leftOut.TryGetValue(name, out var count) && count > 0)
        {
            _leftOut[name] = count - 1;
            return false;
        }

        // The builder searches all that is open before it ignores an end tag; the model knows the names.
        var (kind, wasOpen, wasForeign) = (TagClasses.Of(name), _open.IsOpen(name), _open.IsForeign);
        var isClosed = _open.Close(name, kind);
        return isClosed || !(wasForeign || (!wasOpen && IsIgnoredWhenNotOpen(name, kind)));
    }

    // </p> and </br> make elements, a heading's end tag closes any heading, and a link is not to be risked.
    private static bool IsIgnoredWhenNotOpen(string name, TagClass kind) =>
        kind is TagClass.Inline or TagClass.Formatting || (kind is TagClass.Block && name is not ("p" or ['h', >= '1' and <= '6']));

    private bool Text(int length)
    {
        if (_open.IsFostering)
        {
            _fosteredText += length;
            _copied += _fosteredText;
            return true;
        }

        _elements += _open.Reconstruct();
        _textRun += length;
        _copied += _textRun;
        return true;
    }

    private string NameOf(ref StructHtmlToken token)
    {
        var lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        var span = token.Name.Memory.Span;
        if (lookup.TryGetValue(span, out var name))
            return name;
        name = span.ToString();
        _names[name] = name;
        return name;
    }
}
