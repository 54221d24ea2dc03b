using System.Collections.Frozen;

namespace LinkMonitor.Engine.Reading.Trees;

/// <content>Tables: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intable and what follows it.</content>
internal sealed partial class TreeBuilder
{
    private static readonly FrozenSet<string> TableContext = new[] { "table", "template", "html" }.ToFrozenSet();
    private static readonly FrozenSet<string> SectionContext = new[] { "tbody", "tfoot", "thead", "template", "html" }.ToFrozenSet();
    private static readonly FrozenSet<string> RowContext = new[] { "tr", "template", "html" }.ToFrozenSet();
    private static readonly FrozenSet<string> Cells = new[] { "td", "th" }.ToFrozenSet();

    private void InTable(in Tag tag)
    {
        switch (tag.Name)
        {
            case "caption" or "colgroup" or "col" or "tbody" or "tfoot" or "thead" or "td" or "th" or "tr":
                if (tag.IsStart)
                    StartInTable(tag);
                break;
            case "table":
                if (!IsInTableScope("table"))
                    break;
                PopTo("table");
                ResetMode();
                if (tag.IsStart)
                    Process(tag);
                break;
            case "body" or "html" when tag.IsEnd:
                break;
            case "style" or "script" or "template" when tag.IsStart || tag.Name is "template":
                HeadContent(tag);
                break;
            case "input" when tag.IsStart && IsHiddenInput(tag):
                InsertEmpty(tag);
                break;
            case "form" when tag.IsStart:
                if (_form is not null || HasTemplate)
                    break;
                _form = Insert(tag);
                Pop();
                break;
            default:
                _isFostering = true;
                InBody(tag);
                _isFostering = false;
                break;
        }
    }

    private void StartInTable(in Tag tag)
    {
        ClearTo(TableContext);
        switch (tag.Name)
        {
            case "caption":
                PushMarker();
                Insert(tag);
                _mode = InsertionMode.InCaption;
                break;
            case "colgroup":
                Insert(tag);
                _mode = InsertionMode.InColumnGroup;
                break;
            case "col":
                Insert(Tag.Start("colgroup"));
                ProcessAs(InsertionMode.InColumnGroup, tag);
                break;
            case "tbody" or "tfoot" or "thead":
                Insert(tag);
                _mode = InsertionMode.InTableBody;
                break;
            default:
                Insert(Tag.Start("tbody"));
                ProcessAs(InsertionMode.InTableBody, tag);
                break;
        }
    }

    private void InCaption(in Tag tag)
    {
        var isEnd = tag is { IsEnd: true, Name: "caption" };
        if (isEnd || (tag.IsStart ? TagNames.TableParts.Contains(tag.Name) : tag.Name is "table"))
        {
            if (!IsInTableScope("caption"))
                return;
            CloseWithImplied("caption");
            ClearToMarker();
            _mode = InsertionMode.InTable;
            if (!isEnd)
                Process(tag);
        }
        else if (tag.IsStart || !IsIgnoredEnd(tag.Name))
            InBody(tag);
    }

    private static bool IsIgnoredEnd(string name) =>
        name is "body" or "html" || (TagNames.TableParts.Contains(name) && name is not "caption");

    private void InColumnGroup(in Tag tag)
    {
        switch (tag.Name)
        {
            case "html" when tag.IsStart:
            case "col" when tag.IsEnd:
                return;
            case "col":
                InsertEmpty(tag);
                return;
            case "template":
                HeadContent(tag);
                return;
        }

        if (!Current.Is("colgroup"))
            return;
        Pop();
        _mode = InsertionMode.InTable;
        if (tag is not { IsEnd: true, Name: "colgroup" })
            Process(tag);
    }

    private void InTableBody(in Tag tag)
    {
        if (tag.IsStart && tag.Name is ("tr" or "td" or "th"))
        {
            ClearTo(SectionContext);
            Insert(tag.Name is "tr" ? tag : Tag.Start("tr"));
            _mode = InsertionMode.InRow;
            if (tag.Name is not "tr")
                Process(tag);
            return;
        }

        var isEnd = tag.IsEnd && TagNames.TableSections.Contains(tag.Name);
        if (isEnd || tag is { IsEnd: true, Name: "table" } || (tag.IsStart && TagNames.TableParts.Contains(tag.Name)))
        {
            if (isEnd ? !IsInTableScope(tag.Name) : !(IsInTableScope("tbody") || IsInTableScope("thead") || IsInTableScope("tfoot")))
                return;
            ClearTo(SectionContext);
            Pop();
            _mode = InsertionMode.InTable;
            if (!isEnd)
                Process(tag);
        }
        else if (tag.IsStart || !(IsIgnoredEnd(tag.Name) || tag.Name is "caption"))
            InTable(tag);
    }

    private void InRow(in Tag tag)
    {
        if (tag.IsStart && Cells.Contains(tag.Name))
        {
            ClearTo(RowContext);
            Insert(tag);
            _mode = InsertionMode.InCell;
            PushMarker();
            return;
        }

        var isSection = tag.IsEnd && TagNames.TableSections.Contains(tag.Name);
        if (isSection || tag is { IsEnd: true, Name: "tr" or "table" } || (tag.IsStart && TagNames.TableParts.Contains(tag.Name)))
        {
            if ((isSection && !IsInTableScope(tag.Name)) || !IsInTableScope("tr"))
                return;
            ClearTo(RowContext);
            Pop();
            _mode = InsertionMode.InTableBody;
            if (tag is not { IsEnd: true, Name: "tr" })
                Process(tag);
        }
        else if (tag.IsStart || !(IsIgnoredEnd(tag.Name) || tag.Name is "caption"))
            InTable(tag);
    }

    private void InCell(in Tag tag)
    {
        if (tag.IsEnd && Cells.Contains(tag.Name))
        {
            if (!IsInTableScope(tag.Name))
                return;
            CloseWithImplied(tag.Name);
            ClearToMarker();
            _mode = InsertionMode.InRow;
            return;
        }

        var isPart = tag.IsStart && TagNames.TableParts.Contains(tag.Name);
        if (!isPart && !(tag.IsEnd && TagNames.TableStructure.Contains(tag.Name)))
        {
            if (tag.IsStart || tag.Name is not ("body" or "caption" or "col" or "colgroup" or "html"))
                InBody(tag);
            return;
        }

        if (isPart ? !(IsInTableScope("td") || IsInTableScope("th")) : !IsInTableScope(tag.Name))
            return;
        GenerateImpliedEnds();
        PopToAny(Cells);
        ClearToMarker();
        ProcessAs(InsertionMode.InRow, tag);
    }

    private void ClearTo(FrozenSet<string> context)
    {
        while (!(Current.IsHtml && context.Contains(Current.Name)))
            Pop();
    }
}
