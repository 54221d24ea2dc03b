using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading.Trees;

/// <content>Start tags in the body: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody</content>
internal sealed partial class TreeBuilder
{
    private void InBody(in Tag tag)
    {
        if (tag.IsEnd)
            EndInBody(tag);
        else if (TagNames.HeadContent.Contains(tag.Name))
            HeadContent(tag);
        else if (TagNames.Blocks.Contains(tag.Name))
            StartBlock(tag);
        else if (TagNames.Headings.Contains(tag.Name))
            StartHeading(tag);
        else if (TagNames.Formatting.Contains(tag.Name))
            StartFormatting(tag);
        else
            StartInBody(tag);
    }

    // Both tags may come again: what they say that the first ones did not is said of the page all the same.
    private void StartHtmlAgain(in Tag tag)
    {
        if (_open.Count > 0 && !HasTemplate)
            _open[0].AddMissing(tag.Attributes);
    }

    private void StartBodyAgain(in Tag tag)
    {
        if (_open.Count < 2 || !_open[1].Is("body") || HasTemplate)
            return;
        _isFramesetOk = false;
        _open[1].AddMissing(tag.Attributes);
    }

    private void StartInBody(in Tag tag)
    {
        switch (tag.Name)
        {
            case "html":
                StartHtmlAgain(tag);
                break;
            case "head" or "frame" or "caption" or "col" or "colgroup" or "tbody" or "td" or "tfoot" or "th" or "thead" or "tr":
                break;
            case "body":
                StartBodyAgain(tag);
                break;
            case "frameset":
                StartFrameset(tag);
                break;
            case "li" or "dd" or "dt":
                StartItem(tag);
                break;
            case "pre" or "listing" or "form" or "table" or "plaintext" or "hr" or "xmp":
                StartAfterParagraph(tag);
                break;
            case "button" or "select" or "option" or "optgroup" or "input" or "textarea":
                StartControl(tag);
                break;
            case "applet" or "marquee" or "object":
                Reconstruct();
                Insert(tag);
                PushMarker();
                _isFramesetOk = false;
                break;
            case "area" or "br" or "embed" or "img" or "keygen" or "wbr" or "image":
                Reconstruct();
                InsertEmpty(tag.Name is "image" ? tag with { Name = "img" } : tag);
                _isFramesetOk = false;
                break;
            case "param" or "source" or "track":
                InsertEmpty(tag);
                break;
            default:
                StartOther(tag);
                break;
        }
    }

    private void StartOther(in Tag tag)
    {
        switch (tag.Name)
        {
            case "iframe":
                _isFramesetOk = false;
                ReadRawText(tag, TextKind.Raw);
                break;
            case "noembed":
                ReadRawText(tag, TextKind.Raw);
                break;
            case "rb" or "rtc" or "rp" or "rt":
                if (IsInScope("ruby"))
                    GenerateImpliedEnds(tag.Name is "rp" or "rt" ? "rtc" : null);
                Insert(tag);
                break;
            case "math" or "svg":
                Reconstruct();
                InsertForeign(tag, tag.Name is "svg" ? ElementSpace.Svg : ElementSpace.MathMl);
                break;
            default:
                Reconstruct();
                Insert(tag);
                _hasSelectedContent |= tag.Name is SelectedContent.Name;
                break;
        }
    }

    private void StartBlock(in Tag tag)
    {
        CloseParagraph();
        Insert(tag);
    }

    private void StartHeading(in Tag tag)
    {
        CloseParagraph();
        if (Current.IsHtml && TagNames.Headings.Contains(Current.Name))
            Pop();
        Insert(tag);
    }

    private void StartFormatting(in Tag tag)
    {
        if (tag.Name is "a" && LastFormatting("a") is { } open)
        {
            Adopt("a");
            _formatting.Remove(open);
            RemoveOpen(open);
        }

        Reconstruct();
        if (tag.Name is "nobr" && IsInScope("nobr"))
        {
            Adopt("nobr");
            Reconstruct();
        }

        PushFormatting(Insert(tag));
    }

    private void StartFrameset(in Tag tag)
    {
        if (!_isFramesetOk || _open.Count < 2 || !_open[1].Is("body"))
            return;
        _open[1].Detach();
        while (_open.Count > 1)
            Pop();
        Insert(tag);
        _mode = InsertionMode.InFrameset;
    }

    private void StartItem(in Tag tag)
    {
        _isFramesetOk = false;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            budget.Step();
            var element = _open[i];
            if (tag.Name is "li" ? element.Is("li") : element.Is("dd") || element.Is("dt"))
            {
                GenerateImpliedEnds(element.Name);
                PopTo(element.Name);
                break;
            }

            if (IsSpecial(element) && !(element.IsHtml && element.Name is ("address" or "div" or "p")))
                break;
        }

        CloseParagraph();
        Insert(tag);
    }

    private void StartAfterParagraph(in Tag tag)
    {
        if (tag.Name is "form" && _form is not null && !HasTemplate)
            return;
        if (tag.Name is not "table" || !_isQuirks)
            CloseParagraph();
        switch (tag.Name)
        {
            case "form":
                var form = Insert(tag);
                if (!HasTemplate)
                    _form = form;
                return;
            case "plaintext":
                Insert(tag);
                tokenizer.ReadRaw(TextKind.Plain, tag.Name);
                return;
            case "hr":
                if (IsInScope("select"))
                    GenerateImpliedEnds();
                InsertEmpty(tag);
                break;
            case "xmp":
                Reconstruct();
                ReadRawText(tag, TextKind.Raw);
                break;
            default:
                Insert(tag);
                _isNewlineSkipped = tag.Name is not "table";
                if (tag.Name is "table")
                    _mode = InsertionMode.InTable;
                break;
        }

        _isFramesetOk = false;
    }

    private void StartControl(in Tag tag)
    {
        if (tag.Name is "textarea")
        {
            ReadRawText(tag, TextKind.Escapable);
            _isNewlineSkipped = true;
            _isFramesetOk = false;
            return;
        }

        if (tag.Name is "button" && IsInScope("button"))
        {
            GenerateImpliedEnds();
            PopTo("button");
        }

        if (tag.Name is not "button" && !MakeRoomInSelect(tag.Name))
            return;
        Reconstruct();
        if (tag.Name is "input")
            InsertEmpty(tag);
        else
            Insert(tag);
        _isFramesetOk &= tag.Name is "option" or "optgroup" || IsHiddenInput(tag);
    }

    /// <returns>False for a select in a select, which only closes it.</returns>
    private bool MakeRoomInSelect(string name)
    {
        var isInSelect = IsInScope("select");
        if (isInSelect && name is ("select" or "input"))
            PopTo("select");
        else if (isInSelect)
            GenerateImpliedEnds(name is "option" ? "optgroup" : null);
        else if (name is ("option" or "optgroup") && Current.Is("option"))
            Pop();
        return !(isInSelect && name is "select");
    }

    private static bool IsHiddenInput(in Tag tag) =>
        tag.Name is "input" && "hidden".Equals(tag.GetAttribute("type"), StringComparison.OrdinalIgnoreCase);

    private void CloseParagraph()
    {
        if (IsInScope("p", "button"))
            PopParagraph();
    }

    private void PopParagraph()
    {
        GenerateImpliedEnds("p");
        PopTo("p");
    }
}
