using System.Collections.Frozen;
using System.Text;
using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>
/// An element. Its children are linked, so that a change anywhere among them takes the same time. A template holds its content as children.
/// </summary>
internal sealed class PageElement(string name, ElementSpace space, PageAttribute[] attributes) : PageNode
{
    // A bit for each attribute, by its name: most of what readers ask an element for it does not have.
    private ulong _bits = BitsOf(attributes);

    public string Name => name;

    public ElementSpace Space => space;

    public PageAttribute[] Attributes { get; private set; } = attributes;

    /// <summary>Whether it is a template that stands for the shadow root of its parent, whose first child it is then.</summary>
    public bool IsShadowRoot { get; init; }

    public bool IsHtml => space is ElementSpace.Html;

    public PageNode? FirstChild { get; private set; }

    public PageNode? LastChild { get; private set; }

    /// <summary>Whether it is an HTML element of that name.</summary>
    public bool Is(string html) => IsHtml && name == html;

    /// <summary>The value of the first attribute of a name; null when there is none.</summary>
    public string? GetAttribute(string attribute) => MayHave(attribute) ? Find(attribute) : null;

    public bool HasAttribute(string attribute) => MayHave(attribute) && IndexOf(attribute) >= 0;

    /// <summary>The value of an attribute where it stands in the source; false when it has references, or is not there.</summary>
    public bool TryGetPlain(string attribute, out ReadOnlySpan<char> value)
    {
        value = default;
        return IndexOf(attribute) is >= 0 and var index && Attributes[index].TryGetPlain(out value);
    }

    public PageElement Clone() => new(name, space, Attributes);

    /// <summary>Takes over the attributes that it does not have yet.</summary>
    public void AddMissing(PageAttribute[] more)
    {
        PageAttribute[] missing = [.. more.Where(attribute => !HasAttribute(attribute.Name))];
        if (missing.Length == 0)
            return;
        Attributes = [.. Attributes, .. missing];
        _bits = BitsOf(Attributes);
    }

    private bool MayHave(string attribute) => (_bits & BitOf(attribute)) != 0;

    private static ulong BitOf(string name) => name.Length == 0 ? 1 : 1UL << (((name[0] * 11) + (name[^1] * 5) + name.Length) & 63);

    private static ulong BitsOf(PageAttribute[] attributes)
    {
        var bits = 0UL;
        foreach (ref readonly var attribute in attributes.AsSpan())
            bits |= BitOf(attribute.Name);
        return bits;
    }

    private int IndexOf(string attribute)
    {
        for (var i = 0; i < Attributes.Length; i++)
        {
            if (Attributes[i].Name == attribute)
                return i;
        }

        return -1;
    }

    private string? Find(string attribute) => IndexOf(attribute) is >= 0 and var index ? Attributes[index].Keep() : null;

    /// <param name="before">One of the children; null to append.</param>
    public void Insert(PageNode node, PageNode? before)
    {
        node.Detach();
        var previous = before is null ? LastChild : before.Previous;
        (node.Parent, node.Previous, node.Next) = (this, previous, before);
        if (previous is null)
            FirstChild = node;
        else
            previous.Next = node;
        if (before is null)
            LastChild = node;
        else
            before.Previous = node;
    }

    public void Remove(PageNode child)
    {
        if (child.Previous is null)
            FirstChild = child.Next;
        else
            child.Previous.Next = child.Next;
        if (child.Next is null)
            LastChild = child.Previous;
        else
            child.Next.Previous = child.Previous;
        (child.Parent, child.Previous, child.Next) = (null, null, null);
    }

    /// <summary>Moves all children to the end of another element.</summary>
    /// <returns>How many there were.</returns>
    public int MoveChildrenTo(PageElement other)
    {
        var count = 0;
        for (; FirstChild is { } child; count++)
            other.Insert(child, null);
        return count;
    }
}

/// <summary>The namespace of an element.</summary>
internal enum ElementSpace
{
    Html,
    Svg,
    MathMl,

    /// <summary>Another one, or none; only XHTML pages have such.</summary>
    Other,
}

/// <summary>An attribute. Its value is read off the page's source when somebody asks for it: most are never asked for.</summary>
internal struct PageAttribute
{
    // A page's source, or the value itself.
    private object _source;
    private readonly int _start;
    private int _length;

    public PageAttribute(string name, string value) => (Name, _source, _start, _length) = (name, value, 0, -1);

    /// <param name="source">The page's source, with the value as it is written there.</param>
    public PageAttribute(string name, PageSource source, int start, int length) =>
        (Name, _source, _start, _length) = (name, source, start, length);

    public string Name { get; }

    public readonly string Value => _length < 0
        ? (string)_source
        : CharacterReferences.Read(Written, isAttribute: true).Replace('\0', '\uFFFD');

    private readonly ReadOnlySpan<char> Written => ((PageSource)_source).Characters.Slice(_start, _length);

    /// <summary>The value where it stands in the source; false when it has references, which have to be read.</summary>
    public readonly bool TryGetPlain(out ReadOnlySpan<char> value)
    {
        value = _length < 0 ? (string)_source : Written;
        return _length < 0 || !value.ContainsAny('&', '\0');
    }

    /// <summary>The value, which is not read off the source again. Only while one thread has the page.</summary>
    public string Keep()
    {
        if (_length < 0)
            return (string)_source;
        var value = Value;
        (_source, _length) = (value, -1);
        return value;
    }
}

/// <summary>A set of attribute names. Most that a page has are in none, and are turned down by their first letter.</summary>
internal sealed class AttributeNames(IReadOnlyList<string> names)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet();
    private readonly ulong _initials = names.Aggregate(0UL, static (bits, name) => bits | BitOf(name));

    public IReadOnlyList<string> All => names;

    public bool Contains(string name) => name.Length > 0 && (_initials & BitOf(name)) != 0 && _names.Contains(name);

    private static ulong BitOf(string name) => 1UL << (name[0] & 63);
}

/// <summary>A node of a page's tree: an element, a text, or a directive.</summary>
internal abstract class PageNode
{
    public PageElement? Parent { get; set; }

    public PageNode? Previous { get; set; }

    public PageNode? Next { get; set; }

    public void Detach() => Parent?.Remove(this);

    /// <summary>The next node in document order; null at the end of a part of the page.</summary>
    /// <param name="part">This node or one around it.</param>
    public PageNode? Following(PageNode part) => this is PageElement { FirstChild: { } child } ? child : After(part);

    /// <summary>The same, without what is in this node.</summary>
    public PageNode? After(PageNode part)
    {
        for (var up = this; up is not null && !ReferenceEquals(up, part); up = up.Parent)
        {
            if (up.Next is { } next)
                return next;
        }

        return null;
    }
}

/// <summary>A text. Most are a part of the page's source, and no string is made of them.</summary>
internal sealed class PageText(ReadOnlyMemory<char> text) : PageNode
{
    private ReadOnlyMemory<char> _text = text;
    private StringBuilder? _more;

    public ReadOnlyMemory<char> Data
    {
        get
        {
            if (_more is not null)
                (_text, _more) = (_more.ToString().AsMemory(), null);
            return _text;
        }
    }

    /// <summary>In time linear in what is appended, however often it is.</summary>
    public void Append(ReadOnlyMemory<char> text) => (_more ??= new StringBuilder().Append(_text)).Append(text);
}

/// <summary>A comment by which a page asks its server to put something here. Readers get it only when the server did not.</summary>
internal sealed class PageDirective(string name) : PageNode
{
    /// <summary>As <see cref="ServerDirective"/> names it.</summary>
    public string Name => name;
}

/// <summary>
/// What a page says to the server that delivers it, in the syntax of those servers: server-side includes
/// (https://httpd.apache.org/docs/current/mod/mod_include.html, https://nginx.org/en/docs/http/ngx_http_ssi_module.html), Edge Side
/// Includes (https://www.w3.org/TR/esi-lang/), XInclude (https://www.w3.org/TR/xinclude/), the tags of PHP
/// (https://www.php.net/manual/language.basic-syntax.phptags.php), which browsers take for comments, and those of JSP
/// (https://jakarta.ee/specifications/pages/) and its relatives, where one is called include or import.
/// </summary>
internal static class ServerDirective
{
    private static readonly string[] Contents = ["include", "exec", "echo", "block"];

    /// <summary>The directive by which a comment asks for content; null for an ordinary comment.</summary>
    /// <param name="comment">Without its delimiters.</param>
    public static string? OfComment(ReadOnlySpan<char> comment)
    {
        if (comment is ['e', 's', 'i', var next, ..] && char.IsWhiteSpace(next))
            return "<!--esi";
        if (comment is ['?', 'p', 'h', 'p', ..])
            return "<?php";
        if (comment is not ['#', .. var rest])
            return null;
        rest = rest.TrimStart();
        foreach (var name in Contents)
        {
            if (rest.StartsWith(name, StringComparison.Ordinal) && rest.Length > name.Length && char.IsWhiteSpace(rest[name.Length]))
                return $"<!--#{name}";
        }

        return null;
    }

    /// <summary>The same of an element, by its name.</summary>
    public static string? OfElement(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && (name.StartsWith("esi:", StringComparison.Ordinal) || name.AsSpan(colon + 1) is "include" or "import")
            ? $"<{name}>" : null;
    }
}
