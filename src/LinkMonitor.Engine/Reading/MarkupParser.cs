using System.Buffers;
using LinkMonitor.Engine.Reading.Tokens;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>Builds the tree of an HTML page as browsers do with scripting off. Fetches nothing and runs nothing.</summary>
internal sealed class MarkupParser
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&\0");

    private readonly PageSource _source;
    private readonly Tokenizer _tokenizer;
    private readonly TreeBuilder _builder;
    private readonly ReadingBudget _budget;
    private readonly NameTable _names = new();

    private MarkupParser(PageSource source, ReadingBudget budget)
    {
        source.NormalizeLineEnds();
        _source = source;
        _budget = budget;
        _tokenizer = new Tokenizer(source.Memory);
        _builder = new TreeBuilder(_tokenizer, budget);
    }

    /// <summary>The document; not all of it when the budget is exceeded.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PageElement Parse(string html, ReadingBudget budget, CancellationToken cancellationToken) =>
        Parse(PageSource.Of(html), budget, out _, cancellationToken);

    /// <inheritdoc cref="Parse(string, ReadingBudget, CancellationToken)"/>
    /// <param name="source">The tree's texts and attributes lie in it. Its line ends are normalised.</param>
    /// <param name="isCut">Whether the source ends inside an element that has to be closed.</param>
    public static PageElement Parse(PageSource source, ReadingBudget budget, out bool isCut, CancellationToken cancellationToken)
    {
        var parser = new MarkupParser(source, budget);
        for (var tokens = 0; !budget.IsExceeded && parser.ReadNext(); tokens++)
        {
            if ((tokens & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }

        isCut = parser._builder.IsCut;
        return parser._builder.Document;
    }

    private bool ReadNext()
    {
        _tokenizer.AllowsCData = _builder.IsForeign;
        var kind = _tokenizer.Read();
        switch (kind)
        {
            case TokenKind.StartTag:
                _builder.AddTag(new Tag(NameOf(_tokenizer.Start, _tokenizer.End), false, _tokenizer.IsSelfClosing, Attributes()));
                break;
            case TokenKind.EndTag:
                _builder.AddTag(new Tag(NameOf(_tokenizer.Start, _tokenizer.End), true, false, []));
                break;
            case TokenKind.Text:
                _builder.AddText(Text());
                break;
            case TokenKind.Doctype:
                _builder.AddDoctype(_tokenizer.IsQuirks);
                break;
            case TokenKind.Comment:
                _builder.AddComment(_tokenizer.Source[_tokenizer.Start.._tokenizer.End]);
                break;
            default:
                _builder.End();
                return false;
        }

        return true;
    }

    private PageAttribute[] Attributes()
    {
        var ranges = _tokenizer.Attributes;
        if (_tokenizer.IsTooMuch)
            _budget.AddTooManyAttributes();
        if (ranges.IsEmpty)
            return [];
        var attributes = new PageAttribute[ranges.Length];
        var count = 0;
        foreach (var range in ranges)
        {
            if (range.Length <= ReadingLimits.LongestAttribute)
                attributes[count++] = new PageAttribute(NameOf(range.NameStart, range.NameEnd), _source, range.Start, range.Length);
        }

        return count == attributes.Length ? attributes : attributes[..count];
    }

    /// <summary>
    /// The text of a token. A zero is nothing in HTML and U+FFFD everywhere else, as in Chromium:
    /// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody
    /// </summary>
    private ReadOnlyMemory<char> Text()
    {
        var text = _tokenizer.Source[_tokenizer.Start.._tokenizer.End];
        if (!text.ContainsAny(Special))
            return _source.Memory.Slice(_tokenizer.Start, text.Length);
        var kind = _tokenizer.TextKind;
        var read = kind is TextKind.None or TextKind.Escapable ? CharacterReferences.Read(text, isAttribute: false) : text.ToString();
        return read.Replace("\0", kind is TextKind.None && !_builder.IsForeign ? "" : "\uFFFD", StringComparison.Ordinal).AsMemory();
    }

    private string NameOf(int start, int end) => _names.Of(_source.Characters[start..end]);
}

/// <summary>The names of one page, each as one string, in lower case: a page has few.</summary>
internal sealed class NameTable
{
    private const int Longest = 64;

    private readonly Dictionary<string, string> _names = [];

    public string Of(ReadOnlySpan<char> name)
    {
        if (name.Length > Longest)
            return Normal(name);
        var lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out var known))
            return known;
        var normal = Normal(name);
        lookup[name] = normal;
        return normal;
    }

    private static string Normal(ReadOnlySpan<char> name) => AsciiCase.Lower(name).Replace('\0', '\uFFFD');
}
