using System.Buffers;
using System.Text;

namespace LinkMonitor.Engine.Reading.Trees;

/// <content>Characters. A token may begin with white space that another rule speaks of than of the rest.</content>
internal sealed partial class TreeBuilder
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create("\t\n\f\r ");

    private readonly StringBuilder _tableText = new();

    private void ProcessText(ReadOnlyMemory<char> text)
    {
        switch (_mode)
        {
            case InsertionMode.Text:
                InsertText(text);
                break;
            case InsertionMode.InTableText:
                _tableText.Append(text);
                break;
            case InsertionMode.InTable or InsertionMode.InTableBody or InsertionMode.InRow:
                TextInTable(text);
                break;
            case InsertionMode.InFrameset or InsertionMode.AfterFrameset or InsertionMode.AfterAfterFrameset:
                break;
            case InsertionMode.InBody or InsertionMode.InCaption or InsertionMode.InCell or InsertionMode.InTemplate:
                TextInBody(text);
                break;
            default:
                var start = text.Span.IndexOfAnyExcept(Blanks);
                var blanks = start < 0 ? text : text[..start];
                if (blanks.Length > 0)
                    ProcessBlanks(blanks);
                if (start >= 0)
                    ProcessFirstText(text[start..]);
                break;
        }
    }

    private void TextInBody(ReadOnlyMemory<char> text)
    {
        Reconstruct();
        InsertText(text);
        _isFramesetOk &= IsBlank(text);
    }

    private void TextInTable(ReadOnlyMemory<char> text)
    {
        if (Current.IsHtml && (TagNames.TableStructure.Contains(Current.Name) || Current.Name is "template"))
        {
            _modeBeforeText = _mode;
            _mode = InsertionMode.InTableText;
            _tableText.Append(text);
            return;
        }

        _isFostering = true;
        TextInBody(text);
        _isFostering = false;
    }

    private void EndTableText()
    {
        if (_mode is not InsertionMode.InTableText)
            return;
        _mode = _modeBeforeText;
        var text = _tableText.ToString().AsMemory();
        _tableText.Clear();
        if (IsBlank(text))
        {
            InsertText(text);
            return;
        }

        _isFostering = true;
        TextInBody(text);
        _isFostering = false;
    }

    private void ProcessBlanks(ReadOnlyMemory<char> blanks)
    {
        if (_mode is InsertionMode.InHead or InsertionMode.InHeadNoscript or InsertionMode.AfterHead or InsertionMode.InColumnGroup)
            InsertText(blanks);
        else if (_mode is InsertionMode.AfterBody or InsertionMode.AfterAfterBody)
            TextInBody(blanks);
    }

    /// <summary>The first text that is not white space, in a mode that has no place for any.</summary>
    private void ProcessFirstText(ReadOnlyMemory<char> text)
    {
        switch (_mode)
        {
            case InsertionMode.InColumnGroup when !Current.Is("colgroup"):
                return;
            case InsertionMode.InColumnGroup:
                Pop();
                _mode = InsertionMode.InTable;
                break;
            case InsertionMode.AfterBody or InsertionMode.AfterAfterBody:
                _mode = InsertionMode.InBody;
                break;
            case InsertionMode.InHeadNoscript:
                Pop();
                _mode = InsertionMode.InHead;
                break;
            case InsertionMode.InHead:
                Pop();
                _mode = InsertionMode.AfterHead;
                break;
            case InsertionMode.AfterHead:
                Insert(Tag.Start("body"));
                _mode = InsertionMode.InBody;
                break;
            default:
                BeforeHead(Tag.Start("head"));
                break;
        }

        ProcessText(text);
    }
}
