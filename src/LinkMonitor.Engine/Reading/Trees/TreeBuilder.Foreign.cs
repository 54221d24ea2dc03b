namespace LinkMonitor.Engine.Reading.Trees;

/// <content>SVG and MathML: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign</content>
internal sealed partial class TreeBuilder
{
    private bool IsForHtml(in Tag tag)
    {
        if (!IsForeign)
            return true;
        if (tag.IsEnd)
            return false;
        return (IsTextPoint(Current) && tag.Name is not ("mglyph" or "malignmark"))
            || (tag.Name is "svg" && Current is { Space: ElementSpace.MathMl, Name: "annotation-xml" })
            || IsHtmlPoint(Current);
    }

    private static bool IsTextPoint(PageElement element) =>
        element.Space is ElementSpace.MathMl && TagNames.MathTextPoints.Contains(element.Name);

    private static bool IsHtmlPoint(PageElement element) => element.Space switch
    {
        ElementSpace.Svg => TagNames.SvgHtmlPoints.Contains(element.Name),
        ElementSpace.MathMl when element.Name is "annotation-xml" =>
            element.GetAttribute("encoding")?.ToLowerInvariant() is "text/html" or "application/xhtml+xml",
        _ => false,
    };

    private void InsertForeign(in Tag tag, ElementSpace space)
    {
        var name = space is ElementSpace.Svg && tag.Name is "foreignobject" ? "foreignObject" : tag.Name;
        Insert(new PageElement(name, space, tag.Attributes));
        if (tag.IsSelfClosing)
            Pop();
    }

    private void ProcessForeign(in Tag tag)
    {
        if (tag.IsEnd ? tag.Name is "br" or "p" : EndsForeign(tag))
        {
            while (IsForeign && !IsTextPoint(Current) && !IsHtmlPoint(Current))
                Pop();
            Process(tag);
        }
        else if (tag.IsStart)
            InsertForeign(tag, Current.Space);
        else
            EndForeign(tag);
    }

    private static bool EndsForeign(in Tag tag) =>
        TagNames.ForeignEnders.Contains(tag.Name)
        || (tag.Name is "font" && (tag.GetAttribute("color") ?? tag.GetAttribute("face") ?? tag.GetAttribute("size")) is not null);

    private void EndForeign(in Tag tag)
    {
        for (var i = _open.Count - 1; i > 0; i--)
        {
            budget.Step();
            if (_open[i].IsHtml)
            {
                Process(tag);
                return;
            }

            if (!_open[i].Name.Equals(tag.Name, StringComparison.OrdinalIgnoreCase))
                continue;
            while (_open.Count > i)
                Pop();
            return;
        }
    }
}
