using System.Text;
using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>Builds the tree of an HTML page as browsers do with scripting off. Fetches nothing and runs nothing.</summary>
internal sealed class MarkupParser
{
    private readonly HtmlTokenizer _tokenizer;
    private readonly TreeBuilder _builder;
    private readonly Dictionary<string, string> _names = [];
    private readonly List<PageAttribute> _attributes = [];

    private MarkupParser(HtmlTokenizer tokenizer, ReadingBudget budget)
    {
        _tokenizer = tokenizer;
        _builder = new TreeBuilder(tokenizer, budget);
    }

    /// <summary>The document; not all of it when the budget is exceeded.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PageElement Parse(string html, ReadingBudget budget, CancellationToken cancellationToken) =>
        Parse(html, budget, out _, cancellationToken);

    /// <inheritdoc cref="Parse(string, ReadingBudget, CancellationToken)"/>
    /// <param name="isCut">Whether the source ends inside an element that has to be closed.</param>
    public static PageElement Parse(string html, ReadingBudget budget, out bool isCut, CancellationToken cancellationToken)
    {
        var source = new TextSource(CharacterReferences.WithoutOverflow(html));
        using var tokenizer = new HtmlTokenizer(source, CharacterReferences.Names) { SkipComments = true };
        var parser = new MarkupParser(tokenizer, budget);
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
        ref var token = ref _tokenizer.GetStructToken();
        switch (token.Type)
        {
            case HtmlTokenType.StartTag or HtmlTokenType.EndTag:
                _builder.AddTag(ToTag(ref token));
                break;
            case HtmlTokenType.Character:
                _builder.AddText(token.Data.ToString());
                break;
            case HtmlTokenType.Doctype:
                _builder.AddDoctype(token.IsFullQuirks);
                break;
            case HtmlTokenType.EndOfFile:
                _builder.End();
                return false;
            default:
                _builder.AddComment();
                break;
        }

        _tokenizer.IsAcceptingCharacterData = _builder.IsForeign;
        return true;
    }

    private Tag ToTag(ref StructHtmlToken token)
    {
        var isEnd = token.Type is HtmlTokenType.EndTag;
        return new Tag(NameOf(token.Name.Memory.Span), isEnd, token.IsSelfClosing, isEnd ? [] : AttributesOf(ref token));
    }

    private PageAttribute[] AttributesOf(ref StructHtmlToken token)
    {
        var attributes = token.Attributes;
        if (attributes.Count == 0)
            return [];
        _attributes.Clear();
        for (var i = 0; i < attributes.Count; i++)
            _attributes.Add(new PageAttribute(NameOf(attributes[i].Name.Memory.Span), attributes[i].Value.ToString()));
        return [.. _attributes];
    }

    /// <summary>One string per name: a page has few.</summary>
    private string NameOf(ReadOnlySpan<char> span)
    {
        var lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(span, out var name))
            _names[name = span.ToString()] = name;
        return name;
    }
}

/// <summary>
/// Mends what AngleSharp's tokenizer makes of two kinds of character references that browsers read otherwise:
/// https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
/// </summary>
internal sealed class CharacterReferences : IEntityProviderExtended
{
    private const string NoCharacter = "&#xFFFD;";

    // What fits into them is a number that the tokenizer does not overflow at.
    private const int MostDigits = 9;
    private const int MostHexDigits = 7;

    /// <summary>The names of HTML.</summary>
    public static CharacterReferences Names { get; } = new();

    // An ampersand and a semicolon are just that; the tokenizer would lose the semicolon.
    public string? GetSymbol(StringOrMemory name) =>
        name.Memory.Span is ";" ? "&;" : HtmlEntityProvider.ResolverExtended.GetSymbol(name);

    /// <summary>
    /// The page with numbers that are no character's written as one that is: the tokenizer counts in 32 bits, so that they would wrap round
    /// to a character. The text of <c>xmp</c>, <c>plaintext</c> and CDATA, where nothing is a reference, is repaired with it; such numbers
    /// do not occur there.
    /// </summary>
    public static string WithoutOverflow(string html)
    {
        StringBuilder? mended = null;
        var copied = 0;
        for (var at = html.IndexOf("&#", StringComparison.Ordinal); at >= 0; at = html.IndexOf("&#", at + 2, StringComparison.Ordinal))
        {
            if (EndOfOverflow(html, at + 2) is not { } end)
                continue;
            (mended ??= new StringBuilder(html.Length)).Append(html, copied, at - copied).Append(NoCharacter);
            copied = end;
        }

        return mended is null ? html : mended.Append(html, copied, html.Length - copied).ToString();
    }

    /// <summary>Where the number ends, its semicolon included; null when it is small enough.</summary>
    private static int? EndOfOverflow(string html, int start)
    {
        var isHex = start < html.Length && html[start] is 'x' or 'X';
        var first = isHex ? start + 1 : start;
        while (first < html.Length && html[first] == '0')
            first++;
        var end = first;
        while (end < html.Length && (isHex ? char.IsAsciiHexDigit(html[end]) : char.IsAsciiDigit(html[end])))
            end++;
        if (end - first <= (isHex ? MostHexDigits : MostDigits))
            return null;
        return end < html.Length && html[end] == ';' ? end + 1 : end;
    }
}
