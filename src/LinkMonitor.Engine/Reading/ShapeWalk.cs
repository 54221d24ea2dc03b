using System.Buffers;
using System.Text.RegularExpressions;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>Gathers the <see cref="PageShape"/> while a page is walked through.</summary>
internal sealed class ShapeWalk : IDisposable
{
    // Shorter blocks are captions, buttons and menu entries.
    private const int ShortestProse = 80;

    // What a part shows while it loads: a spinner's name, a few dots.
    private const int LongestPlaceholder = 40;

    private const int MostProseParts = 1_000;

    private const char Ellipsis = '…';

    private readonly FoldedText _main = new();
    private readonly FoldedText _proseText = new();
    private readonly List<ReadOnlyMemory<char>> _blockText = [];
    private readonly List<ProsePart> _proseParts = [];
    private readonly List<PageElement> _aside = [];
    private readonly List<PageElement> _articles = [];
    private readonly List<(PageElement Element, int MainLength, string Name)> _lazy = [];
    private readonly UnfilledWalk _unfilled = new();
    private readonly FormShapes _forms = new();
    private readonly StandInWalk _standIns = new();
    private int _articleText;
    private int _commentLength;
    private bool _hasArticleHeading, _hasMain;
    private int _prose, _proseBlocks, _articleProse, _unlinked;
    private int _block, _blockLinked;
    private bool _isCalledArticle, _hasMove, _hasReload;
    private string? _lazyPart, _emptyPart, _paywall;
    private int _scripts, _ellipses;
    private PageElement? _blockParent;
    private bool _isLastEllipsis;
    private char _lastLetter;

    /// <summary>How long <see cref="PageShape.MainText"/> is so far.</summary>
    public int MainLength => _main.Length;

    public PageShape Shape(bool isCut, bool isGarbled) => new()
    {
        MainText = _main.ToString(),
        ProseText = _proseText.ToString(),
        ProseLength = _prose,
        ProseBlocks = _proseBlocks,
        ProseParts = _proseParts,
        ArticleProse = _articleProse,
        HasHeadedArticle = _hasArticleHeading && _articleText >= ShortestProse,
        HasMain = _hasMain,
        UnlinkedLength = _unlinked,
        IsCalledArticle = _isCalledArticle,
        AsksQuestion = _forms.AsksQuestion,
        AsksForLetters = _forms.AsksForLetters,
        EndsInAddressForm = _forms.EndsInAddressForm,
        LooseButtons = _forms.LooseButtons,
        LazyPart = _lazyPart,
        EmptyPart = _emptyPart,
        CommentLength = _commentLength,
        Unfilled = _unfilled.Found,
        Paywall = _paywall,
        BreaksOff = _isLastEllipsis && _ellipses == 1,
        HasScriptMove = _hasMove,
        HasScriptReload = _hasReload,
        Scripts = _scripts,
        StandIns = _standIns.Found,
        IsCut = isCut,
        IsGarbled = isGarbled,
    };

    public void Dispose()
    {
        _main.Dispose();
        _proseText.Dispose();
    }

    /// <param name="from">How long the page's text was before it.</param>
    /// <param name="to">How long it is with it.</param>
    /// <param name="marks">What the names of its parent say.</param>
    public void AddText(PageText node, NameMarks.Marks marks, Placement placement, bool isLinked, int from, int to)
    {
        var part = node.Data;
        if (!isLinked && !part.Span.IsWhiteSpace())
            _standIns.AddText(node.Parent, marks, from);
        if (placement is Placement.Comments)
            _commentLength += to - from;
        if (IsContent(placement))
            _unfilled.AddText(part.Span, placement, from, to);
        if (!IsMain(placement))
            return;
        var text = part.Span;
        var before = _main.Length;
        _main.Append(text);
        var weight = TextWeight.Of(text, _main.Length - before);
        _block += weight;
        if (_blockText.Count == 0)
            _blockParent = node.Parent;
        _blockText.Add(part);
        var said = text.TrimEnd();
        if (said is [.., var last])
            _lastLetter = said.EndsWith("...") ? Ellipsis : last;
        if (isLinked)
            _blockLinked += weight;
        else
            _unlinked += weight;
    }

    /// <param name="parent">The element that holds the text.</param>
    public void AddScript(PageElement parent, ReadOnlySpan<char> text)
    {
        if (!parent.Is("script"))
            return;
        _scripts++;
        if (parent.GetAttribute("type") is { } type && type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            _isCalledArticle |= LinkedData.NamesArticle(text);
            if (LinkedData.IsPaid(text))
                _paywall ??= "isAccessibleForFree";
            return;
        }

        _hasMove |= ScriptText.Moves(text);
        _hasReload |= ScriptText.SetsCookieAndReloads(text);
    }

    /// <param name="tag">The element's name; empty outside HTML.</param>
    /// <param name="names">What its names say.</param>
    /// <param name="isInLink">It stands in a link.</param>
    /// <param name="textLength">How long the page's text is so far.</param>
    public void Enter(PageElement element, string tag, NameMarks.Marks names, Placement placement, bool isInLink, int textLength)
    {
        var role = element.GetAttribute("role");
        if (tag is not "template")
            _standIns.Enter(element, names, role, isInLink, textLength);
        if (tag is "dialog" || role is "dialog" or "alertdialog" || names.IsConsentPart)
            _aside.Add(element);
        if (tag is "article")
            _articles.Add(element);
        _hasArticleHeading |= tag is "h1" or "h2" && _articles.Count > 0;
        _hasMain |= tag is "main" || role is "main";
        if (tag is "script" && element.HasAttribute("src"))
            _scripts++;
        if (tag is "meta")
            AddMeta(element);
        _isCalledArticle |= names.IsEntry || ShapeMarks.IsEntry(element);
        _paywall ??= names.Paywall;
        var lazy = ShapeMarks.Lazy(element);
        if (lazy is not null)
            AddLazy(element, tag, lazy);
        if (IsContent(placement))
            _unfilled.Enter(element, tag, lazy, placement, textLength);
        if (IsMain(placement))
            _forms.Enter(element, tag);
    }

    /// <param name="textLength">How long the page's text is so far.</param>
    public void AddDirective(PageDirective directive, int textLength) => _standIns.Add(directive, textLength);

    /// <param name="textLength">How long the page's text is so far.</param>
    public void Leave(PageElement element, Placement placement, int textLength)
    {
        _standIns.Leave(element, textLength);
        if (IsContent(placement))
            _unfilled.Leave(element, placement, textLength);
        if (_aside is [.., var last] && ReferenceEquals(last, element))
            _aside.RemoveAt(_aside.Count - 1);
        if (_articles is [.., var article] && ReferenceEquals(article, element))
            _articles.RemoveAt(_articles.Count - 1);
        if (_lazy is [.., var lazy] && ReferenceEquals(lazy.Element, element))
        {
            _lazy.RemoveAt(_lazy.Count - 1);
            if (_main.Length - lazy.MainLength <= LongestPlaceholder)
                _lazyPart ??= lazy.Name;
        }

        _forms.Leave(element);
        if (_emptyPart is null && IsMain(placement) && IsEmptyPart(element))
            _emptyPart = NameOf(element);
    }

    /// <summary>Ends a block of text.</summary>
    public void Break()
    {
        _main.Break();
        if (_block >= ShortestProse && _blockLinked * 2 < _block)
        {
            _prose += _block;
            _forms.GoOn();
            foreach (var part in _blockText)
                _proseText.Append(part.Span);
            _proseText.Break();
            _proseBlocks++;
            if (_proseParts.Count < MostProseParts && _blockParent is not null)
                _proseParts.Add(new ProsePart(_blockParent, _block));
            _isLastEllipsis = _lastLetter == Ellipsis;
            _ellipses += _isLastEllipsis ? 1 : 0;
            if (_articles.Count > 0)
                _articleProse += _block;
        }

        if (_articles.Count > 0 && _blockLinked * 2 < _block)
            _articleText += _block;

        (_block, _blockLinked) = (0, 0);
        _blockText.Clear();
    }

    // Menus and heads have no links that people agreed on.
    private static bool IsContent(Placement placement) => placement is not (Placement.Nav or Placement.Header);

    private bool IsMain(Placement placement) => placement is Placement.Main && _aside.Count == 0;

    private void AddLazy(PageElement element, string tag, string name)
    {
        // A template is never shown, so there is nothing to wait for.
        if (tag is "template")
            _lazyPart ??= name;
        else if (!element.Is("html") && !element.Is("body"))
            _lazy.Add((element, _main.Length, name));
    }

    // https://ogp.me/#type_article
    private void AddMeta(PageElement element)
    {
        var property = element.GetAttribute("property") ?? element.GetAttribute("name") ?? "";
        _isCalledArticle |= (property == "og:type" && element.GetAttribute("content") == "article")
            || property.StartsWith("article:published", StringComparison.Ordinal);
    }

    internal static bool IsEmptyPart(PageElement element)
    {
        var isPlace = element.Name is "div" or "main" or "section" or "article" || element.Name.Contains('-', StringComparison.Ordinal);
        var isNamed = element.Name.Contains('-', StringComparison.Ordinal)
            || element.HasAttribute("id")
            || element.HasAttribute("class");
        return isPlace && isNamed && ShellRoots.IsEmpty(element);
    }

    internal static string NameOf(PageElement element) => element switch
    {
        _ when element.Name.Contains('-', StringComparison.Ordinal) => element.Name,
        _ when element.GetAttribute("id") is { Length: > 0 } id => $"#{id}",
        _ => $".{element.GetAttribute("class")}",
    };
}

/// <summary>
/// Finds the parts of a page that came without content: an element that a framework marks as one that is filled later, or that names what
/// fills it, or that is empty; and a script that stands in the middle of the content, which writes itself there.
/// </summary>
internal sealed class UnfilledWalk
{
    private const int Most = 200;

    /// <summary>What a part shows while it loads, or when that failed: a few words, in characters.</summary>
    public const int LongestPlaceholder = 80;

    private const int LongestName = 60;

    private readonly List<UnfilledPart> _found = [];
    private readonly List<(PageElement Element, string Name, int TextAt)> _open = [];

    public IReadOnlyList<UnfilledPart> Found => _found;

    /// <param name="lazy">What <see cref="ShapeMarks.Lazy"/> says of it.</param>
    /// <inheritdoc cref="ShapeWalk.Enter"/>
    public void Enter(PageElement element, string tag, string? lazy, Placement placement, int textLength)
    {
        if (tag is "script")
        {
            if (element.GetAttribute("src") is { Length: > 0 } source)
                AddInContent(element, PathOf(source), placement, textLength, isFaint: false);
            else if (OwnData(element) is { } data)
                AddInContent(element, $"script {data}", placement, textLength, isFaint: true);
        }
        else if (tag is "template")
            AddInContent(element, $"template {element.GetAttribute("id")}", placement, textLength, isFaint: true);
        else if (tag is "iframe" && element.GetAttribute("src") is ['/', not '/', ..] frame)
            AddInContent(element, $"iframe {PathOf(frame)}", placement, textLength, isFaint: true);
        else if (tag is not ("html" or "body" or "head" or "noscript")
            && (lazy ?? Filler(element) ?? Offer(element, placement)) is { } name)
            _open.Add((element, Cut(name), textLength));
        else if (tag is "noscript")
            _open.Add((element, tag, textLength));
    }

    private void AddInContent(PageElement element, string name, Placement placement, int textLength, bool isFaint)
    {
        if (IsInContent(element) && _found.Count < Most)
            _found.Add(new(Cut(name), placement, textLength, 0) { IsFaint = isFaint });
    }

    /// <inheritdoc cref="ShapeWalk.Leave"/>
    public void Leave(PageElement element, Placement placement, int textLength)
    {
        if (_open is [.., var last] && ReferenceEquals(last.Element, element))
        {
            _open.RemoveAt(_open.Count - 1);
            var (length, isNoscript) = (textLength - last.TextAt, element.Is("noscript"));
            // Pictures that come late have a noscript of their own, without text.
            if (length <= LongestPlaceholder && _found.Count < Most && !(isNoscript && length == 0))
                _found.Add(new(last.Name, placement, last.TextAt, length) { IsFaint = isNoscript });
        }
        else if (_found.Count < Most && Empty(element) is var (name, isFaint))
            _found.Add(new(Cut(name), placement, textLength, 0) { IsFaint = isFaint });
    }

    private static (string Name, bool IsFaint)? Empty(PageElement element)
    {
        if (!IsPlace(element) || !IsEmpty(element) || IsBlank(element))
            return null;
        if (ShapeWalk.IsEmptyPart(element))
            return (ShapeWalk.NameOf(element), false);
        if (element.Name is "div" or "section" && OwnData(element) is { } data)
            return (data, false);
        return (NameOfList(element) ?? OwnScript(element)) is { } name ? (name, true) : null;
    }

    /// <summary>What a list or a table is called; null for one without a name, and for anything else.</summary>
    internal static string? NameOfList(PageElement element) =>
        element.Name is "ul" or "ol" or "dl" or "table" && (element.HasAttribute("id") || element.HasAttribute("class"))
            ? Cut($"{element.Name}{ShapeWalk.NameOf(element)}") : null;

    private static bool IsPlace(PageElement element) =>
        element.Name is "div" or "section" or "article" or "main" or "aside" or "footer" or "ul" or "ol" or "dl" or "table"
            || element.Name.Contains('-', StringComparison.Ordinal);

    // Of a table without rows its empty parts are left.
    private static bool IsEmpty(PageElement element)
    {
        if (!element.Is("table"))
            return ShellRoots.IsEmpty(element);
        for (var child = element.FirstChild; child is not null; child = child.Next)
        {
            if (child is PageElement part ? !(part.Name is "tbody" or "colgroup" && ShellRoots.IsEmpty(part))
                : child is not PageText text || !text.Data.Span.IsWhiteSpace())
                return false;
        }

        return true;
    }

    // What keeps other things apart is to stay empty. Class names of WordPress, Elementor, WPBakery, Divi, Bulma, Bootstrap and their like;
    // https://www.w3.org/TR/wai-aria-1.2/#separator
    private static bool IsBlank(PageElement element) => element.GetAttribute("role") is "separator"
        || (element.GetAttribute("class") is { } names
            && names.Split(Between, StringSplitOptions.RemoveEmptyEntries).Any(word => BlankWords.Contains(word.ToLowerInvariant())));

    private static readonly char[] Between = [' ', '\t', '\n', '\r', '\f', '-', '_'];
    private static readonly string[] BlankWords = ["spacer", "space", "separator", "divider", "clear", "clearfix", "gap"];

    /// <summary>A line of a template that a script is to fill: with double braces, as Vue, Angular and Handlebars have.</summary>
    /// <inheritdoc cref="ShapeWalk.AddText"/>
    public void AddText(ReadOnlySpan<char> text, Placement placement, int from, int to)
    {
        if (to - from <= LongestPlaceholder && _found.Count < Most
            && text.IndexOf("{{") is >= 0 and var open && text[open..].Contains("}}", StringComparison.Ordinal))
            _found.Add(new("{{ }}", placement, from, to - from));
    }

    // An attribute of a container that names where its content is: data-src, data-url, data-feed-url, hx-get; or what fetches it, x-init.
    // On images, frames and media they say where the picture is, and on links and forms what a click does.
    // "Busy": https://www.w3.org/TR/wai-aria-1.2/#aria-busy
    private static string? Filler(PageElement element)
    {
        if (element.Name is not ("div" or "section" or "ul" or "ol" or "article" or "aside" or "main" or "button" or "p" or "span")
            && !element.Name.Contains('-', StringComparison.Ordinal))
            return null;
        foreach (ref readonly var attribute in element.Attributes.AsSpan())
        {
            // Most have a class or an id only.
            var name = attribute.Name;
            if (name is not ['a' or 'd' or 'h' or 'x', .., _])
                continue;
            if (name is "aria-busy" && attribute.Value is "true")
                return name;
            if (name is "hx-get" or "data-hx-get" or "x-init"
                || (name.StartsWith("data-", StringComparison.Ordinal)
                    && (name.EndsWith("src", StringComparison.Ordinal) || name.EndsWith("url", StringComparison.Ordinal)
                        || name.EndsWith("-url-value", StringComparison.Ordinal))))
                return name;
        }

        return null;
    }

    // What shows the comments when it is pressed; a form's button sends one.
    private static string? Offer(PageElement element, Placement placement) =>
        placement is Placement.Comments && element.Is("button") && !IsInForm(element) ? "button" : null;

    private static string? OwnData(PageElement element) =>
        Array.Find(element.Attributes, static attribute => attribute.Name.StartsWith("data-", StringComparison.Ordinal)).Name;

    // Frameworks name their own attributes with a colon: q:container, wire:id.
    private static string? OwnScript(PageElement element) => OwnData(element)
        ?? Array.Find(element.Attributes, static attribute => attribute.Name.Contains(':', StringComparison.Ordinal)).Name;

    internal static bool IsInForm(PageElement element)
    {
        for (var up = element.Parent; up is not null; up = up.Parent)
            if (up.Is("form"))
                return true;
        return false;
    }

    // Scripts at the end of the body or in the head belong to the page; one within a part of it writes what is to stand there.
    private static bool IsInContent(PageElement script) =>
        script.Parent is PageElement { IsHtml: true } parent && parent.Name is not ("head" or "body" or "html" or "main");

    private static string PathOf(string source) =>
        source.IndexOfAny(['?', '#']) is >= 0 and var end ? source[..end] : source;

    private static string Cut(string name)
    {
        var letters = string.Concat(name.Where(c => !char.IsAsciiDigit(c)));
        return letters.Length <= LongestName ? letters : letters[..LongestName];
    }
}

/// <summary>
/// Looks for two things in the source of a script that is not run: that it leaves for another address, and that it sets a cookie and loads
/// the page again. Ordinary pages have such scripts, too, behind conditions, so either counts on a page without content only.
/// </summary>
internal static partial class ScriptText
{
    // What comes later belongs to a library.
    private const int Longest = 20_000;

    // What must be there before the patterns are worth trying: most scripts have none of it.
    private static readonly SearchValues<string> OfMove = SearchValues.Create(["location", "navigate", "submit"], StringComparison.Ordinal);

    public static bool Moves(ReadOnlySpan<char> script) =>
        Beginning(script).ContainsAny(OfMove) && Move().IsMatch(Beginning(script));

    public static bool SetsCookieAndReloads(ReadOnlySpan<char> script)
    {
        var text = Beginning(script);
        return text.Contains("cookie", StringComparison.Ordinal) && Cookie().IsMatch(text)
            && (Reload().IsMatch(text) || Move().IsMatch(text));
    }

    private static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> script) => script.Length <= Longest ? script : script[..Longest];

    [GeneratedRegex(
        @"\blocation\s*(?:\.\s*href)?\s*=[^=]|\blocation\s*\.\s*(?:replace|assign)\s*\(|\bnavigate\s*\(|\.submit\s*\(\s*\)",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Move();

    [GeneratedRegex(@"\bdocument\s*\.\s*cookie\s*=[^=]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Cookie();

    [GeneratedRegex(
        @"\blocation\s*\.\s*reload\s*\(|\bhistory\s*\.\s*go\s*\(\s*0?\s*\)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Reload();
}

/// <summary>Two things that a page's JSON-LD says, found without reading all of it: it is often broken, and only these matter.</summary>
internal static partial class LinkedData
{
    /// <summary>One of schema.org's articles: https://schema.org/Article</summary>
    public static bool NamesArticle(ReadOnlySpan<char> json) => json.Contains("@type", StringComparison.Ordinal) && Type().IsMatch(json);

    /// <summary>https://developers.google.com/search/docs/appearance/structured-data/paywalled-content</summary>
    public static bool IsPaid(ReadOnlySpan<char> json) =>
        json.Contains("isAccessibleForFree", StringComparison.Ordinal) && Paid().IsMatch(json);

    [GeneratedRegex(
        "\"@type\"\\s*:\\s*\\[?\\s*\"(?:\\w*Article|\\w*Posting|Report|Recipe)\"",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Type();

    [GeneratedRegex("\"isAccessibleForFree\"\\s*:\\s*\"?(?:false|False)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Paid();
}
