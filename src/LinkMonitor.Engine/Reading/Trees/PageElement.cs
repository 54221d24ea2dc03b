using System.Text;
using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>
/// An element. Its children are linked, so that a change anywhere among them takes the same time. A template holds its content as children.
/// </summary>
internal sealed class PageElement(string name, ElementSpace space, PageAttribute[] attributes) : PageNode
{
    // Pages have a few hundred.
    private const int MostShared = 2_000;

    private static readonly char[] Spaces = ['\t', '\n', '\f', '\r', ' '];

    private string[]? _names;

    public string Name => name;

    public ElementSpace Space => space;

    public PageAttribute[] Attributes { get; private set; } = attributes;

    /// <summary>Whether it is a template that stands for the shadow root of its parent, whose first child it is then.</summary>
    public bool IsShadowRoot { get; init; }

    public bool IsHtml => space is ElementSpace.Html;

    /// <summary>Its id and its class names, in lower case.</summary>
    public string[] Names => _names ??= NamesOf(GetAttribute("id"), GetAttribute("class"));

    public PageNode? FirstChild { get; private set; }

    public PageNode? LastChild { get; private set; }

    /// <summary>Whether it is an HTML element of that name.</summary>
    public bool Is(string html) => IsHtml && name == html;

    /// <summary>The value of the first attribute of a name; null when there is none.</summary>
    public string? GetAttribute(string attribute)
    {
        foreach (ref var candidate in Attributes.AsSpan())
        {
            if (candidate.Name == attribute)
                return candidate.Keep();
        }

        return null;
    }

    public bool HasAttribute(string attribute)
    {
        foreach (ref readonly var candidate in Attributes.AsSpan())
        {
            if (candidate.Name == attribute)
                return true;
        }

        return false;
    }

    /// <summary>Has its names from another element of the page with the same class attribute, and no id.</summary>
    /// <param name="known">By the class attribute.</param>
    public void ShareNames(Dictionary<string, string[]> known)
    {
        if (_names is not null || HasAttribute("id"))
            return;
        foreach (ref readonly var attribute in Attributes.AsSpan())
        {
            if (attribute.Name != "class")
                continue;
            if (!attribute.TryGetPlain(out var names))
                return;
            var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!lookup.TryGetValue(names, out _names) && known.Count < MostShared)
                lookup[names] = _names = NamesOf(null, names.ToString());
            return;
        }

        _names = [];
    }

    public PageElement Clone() => new(name, space, Attributes);

    /// <summary>Takes over the attributes that it does not have yet.</summary>
    public void AddMissing(PageAttribute[] more)
    {
        PageAttribute[] missing = [.. more.Where(attribute => !HasAttribute(attribute.Name))];
        if (missing.Length > 0)
            Attributes = [.. Attributes, .. missing];
    }

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

    private static string[] NamesOf(string? id, string? names)
    {
        if (id is null && names is null)
            return [];
        var text = id is null ? names! : names is null ? id : $"{id} {names}";
        return text.ToLowerInvariant().Split(Spaces, StringSplitOptions.RemoveEmptyEntries);
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
    private string _source;
    private readonly int _start;
    private int _length;

    public PageAttribute(string name, string value) => (Name, _source, _start, _length) = (name, value, 0, -1);

    /// <param name="source">The page's source, with the value as it is written there.</param>
    public PageAttribute(string name, string source, int start, int length) =>
        (Name, _source, _start, _length) = (name, source, start, length);

    public string Name { get; }

    public readonly string Value => _length < 0
        ? _source
        : CharacterReferences.Read(_source.AsSpan(_start, _length), isAttribute: true).Replace('\0', '\uFFFD');

    /// <summary>The value where it stands in the source; false when it has references, which have to be read.</summary>
    public readonly bool TryGetPlain(out ReadOnlySpan<char> value)
    {
        value = _length < 0 ? _source : _source.AsSpan(_start, _length);
        return _length < 0 || !value.ContainsAny('&', '\0');
    }

    /// <summary>The value, which is not read off the source again. Only while one thread has the page.</summary>
    public string Keep()
    {
        if (_length >= 0)
            (_source, _length) = (Value, -1);
        return _source;
    }
}

/// <summary>A node of a page's tree: an element, a text, or a directive.</summary>
internal abstract class PageNode
{
    public PageElement? Parent { get; set; }

    public PageNode? Previous { get; set; }

    public PageNode? Next { get; set; }

    public void Detach() => Parent?.Remove(this);
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
/// Includes (https://www.w3.org/TR/esi-lang/), XInclude (https://www.w3.org/TR/xinclude/), and the tags of JSP
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
