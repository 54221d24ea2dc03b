namespace LinkMonitor.Engine.Reading.Trees;

/// <content>End tags in the body.</content>
internal sealed partial class TreeBuilder
{
    private void EndInBody(in Tag tag)
    {
        switch (tag.Name)
        {
            case "template":
                EndTemplate();
                break;
            case "body" or "html":
                EndBody(tag);
                break;
            case "p":
                if (!IsInScope("p", "button"))
                    Insert(Tag.Start("p"));
                PopParagraph();
                break;
            case "form":
                EndForm();
                break;
            case "br":
                Reconstruct();
                InsertEmpty(Tag.Start("br"));
                _isFramesetOk = false;
                break;
            case "li":
                if (IsInScope("li", "ol", "ul"))
                    CloseWithImplied("li", "li");
                break;
            case "dd" or "dt":
                if (IsInScope(tag.Name))
                    CloseWithImplied(tag.Name, tag.Name);
                break;
            case "applet" or "marquee" or "object":
                if (IsInScope(tag.Name))
                {
                    CloseWithImplied(tag.Name);
                    ClearToMarker();
                }

                break;
            case "button" or "select" or "pre" or "listing":
                EndBlock(tag.Name);
                break;
            default:
                EndByKind(tag.Name);
                break;
        }
    }

    private void EndByKind(string name)
    {
        if (TagNames.Formatting.Contains(name))
            Adopt(name);
        else if (TagNames.Blocks.Contains(name))
            EndBlock(name);
        else if (!TagNames.Headings.Contains(name))
            EndOther(name);
        else if (IsAnyInScope(TagNames.Headings))
        {
            GenerateImpliedEnds();
            PopToAny(TagNames.Headings);
        }
    }

    private void EndBody(in Tag tag)
    {
        if (!IsInScope("body"))
            return;
        _mode = InsertionMode.AfterBody;
        if (tag.Name is "html")
            Process(tag);
    }

    private void EndBlock(string name)
    {
        if (IsInScope(name))
            CloseWithImplied(name);
    }

    private void CloseWithImplied(string name, string? except = null)
    {
        GenerateImpliedEnds(except);
        PopTo(name);
    }

    private void EndForm()
    {
        if (HasTemplate)
        {
            EndBlock("form");
            return;
        }

        var form = _form;
        _form = null;
        if (form is null || LastOpen(form) < 0 || !IsInScope(form))
            return;
        GenerateImpliedEnds();
        RemoveOpen(form);
    }

    private void EndOther(string name)
    {
        if (_counts.GetValueOrDefault(name) == 0)
            return;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            budget.Step();
            var element = _open[i];
            if (element.Is(name))
            {
                GenerateImpliedEnds(name);
                while (_open.Count > i)
                    Pop();
                return;
            }

            if (IsSpecial(element))
                return;
        }
    }
}
