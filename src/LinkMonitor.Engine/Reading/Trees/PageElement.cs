using System.Text;

namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>
/// An element. Its children are linked, so that a change anywhere among them takes the same time. A template holds its content as children.
/// </summary>
internal sealed class PageElement(string name, ElementSpace space, PageAttribute[] attributes) : PageNode
{
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
    public string? GetAttribute(string attribute)
    {
        foreach (var candidate in Attributes)
        {
            if (candidate.Name == attribute)
                return candidate.Value;
        }

        return null;
    }

    public PageElement Clone() => new(name, space, Attributes);

    /// <summary>Takes over the attributes that it does not have yet.</summary>
    public void AddMissing(PageAttribute[] more)
    {
        PageAttribute[] missing = [.. more.Where(attribute => GetAttribute(attribute.Name) is null)];
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

internal readonly record struct PageAttribute(string Name, string Value);

/// <summary>A node of a page's tree: an element or a text.</summary>
internal abstract class PageNode
{
    public PageElement? Parent { get; set; }

    public PageNode? Previous { get; set; }

    public PageNode? Next { get; set; }

    public void Detach() => Parent?.Remove(this);
}

internal sealed class PageText(string text) : PageNode
{
    private string _text = text;
    private StringBuilder? _more;

    public string Data
    {
        get
        {
            if (_more is not null)
                (_text, _more) = (_more.ToString(), null);
            return _text;
        }
    }

    /// <summary>In time linear in what is appended, however often it is.</summary>
    public void Append(string text) => (_more ??= new StringBuilder(_text)).Append(text);
}
