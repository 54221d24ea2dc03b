using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>
/// Builds the tree of a page by https://html.spec.whatwg.org/multipage/parsing.html#tree-construction, scripting off, from the tokens of
/// <see cref="Tokenizer"/>. Why a tree of our own: docs/decisions/0010-reading-like-a-browser.md. Its cost is counted in steps: an
/// element made, or one visited in a search. What has no bearing on links is left out: comments, attributes of a second html or body,
/// capitals in the names of SVG.
/// </summary>
internal sealed partial class TreeBuilder(Tokenizer tokenizer, ReadingBudget budget)
{
    private static readonly PageAttribute[] NoAttributes = [];

    private readonly PageElement _document = new("#document", ElementSpace.Other, NoAttributes);
    private readonly Stack<InsertionMode> _templateModes = [];
    private InsertionMode _mode = InsertionMode.Initial;
    private InsertionMode _modeBeforeText;
    private PageElement? _head;
    private PageElement? _form;
    private bool _isFramesetOk = true;
    private bool _isQuirks;
    private bool _isFostering;
    private bool _isNewlineSkipped;
    private bool _hasSelectedContent;

    public PageElement Document => _document;

    public bool IsForeign => _open.Count > 0 && !Current.IsHtml;

    public void AddDoctype(bool isQuirks)
    {
        EndTableText();
        if (_mode is not InsertionMode.Initial)
            return;
        _isQuirks = isQuirks;
        _mode = InsertionMode.BeforeHtml;
    }

    /// <summary>A comment is not kept, but keeps apart what stands around it. One that was meant for the server is.</summary>
    public void AddComment(ReadOnlySpan<char> comment)
    {
        _isNewlineSkipped = false;
        EndTableText();
        if (_open.Count == 0 || ServerDirective.OfComment(comment) is not { } name)
            return;
        budget.AddElement();
        Current.Insert(new PageDirective(name), null);
    }

    public void AddTag(in Tag tag)
    {
        _isNewlineSkipped = false;
        EndTableText();
        if (IsForHtml(tag))
            Process(tag);
        else
            ProcessForeign(tag);
    }

    public void AddText(ReadOnlyMemory<char> text)
    {
        if (_isNewlineSkipped && text.Span.StartsWith('\n'))
            text = text[1..];
        _isNewlineSkipped = false;
        if (text.Length == 0)
            return;
        if (!IsForeign || IsTextPoint(Current) || IsHtmlPoint(Current))
        {
            ProcessText(text);
            return;
        }

        InsertText(text);
        _isFramesetOk &= IsBlank(text);
    }

    /// <summary>At the end of the file.</summary>
    public void End()
    {
        IsCut = _mode is not (InsertionMode.AfterBody or InsertionMode.AfterAfterBody) && _open.Exists(MustBeClosed);
        EndTableText();
        if (_hasSelectedContent)
            new SelectedContent(budget).Fill(_document);
    }

    /// <summary>Whether the file ended inside an element whose end tag may not be left out, before the end of the body.</summary>
    public bool IsCut { get; private set; }

    private void Process(in Tag tag)
    {
        switch (_mode)
        {
            case InsertionMode.Initial or InsertionMode.BeforeHtml or InsertionMode.BeforeHead:
                BeforeHead(tag);
                break;
            case InsertionMode.InHead:
                InHead(tag);
                break;
            case InsertionMode.InHeadNoscript:
                InHeadNoscript(tag);
                break;
            case InsertionMode.AfterHead:
                AfterHead(tag);
                break;
            case InsertionMode.Text:
                EndRawText(tag);
                break;
            case InsertionMode.InTable:
                InTable(tag);
                break;
            case InsertionMode.InCaption:
                InCaption(tag);
                break;
            case InsertionMode.InColumnGroup:
                InColumnGroup(tag);
                break;
            case InsertionMode.InTableBody:
                InTableBody(tag);
                break;
            case InsertionMode.InRow:
                InRow(tag);
                break;
            case InsertionMode.InCell:
                InCell(tag);
                break;
            case InsertionMode.InTemplate:
                InTemplate(tag);
                break;
            default:
                ProcessInOrAfterBody(tag);
                break;
        }
    }

    private void ProcessInOrAfterBody(in Tag tag)
    {
        switch (_mode)
        {
            case InsertionMode.AfterBody or InsertionMode.AfterAfterBody:
                AfterBody(tag);
                break;
            case InsertionMode.InFrameset or InsertionMode.AfterFrameset or InsertionMode.AfterAfterFrameset:
                InFrameset(tag);
                break;
            default:
                InBody(tag);
                break;
        }
    }

    private void ProcessAs(InsertionMode mode, in Tag tag)
    {
        _mode = mode;
        Process(tag);
    }

    private void EndRawText(in Tag tag)
    {
        Pop();
        _mode = _modeBeforeText;
        if (tag.IsStart)
            Process(tag);
    }

    private void ReadRawText(in Tag tag, TextKind kind)
    {
        Insert(tag);
        tokenizer.ReadRaw(kind, tag.Name);
        _modeBeforeText = _mode;
        _mode = InsertionMode.Text;
    }

    // Only what holds the parts of a page: an inline element is easily forgotten.
    // https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
    private static bool MustBeClosed(PageElement element) =>
        element.IsHtml
            && element.Name is "div" or "main" or "article" or "section" or "ul" or "ol" or "table" or "script" or "style" or "title"
                or "textarea";

    private static bool IsBlank(ReadOnlyMemory<char> text) => text.Span.IndexOfAnyExcept(Blanks) < 0;
}

/// <summary>https://html.spec.whatwg.org/multipage/parsing.html#the-insertion-mode</summary>
internal enum InsertionMode
{
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}
