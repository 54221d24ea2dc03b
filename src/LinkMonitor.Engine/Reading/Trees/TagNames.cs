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

/// <summary>
/// Shadow roots that a page declares in its HTML. Their content is shown to readers and read by search engines, scripts or not:
/// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead
/// </summary>
internal static class ShadowRoots
{
    /// <summary>https://dom.spec.whatwg.org/#valid-shadow-host-name, but for the names of custom elements.</summary>
    private static readonly FrozenSet<string> Hosts =
        "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".Split(' ').ToFrozenSet();

    /// <summary>
    /// Names with a hyphen that are no custom elements:
    /// https://html.spec.whatwg.org/multipage/custom-elements.html#valid-custom-element-name
    /// </summary>
    private static readonly FrozenSet<string> Reserved =
        "annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph"
            .Split(' ').ToFrozenSet();

    /// <summary>
    /// Whether the start tag of a template declares the shadow root of the element that it stands in. Each has one at most.
    /// </summary>
    public static bool IsDeclared(in Tag template, PageElement host) =>
        template.GetAttribute("shadowrootmode")?.ToLowerInvariant() is "open" or "closed"
        && host.IsHtml
        && IsHostName(host.Name)
        && host.FirstChild is not PageElement { IsShadowRoot: true };

    private static bool IsHostName(string name) =>
        Hosts.Contains(name)
        || (char.IsAsciiLetterLower(name[0]) && name.Contains('-', StringComparison.Ordinal) && !Reserved.Contains(name));
}
