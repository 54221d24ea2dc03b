using System.Collections.Frozen;

namespace LinkMonitor.Engine.Reading;

/// <summary>How the tree builder of the HTML standard treats a tag, as far as <see cref="NestingLimiter"/> must know.</summary>
internal enum TagClass
{
    /// <summary>Closed by its end tag unless a block stands between: span, label, unknown elements.</summary>
    Inline,

    /// <summary>Closes an open p, and is closed across everything up to a scope.</summary>
    Block,

    /// <summary>Re-opened after a block closed it: b, font, ...</summary>
    Formatting,

    /// <summary>A formatting element that is also what we came for.</summary>
    Anchor,

    /// <summary>End tags do not reach across it: td, object, template, ...</summary>
    Scope,

    /// <summary>table, and its parts: scopes that close each other.</summary>
    TablePart,

    /// <summary>Never has an end tag.</summary>
    Void,

    /// <summary>Everything up to its end tag is text.</summary>
    RawText,

    /// <summary>html and body: there is only one, later ones add attributes to it.</summary>
    Root,
}

/// <summary>The class of every tag that is not <see cref="TagClass.Inline"/>.</summary>
internal static class TagClasses
{
    private static readonly FrozenDictionary<string, TagClass> Classes = new Dictionary<TagClass, string>
    {
        [TagClass.Block] =
            "p address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main menu nav ol " +
            "search section summary ul h1 h2 h3 h4 h5 h6 pre listing form li dd dt frameset",
        [TagClass.Formatting] = "b big code em font i nobr s small strike strong tt u",
        [TagClass.Anchor] = "a",
        [TagClass.Scope] = "applet marquee object template button select",
        [TagClass.TablePart] = "table caption colgroup tbody thead tfoot tr td th",
        [TagClass.Void] = "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr",
        [TagClass.RawText] = "script style title textarea xmp iframe noembed noframes plaintext",
        [TagClass.Root] = "html head body",
    }.SelectMany(pair => pair.Value.Split(' ').Select(name => KeyValuePair.Create(name, pair.Key))).ToFrozenDictionary();

    // https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign
    private static readonly FrozenSet<string> ForeignEnders =
        ("b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small " +
         "span strong strike sub sup table tt u ul var").Split(' ').ToFrozenSet();

    /// <summary>Whether a start tag inside SVG or MathML ends it.</summary>
    public static bool EndsForeign(string name) => ForeignEnders.Contains(name);

    /// <summary>Whether an element of SVG or MathML holds HTML.</summary>
    public static bool IsIntegrationPoint(string name) =>
        name is "foreignobject" or "desc" or "title" or "annotation-xml" or "mi" or "mo" or "mn" or "ms" or "mtext";

    public static TagClass Of(string name) => Classes.GetValueOrDefault(name, TagClass.Inline);
}
