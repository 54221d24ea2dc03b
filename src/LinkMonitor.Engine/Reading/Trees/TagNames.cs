using System.Collections.Frozen;

namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>The sets of names that the rules of tree construction speak of.</summary>
internal static class TagNames
{
    /// <summary>
    /// https://html.spec.whatwg.org/multipage/parsing.html#special, the names of HTML; without search, which Chromium leaves out.
    /// </summary>
    public static readonly FrozenSet<string> Special = Set(
        "address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details dir div "
            + "dl dt embed " +
        "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li "
            + "link listing " +
        "main marquee menu meta nav noembed noframes noscript object ol p param plaintext pre script section select source style summary " +
        "table tbody td template textarea tfoot th thead title tr track ul wbr xmp");

    /// <summary>Start tags that close an open p, and whose end tags close them from afar.</summary>
    public static readonly FrozenSet<string> Blocks = Set(
        "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main menu nav "
            + "ol p " +
        "search section summary ul");

    public static readonly FrozenSet<string> Headings = Set("h1 h2 h3 h4 h5 h6");

    public static readonly FrozenSet<string> Formatting = Set("a b big code em font i nobr s small strike strong tt u");

    /// <summary>Elements whose end tags may be left out.</summary>
    public static readonly FrozenSet<string> ImpliedEnds = Set("dd dt li optgroup option p rb rp rt rtc");

    public static readonly FrozenSet<string> ThoroughlyImpliedEnds =
        Set("dd dt li optgroup option p rb rp rt rtc caption colgroup tbody td tfoot th thead tr");

    /// <summary>Where the search for an element "in scope" ends.</summary>
    public static readonly FrozenSet<string> Scope = Set("applet caption html table td th marquee object select template");

    public static readonly FrozenSet<string> TableScope = Set("html table template");

    /// <summary>Elements that hold rows and cells, where anything else is put before the table.</summary>
    public static readonly FrozenSet<string> TableStructure = Set("table tbody tfoot thead tr");

    public static readonly FrozenSet<string> TableSections = Set("tbody tfoot thead");

    public static readonly FrozenSet<string> TableParts = Set("caption col colgroup tbody td tfoot th thead tr");

    public static readonly FrozenSet<string> HeadContent = Set("base basefont bgsound link meta noframes script style template title");

    /// <summary>https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign: start tags that end SVG and MathML.</summary>
    public static readonly FrozenSet<string> ForeignEnders = Set(
        "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre "
            + "ruby s small " +
        "span strong strike sub sup table tt u ul var");

    public static readonly FrozenSet<string> MathTextPoints = Set("mi mo mn ms mtext");

    public static readonly FrozenSet<string> SvgHtmlPoints = Set("foreignObject desc title");

    /// <summary>Elements without content or end tag.</summary>
    public static readonly FrozenSet<string> Void = Set(
        "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr");

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet();
}

/// <summary>A start or end tag, as the tokenizer read it.</summary>
internal readonly record struct Tag(string Name, bool IsEnd, bool IsSelfClosing, PageAttribute[] Attributes)
{
    public static Tag Start(string name) => new(name, false, false, []);

    public bool IsStart => !IsEnd;

    public string? GetAttribute(string attribute)
    {
        foreach (var candidate in Attributes)
        {
            if (candidate.Name == attribute)
                return candidate.Value;
        }

        return null;
    }
}
