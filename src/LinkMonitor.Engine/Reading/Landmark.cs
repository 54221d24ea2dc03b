using System.Collections.Frozen;
using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Tells the part of a page from an element: its ARIA role, its tag, or the class names and ids that site builders use for want of them.
/// Source: https://www.w3.org/TR/html-aam-1.0/ (header and footer are landmarks only outside sectioning content).
/// </summary>
internal static class Landmark
{
    private static readonly FrozenDictionary<string, Placement> Roles = new Dictionary<string, Placement>
    {
        ["navigation"] = Placement.Nav,
        ["banner"] = Placement.Header,
        ["contentinfo"] = Placement.Footer,
        ["complementary"] = Placement.Aside,
        ["main"] = Placement.Main,
    }.ToFrozenDictionary();

    // Whole names only: "has-sidebar" or "no-footer" says something of a wrapper, not of the place.
    private static readonly FrozenDictionary<string, Placement> Names = new Dictionary<Placement, string>
    {
        [Placement.Comments] =
            "comments comment comments-area comment-list commentlist comments-list comment-body comment-content comment-respond respond " +
            "disqus disqus_thread fb-comments post-comments blog-comments user-comments commentarea",
        [Placement.Nav] =
            "nav navbar nav-menu navigation menu main-menu main-nav main-navigation primary-menu primary-navigation site-navigation "
                + "site-nav " +
            "top-menu mobile-menu footer-menu breadcrumb breadcrumbs pagination",
        [Placement.Aside] =
            "sidebar side-bar left-sidebar right-sidebar sidebar-left sidebar-right sidebar-primary primary-sidebar sidebar-secondary " +
            "secondary-sidebar widget widgets widget-area blogroll",
        [Placement.Footer] =
            "footer site-footer page-footer main-footer global-footer footer-wrapper footer-widgets footer-bottom footer-links footer-area "
                + "colophon",
        [Placement.Header] = "header site-header main-header global-header header-wrapper masthead topbar top-bar",
    }.SelectMany(pair => pair.Value.Split(' ').Select(name => KeyValuePair.Create(name, pair.Key))).ToFrozenDictionary();

    // What themes and page builders call the footer and the sidebar of the page beside these words, and the parts of them. A word that is
    // not here makes it the footer of something else: entry-footer, card-footer, modal-footer.
    private static readonly FrozenDictionary<string, Placement> Places = new Dictionary<string, Placement>
    {
        ["footer"] = Placement.Footer,
        ["sidebar"] = Placement.Aside,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> OfPage = Words(
        "site page main global web website app theme layout region master elementor location wp template part builder brxe ast fl et l c o "
            + "m t b wrapper outer bottom left right primary secondary style styles module");

    private static readonly FrozenSet<string> PartsOfPlace = Words(
        "inner outer wrapper wrap container content area main widget widgets links bottom top bar row column columns col cols section "
            + "copyright credits legal info primary secondary left right grid root module styles footer sidebar");

    private static readonly char[] Spaces = ['\t', '\n', '\f', '\r', ' '];

    /// <summary>Whether a header or footer inside this element belongs to it instead of to the page.</summary>
    public static bool IsSection(PageElement element) => element.Name is "article" or "aside" or "main" or "nav" or "section";

    /// <summary>The part that an element begins; null when it stays in its parent's.</summary>
    /// <param name="marks">What its names say.</param>
    /// <param name="isInSection">Whether an ancestor <see cref="IsSection"/>.</param>
    /// <param name="end">Looks for the end of the page that it is on.</param>
    /// <param name="isByName">Whether only a class name or an id says so.</param>
    public static Placement? Of(PageElement element, NameMarks.Marks marks, bool isInSection, PageEnd end, out bool isByName)
    {
        isByName = false;
        if (Role(element) is { } role)
            return role;
        var (tagged, named) = (ByTag(element.Name), ByName(element, marks));
        if (tagged is null && named is Placement.Aside && end.HoldsMost(element))
            named = null;
        if (tagged is null && named is null && !isInSection && marks.FooterOf is { } owner && end.IsAt(element, owner))
            named = Placement.Footer;
        isByName = named is Placement.Comments || (tagged is null && named is not null);
        if (named is Placement.Comments)
            return named;
        var place = tagged ?? named;
        return isInSection && place is Placement.Header or Placement.Footer ? null : place;
    }

    private static Placement? Role(PageElement element)
    {
        if (element.GetAttribute("role") is not { } roles)
            return null;
        var role = roles.Split(Spaces, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return role is not null && Roles.TryGetValue(role.ToLowerInvariant(), out var placement) ? placement : null;
    }

    private static Placement? ByTag(string tag) => tag switch
    {
        "nav" => Placement.Nav,
        "header" => Placement.Header,
        "footer" => Placement.Footer,
        "aside" => Placement.Aside,
        "main" => Placement.Main,
        _ => null,
    };

    private static Placement? ByName(PageElement element, NameMarks.Marks marks)
    {
        // Names on these tell of the whole page, or of the link itself.
        if (element.Name is "html" or "body" or "main" or "article" or "a" or "area" or "span")
            return IsComment(element, marks) ? Placement.Comments : null;
        return marks.Place;
    }

    /// <summary>The part of the page that one of the names tells; comments before all others.</summary>
    public static Placement? ByNames(string[] names)
    {
        Placement? found = null;
        foreach (var name in names)
        {
            if (Of(name) is not { } placement)
                continue;
            if (placement is Placement.Comments)
                return placement;
            found ??= placement;
        }

        return found;
    }

    /// <summary>
    /// What an element is the footer of by the words of its names, whatever these say, for example <c>fusion</c> or <c>card</c>: where it
    /// stands tells whether that is the page. Null when none calls it a footer.
    /// </summary>
    public static string? FooterOf(string[] names)
    {
        foreach (var name in names)
        {
            if (!name.Contains("footer", StringComparison.Ordinal))
                continue;
            var words = WordsOf(BlockOf(name));
            var at = Array.IndexOf(words, "footer");
            if (at > 0 && Array.TrueForAll(words[(at + 1)..], IsPart))
                return string.Join('-', words[..at]);
        }

        return null;
    }

    /// <summary>The names with a hyphen before each capital within a word, as far as there are any: siteFooter is site-footer.</summary>
    public static string Hyphenated(string names)
    {
        StringBuilder? written = null;
        var from = 0;
        for (var i = 1; i < names.Length; i++)
        {
            if (!char.IsAsciiLetterUpper(names[i]) || !char.IsAsciiLetterLower(names[i - 1]))
                continue;
            written = (written ?? new StringBuilder()).Append(names, from, i - from).Append('-');
            from = i;
        }

        return written?.Append(names, from, names.Length - from).ToString() ?? names;
    }

    private static Placement? Of(string name)
    {
        var block = BlockOf(name);
        return Names.TryGetValue(block, out var placement) ? placement : ByWords(block);
    }

    /// <summary>By the words of the name, so that no word counts that is only a part of another.</summary>
    private static Placement? ByWords(string block)
    {
        // Most names say nothing, and need not be taken apart.
        if (!block.Contains("footer", StringComparison.Ordinal) && !block.Contains("sidebar", StringComparison.Ordinal))
            return null;
        var words = WordsOf(block);
        var at = Array.FindIndex(words, Places.ContainsKey);
        var isPlace = at >= 0 && Array.TrueForAll(words[..at], OfPage.Contains) && Array.TrueForAll(words[(at + 1)..], IsPart);
        return isPlace ? Places[words[at]] : null;
    }

    private static string[] WordsOf(string block)
    {
        var end = block.IndexOf("--", StringComparison.Ordinal);
        return (end > 0 ? block[..end] : block).Split(['-', '_'], StringSplitOptions.RemoveEmptyEntries);
    }

    // A word with a digit is a number, or made by a program.
    private static bool IsPart(string word) => PartsOfPlace.Contains(word) || word.Any(char.IsAsciiDigit);

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet();

    /// <summary>
    /// The block that a BEM name belongs to, without the one-letter prefix for its layer: c-footer__links is a part of the footer. A
    /// modifier (--) says something of an element and not where it is. Sources: https://en.bem.info/methodology/naming-convention/
    /// https://csswizardry.com/2015/03/more-transparent-ui-code-with-namespaces/
    /// </summary>
    private static string BlockOf(string name)
    {
        var end = name.IndexOf("__", StringComparison.Ordinal);
        var block = end > 0 ? name[..end] : name;
        return block.Length > 2 && block[1] == '-' && block[0] is 'c' or 'o' or 'l' or 'm' or 'b' or 't' ? block[2..] : block;
    }

    // Each comment of a thread is an article of its own: https://html.spec.whatwg.org/multipage/sections.html#the-article-element
    private static bool IsComment(PageElement element, NameMarks.Marks marks) =>
        element.Name is "article"
            && Array.Exists(marks.Names, static name => Names.TryGetValue(name, out var placement) && placement is Placement.Comments);
}

/// <summary>
/// Whether an element that is called the footer of something stands where the footer of a page does: near the body, below nearly all of the
/// page's text, and with next to nothing below it. Themes put their own name before the word. And whether what is called a side column is
/// one.
/// </summary>
/// <remarks>For one page: what it may cost is counted over all of it.</remarks>
internal sealed class PageEnd
{
    // Below the body: two wrappers and a holder are common.
    private const int Deepest = 4;

    // A question for cookies, a button to go up; what is linked is a menu for small screens.
    private const int MostBelow = 400;

    private const int MostNodes = 50_000;

    // Less is what a column beside a page without much on it may have.
    private const int LeastOfMain = 500;

    private int _left = MostNodes;
    private int _leftOfMost = MostNodes;
    private int? _text;

    /// <summary>
    /// Whether two thirds of the page's text stand in an element: then it is no side column, whatever it is called. Blogger has its posts
    /// in a "widget", and themes name a wrapper for the columns in it.
    /// </summary>
    public bool HoldsMost(PageElement element)
    {
        var own = TextOf(element);
        if (own < LeastOfMain)
            return false;
        var root = element;
        for (var depth = 0; depth < MostNodes && root.Parent is { } parent && !root.Is("body"); depth++)
            root = parent;
        _text ??= TextOf(root);
        return _leftOfMost > 0 && own * 3 >= _text * 2;
    }

    // Without links, of which menus and lists of other texts consist.
    private int TextOf(PageNode root)
    {
        var length = 0;
        for (PageNode? node = root; node is not null && _leftOfMost > 0; _leftOfMost--)
        {
            if (node is PageText { Data.Span: var data } && data.Trim() is { Length: > 0 } text)
                length += TextWeight.Of(text, text.Length);
            node = node is PageElement element && IsUnread(element, isBelow: true) ? node.After(root) : node.Following(root);
        }

        return length;
    }

    /// <param name="owner">What it is the footer of, by its name.</param>
    public bool IsAt(PageElement element, string owner)
    {
        if (element.Name is not ("div" or "section" or "td" or "tr" or "table") && !element.Name.Contains('-', StringComparison.Ordinal))
            return false;
        var (above, aboveElsewhere, below, isBeside) = (0, 0, 0, false);
        var isOuter = element.Parent?.Is("body") == true;
        var up = element;
        for (var depth = 0; !up.Is("body"); depth++)
        {
            if (depth == Deepest || up.Parent is not { } parent || (depth > 0 && IsCalled(up, owner)))
                return false;
            for (var next = up.Next; next is not null; next = next.Next)
            {
                if ((!isOuter && IsFooter(next)) || Measure(next, isBelow: true) is not { } length || (below += length) > MostBelow)
                    return false;
            }

            var beside = 0;
            for (var before = up.Previous; before is not null; before = before.Previous)
                beside += Measure(before, isBelow: false) ?? 0;
            (above, aboveElsewhere) = isBeside ? (above, aboveElsewhere + beside) : (beside, 0);
            isBeside |= beside > 0;
            up = parent;
        }

        return above > aboveElsewhere && Measure(element, isBelow: true) is not null && _left > 0;
    }

    // A card's footer stands in the card.
    private static bool IsCalled(PageElement element, string owner) =>
        (element.GetAttribute("class") ?? "").ToLowerInvariant().Split(' ').Contains(owner);

    // The page's own stands below that of an article, but not beside it.
    private static bool IsFooter(PageNode node) => node is PageElement element
        && (element.Is("footer")
            || Landmark.ByNames($"{element.GetAttribute("id")} {element.GetAttribute("class")}".ToLowerInvariant().Split(' '))
                is Placement.Footer);

    /// <summary>
    /// How much text a node has, below the place in question only what is not linked; null for what no footer holds and nothing below one
    /// is: the page's heading, its main part, an article.
    /// </summary>
    private int? Measure(PageNode root, bool isBelow)
    {
        var length = 0;
        PageNode? node = root;
        while (node is not null)
        {
            if (--_left <= 0)
                return isBelow ? null : length;
            if (node is PageText text)
                length += text.Data.Span.Trim().Length;
            else if (isBelow && node is PageElement { IsHtml: true, Name: "main" or "article" or "h1" })
                return null;
            node = node is PageElement element && IsUnread(element, isBelow) ? node.After(root) : node.Following(root);
        }

        return length;
    }

    private static bool IsUnread(PageElement element, bool isBelow) =>
        element.Name is "script" or "style" or "template" or "noscript" or "svg" or "iframe" || (isBelow && element.Name is "a");
}
