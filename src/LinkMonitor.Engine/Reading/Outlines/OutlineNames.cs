using System.Collections.Frozen;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading.Outlines;

/// <summary>What the names of tags and attributes mean to an outline.</summary>
internal static class OutlineNames
{
    private static readonly FrozenDictionary<string, TagKind> Tags = new Dictionary<TagKind, string>
    {
        // Their content is not where it stands, the rest of the page is not read as markup, or the body is thrown away.
        [TagKind.Unusual] = "template frameset plaintext",
        [TagKind.Link] = "a",
        [TagKind.Foreign] = "svg math",
        [TagKind.Script] = "script",
        [TagKind.Style] = "style iframe noembed noframes",
        [TagKind.RawText] = "xmp",
        [TagKind.Escapable] = "title textarea",
        [TagKind.Boundary] =
            "table caption colgroup tbody td tfoot th thead tr object applet marquee select html head body frame",
        [TagKind.Meta] = "meta",
        [TagKind.Relation] = "link",
        [TagKind.Formatting] = "area b big code em font i nobr s small strike strong tt u",
    }.SelectMany(pair => pair.Value.Split(' ').Select(name => KeyValuePair.Create(name, pair.Key)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> VoidTags = TagNames.Void.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> ForeignEnders = TagNames.ForeignEnders.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ForeignPoints =
        FrozenSet.ToFrozenSet(["foreignobject", "annotation-xml", "a", "font", "template"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ForeignLeaves = FrozenSet.ToFrozenSet(
        [
            "title", "desc", "mi", "mo", "mn", "ms", "mtext", "script", "style", "textarea", "xmp", "iframe", "noembed", "noframes",
            "noscript",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, AttributeKind> Attributes =
        MeaningfulAttributes.Values.Select(name => KeyValuePair.Create(name, AttributeKind.Value))
            .Concat(MeaningfulAttributes.Names.Select(name => KeyValuePair.Create(name, AttributeKind.Name)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static TagKind Kind(ReadOnlySpan<char> name) =>
        IsAscii(name) && Tags.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var kind) ? kind : TagKind.Ordinary;

    public static AttributeKind OfAttribute(ReadOnlySpan<char> name) =>
        IsAscii(name) && Attributes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var kind) ? kind : AttributeKind.None;

    public static bool IsVoid(ReadOnlySpan<char> name) => Has(VoidTags, name);

    /// <summary>What ends SVG and MathML, or is HTML inside of them.</summary>
    public static bool EndsForeign(ReadOnlySpan<char> name) => Has(ForeignEnders, name) || Has(ForeignPoints, name);

    /// <summary>What may hold text only there, so that it is read alike whatever it is.</summary>
    public static bool IsForeignLeaf(ReadOnlySpan<char> name) => Has(ForeignLeaves, name);

    private static bool Has(FrozenSet<string> names, ReadOnlySpan<char> name) =>
        IsAscii(name) && names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    // Beyond ASCII, two letters may be one without case.
    private static bool IsAscii(ReadOnlySpan<char> name) => System.Text.Ascii.IsValid(name);
}

/// <summary>What a tag is to an outline.</summary>
internal enum TagKind
{
    Ordinary,
    Unusual,
    Link,
    Foreign,
    Script,
    Style,
    RawText,
    Escapable,

    /// <summary>Where the search for an open link ends, or what no link holds.</summary>
    Boundary,
    Meta,
    Relation,

    /// <summary>Compared by all its attributes when the tree is built; an area is a link, too.</summary>
    Formatting,
}

/// <summary>What of an attribute is part of an outline.</summary>
internal enum AttributeKind
{
    None,

    /// <summary>Only that it is there.</summary>
    Name,
    Value,
}

/// <summary>
/// The attributes that the readers in <c>Reading</c> ask for. What is not here is not part of an outline; a test holds this against the
/// sources.
/// </summary>
internal static class MeaningfulAttributes
{
    public static readonly string[] Values =
    [
        "alt", "charset", "class", "client", "color", "content", "data-hx-trigger", "encoding", "face", "hidden", "href", "hreflang",
        "http-equiv",
        "hx-trigger", "id", "itemprop", "itemtype", "lang", "media", "name", "property", "rel", "role", "shadowrootmode", "size", "style",
        "type", .. HeadFindings.UrlAttributes,
    ];

    public static readonly string[] Names = ["open", "popover", "src", .. ShapeMarks.Cloaks];
}
