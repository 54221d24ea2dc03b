namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>A node of a page's tree: an element or a text.</summary>
internal abstract class PageNode
{
    public PageElement? Parent { get; set; }

    public PageNode? Previous { get; set; }

    public PageNode? Next { get; set; }

    public void Detach() => Parent?.Remove(this);
}
