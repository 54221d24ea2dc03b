using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading.Trees;

/// <content>Before, in and after the head; templates; framesets.</content>
internal sealed partial class TreeBuilder
{
    private void BeforeHead(in Tag tag)
    {
        if (_mode is InsertionMode.Initial)
            _isQuirks = true;
        if (tag.IsEnd && tag.Name is not ("head" or "body" or "html" or "br"))
        {
            if (_mode is InsertionMode.Initial)
                _mode = InsertionMode.BeforeHtml;
            return;
        }

        if (_mode is not InsertionMode.BeforeHead)
        {
            _mode = InsertionMode.BeforeHead;
            Insert(tag is { IsEnd: false, Name: "html" } ? tag : Tag.Start("html"));
        }

        if (tag is { IsEnd: false, Name: "html" })
        {
            StartHtmlAgain(tag);
            return;
        }

        var isHead = tag is { IsEnd: false, Name: "head" };
        _head = Insert(isHead ? tag : Tag.Start("head"));
        _mode = InsertionMode.InHead;
        if (!isHead)
            Process(tag);
    }

    private void InHead(in Tag tag)
    {
        if (tag.IsEnd ? tag.Name is "template" : TagNames.HeadContent.Contains(tag.Name) || tag.Name is "html")
        {
            HeadContent(tag);
            return;
        }

        if (tag is { IsEnd: false, Name: "noscript" })
        {
            Insert(tag);
            _mode = InsertionMode.InHeadNoscript;
            return;
        }

        if (tag.IsEnd ? tag.Name is not ("head" or "body" or "html" or "br") : tag.Name is "head")
            return;
        Pop();
        _mode = InsertionMode.AfterHead;
        if (tag is not { IsEnd: true, Name: "head" })
            Process(tag);
    }

    /// <summary>What the rules of the head say of its own elements, wherever they stand.</summary>
    private void HeadContent(in Tag tag)
    {
        switch (tag.Name)
        {
            case "html":
                StartHtmlAgain(tag);
                break;
            case "template" when tag.IsEnd:
                EndTemplate();
                break;
            case "template":
                StartTemplate(tag);
                break;
            case "title":
                ReadRawText(tag, TextKind.Escapable);
                break;
            case "noframes" or "style":
                ReadRawText(tag, TextKind.Raw);
                break;
            case "script":
                ReadRawText(tag, TextKind.Script);
                break;
            default:
                InsertEmpty(tag);
                break;
        }
    }

    private void StartTemplate(in Tag tag)
    {
        if (_open.Count > 1 && ShadowRoots.IsDeclared(tag, Current))
            InsertShadowRoot(tag);
        else
            Insert(tag);
        PushMarker();
        _isFramesetOk = false;
        _mode = InsertionMode.InTemplate;
        _templateModes.Push(InsertionMode.InTemplate);
    }

    /// <summary>It is shown before, and mostly instead of, what else its host holds.</summary>
    private void InsertShadowRoot(in Tag tag)
    {
        budget.AddElement();
        var root = new PageElement(tag.Name, ElementSpace.Html, tag.Attributes) { IsShadowRoot = true };
        Current.Insert(root, Current.FirstChild);
        Push(root);
    }

    private void EndTemplate()
    {
        if (!HasTemplate)
            return;
        while (Current.IsHtml && TagNames.ThoroughlyImpliedEnds.Contains(Current.Name))
            Pop();
        PopTo("template");
        ClearToMarker();
        _templateModes.Pop();
        ResetMode();
    }

    private void InHeadNoscript(in Tag tag)
    {
        if (tag.IsStart && tag.Name is "html" or "basefont" or "bgsound" or "link" or "meta" or "noframes" or "style")
        {
            HeadContent(tag);
            return;
        }

        if (tag.IsEnd ? tag.Name is not ("noscript" or "br") : tag.Name is "head" or "noscript")
            return;
        Pop();
        _mode = InsertionMode.InHead;
        if (tag is not { IsEnd: true, Name: "noscript" })
            Process(tag);
    }

    private void AfterHead(in Tag tag)
    {
        switch (tag.Name)
        {
            case "template" when tag.IsEnd:
                EndTemplate();
                return;
            case not ("body" or "html" or "br") when tag.IsEnd:
            case "html" when tag.IsStart:
                StartHtmlAgain(tag);
                return;
            case "head" when tag.IsStart:
                return;
            case "body" when tag.IsStart:
                Insert(tag);
                _isFramesetOk = false;
                _mode = InsertionMode.InBody;
                return;
            case "frameset" when tag.IsStart:
                Insert(tag);
                _mode = InsertionMode.InFrameset;
                return;
        }

        if (tag.IsStart && TagNames.HeadContent.Contains(tag.Name))
        {
            Push(_head!);
            HeadContent(tag);
            RemoveOpen(_head!);
            return;
        }

        Insert(Tag.Start("body"));
        ProcessAs(InsertionMode.InBody, tag);
    }

    private void InTemplate(in Tag tag)
    {
        if (tag.IsEnd ? tag.Name is "template" : TagNames.HeadContent.Contains(tag.Name))
        {
            HeadContent(tag);
            return;
        }

        if (tag.IsEnd)
            return;
        var mode = tag.Name switch
        {
            "caption" or "colgroup" or "tbody" or "tfoot" or "thead" => InsertionMode.InTable,
            "col" => InsertionMode.InColumnGroup,
            "tr" => InsertionMode.InTableBody,
            "td" or "th" => InsertionMode.InRow,
            _ => InsertionMode.InBody,
        };
        _templateModes.Pop();
        _templateModes.Push(mode);
        ProcessAs(mode, tag);
    }

    private void AfterBody(in Tag tag)
    {
        if (tag is { IsEnd: true, Name: "html" } && _mode is InsertionMode.AfterBody)
            _mode = InsertionMode.AfterAfterBody;
        else
            ProcessAs(InsertionMode.InBody, tag);
    }

    private void InFrameset(in Tag tag)
    {
        switch (tag.Name)
        {
            case "noframes" when tag.IsStart:
                HeadContent(tag);
                break;
            case "html" when tag.IsEnd && _mode is InsertionMode.AfterFrameset:
                _mode = InsertionMode.AfterAfterFrameset;
                break;
            case "frameset" when _mode is InsertionMode.InFrameset && tag.IsStart:
                Insert(tag);
                break;
            case "frame" when _mode is InsertionMode.InFrameset && tag.IsStart:
                InsertEmpty(tag);
                break;
            case "frameset" when _mode is InsertionMode.InFrameset && tag.IsEnd && _open.Count > 1:
                Pop();
                if (!Current.Is("frameset"))
                    _mode = InsertionMode.AfterFrameset;
                break;
        }
    }

    /// <summary>https://html.spec.whatwg.org/multipage/parsing.html#reset-the-insertion-mode-appropriately</summary>
    private void ResetMode()
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            budget.Step();
            if (_open[i].IsHtml && ModeIn(_open[i].Name) is { } mode)
            {
                _mode = mode;
                return;
            }
        }

        _mode = InsertionMode.InBody;
    }

    private InsertionMode? ModeIn(string name) => name switch
    {
        "td" or "th" => InsertionMode.InCell,
        "tr" => InsertionMode.InRow,
        "tbody" or "thead" or "tfoot" => InsertionMode.InTableBody,
        "caption" => InsertionMode.InCaption,
        "colgroup" => InsertionMode.InColumnGroup,
        "table" => InsertionMode.InTable,
        "template" => _templateModes.Peek(),
        "head" => InsertionMode.InHead,
        "body" => InsertionMode.InBody,
        "frameset" => InsertionMode.InFrameset,
        "html" => _head is null ? InsertionMode.BeforeHead : InsertionMode.AfterHead,
        _ => null,
    };
}
