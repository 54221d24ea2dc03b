using System.Runtime.InteropServices;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// A model of the tree builder's stack of open elements, for <see cref="NestingLimiter"/>. It may hold more than the real one, never much less:
/// https://html.spec.whatwg.org/multipage/parsing.html#the-stack-of-open-elements
/// </summary>
internal sealed class OpenTags
{
    private static readonly string[] Cells = ["td", "th"];
    private static readonly string[] Rows = ["tr"];
    private static readonly string[] RowGroups = ["tbody", "thead", "tfoot", "caption", "colgroup"];
    private static readonly string[] Headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
    private static readonly string[] Paragraphs = ["p"];
    private static readonly string[] Items = ["li"];
    private static readonly string[] Definitions = ["dd", "dt"];
    private static readonly string[] Options = ["option"];

    private readonly List<OpenTag> _stack = [];

    // The standard's list of active formatting elements; null is a marker.
    private readonly List<OpenTag?> _formatting = [];

    // How many tags of a name are on the stack: most end tags of a hostile page close nothing, and need no search to find that out.
    private readonly Dictionary<string, int> _counts = [];

    public int Depth => _stack.Count;

    public int Formatting => _formatting.Count;

    /// <summary>Whether the next text or inline element is put in front of a table instead of into it.</summary>
    public bool IsFostering => _stack is [.., { Name: "table" or "tbody" or "thead" or "tfoot" or "tr" }];

    /// <summary>Whether the next element is one of SVG or MathML.</summary>
    public bool IsForeign => _stack is [.., { IsForeign: true }];

    /// <summary>Does what a start tag does to the stack before its own element is pushed.</summary>
    public void MakeRoom(string name, TagClass kind)
    {
        switch (kind)
        {
            case TagClass.Anchor:
                CloseFormatting(name);
                break;
            case TagClass.TablePart when name is "td" or "th":
                CloseUpTo(Cells, static tag => tag.Name is "tr" or "table" or "template");
                break;
            case TagClass.TablePart when name is "tr":
                CloseUpTo(Rows, IsTableBarrier);
                break;
            case TagClass.TablePart when name is not "table":
                CloseUpTo(RowGroups, IsTableBarrier);
                break;
            case TagClass.Block:
                CloseImplied(name);
                CloseUpTo(Paragraphs, IsScope);
                break;
            case TagClass.Scope when name is "button" or "select":
                CloseUpTo([name], IsScope);
                break;
            case TagClass.Inline when name is "option" or "optgroup":
                CloseUpTo(Options, static tag => tag.Name is not "option");
                break;
        }
    }

    public bool IsOpen(string name) => _counts.GetValueOrDefault(name) > 0;

    /// <summary>Closes SVG and MathML, as HTML's own tags do inside them.</summary>
    public void LeaveForeign()
    {
        while (IsForeign)
            Pop();
    }

    public void Push(string name, TagClass kind)
    {
        var isForeign = name is "svg" or "math" || (IsForeign && kind is TagClass.Inline);
        var tag = new OpenTag(name, kind) { IsOpen = true, IsForeign = isForeign };
        PushAgain(tag);
        if (kind is TagClass.Formatting or TagClass.Anchor)
            _formatting.Add(tag);
        else if (IsMarker(tag))
            _formatting.Add(null);
    }

    /// <summary>Opens again the formatting elements that a block closed. Source: #reconstruct-the-active-formatting-elements</summary>
    /// <returns>How many elements that made.</returns>
    public int Reconstruct()
    {
        var first = _formatting.Count;
        while (first > 0 && _formatting[first - 1] is { IsOpen: false })
            first--;
        for (var i = first; i < _formatting.Count; i++)
            PushAgain(_formatting[i]!);
        return _formatting.Count - first;
    }

    /// <summary>Does what an end tag does. False when it closes nothing.</summary>
    public bool Close(string name, TagClass kind) => kind switch
    {
        TagClass.Formatting or TagClass.Anchor when !IsForeign => CloseFormatting(name),
        TagClass.TablePart => CloseUpTo([name], IsTableBarrier),
        TagClass.Inline when !IsForeign => CloseUpTo([name], static tag => tag.Class is TagClass.Block or TagClass.Scope or TagClass.TablePart),
        TagClass.Block when Headings.Contains(name) => CloseUpTo(Headings, IsScope),
        _ => CloseUpTo([name], IsScope),
    };

    private void CloseImplied(string name)
    {
        if (name is "li")
            CloseUpTo(Items, IsItemBarrier);
        else if (name is "dd" or "dt")
            CloseUpTo(Definitions, IsItemBarrier);
        else if (_stack is [.., var top] && Headings.Contains(top.Name) && Headings.Contains(name))
            Pop();
    }

    private bool CloseFormatting(string name)
    {
        var entry = _formatting.FindLastIndex(tag => tag is null || tag.Name == name);
        if (entry < 0 || _formatting[entry] is not { } found)
            return false;

        _formatting.RemoveAt(entry);
        var at = _stack.LastIndexOf(found);
        if (at < 0)
            return true;
        if (_stack.FindIndex(at, static tag => tag.Class is TagClass.Block or TagClass.Scope or TagClass.TablePart) >= 0)
            Remove(at);
        else
            PopFrom(at);
        return true;
    }

    private bool CloseUpTo(string[] names, Predicate<OpenTag> isBarrier)
    {
        if (!Array.Exists(names, IsOpen))
            return false;
        for (var i = _stack.Count - 1; i >= 0; i--)
        {
            if (names.Contains(_stack[i].Name))
            {
                PopFrom(i);
                return true;
            }

            if (isBarrier(_stack[i]))
                return false;
        }

        return false;
    }

    private void PushAgain(OpenTag tag)
    {
        tag.IsOpen = true;
        _stack.Add(tag);
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, tag.Name, out _)++;
    }

    private void Remove(int index)
    {
        var tag = _stack[index];
        tag.IsOpen = false;
        _counts[tag.Name]--;
        _stack.RemoveAt(index);
    }

    private void PopFrom(int index)
    {
        while (_stack.Count > index)
            Pop();
    }

    private void Pop()
    {
        var isMarker = IsMarker(_stack[^1]);
        Remove(_stack.Count - 1);
        if (isMarker && _formatting.FindLastIndex(static entry => entry is null) is >= 0 and var marker)
            _formatting.RemoveRange(marker, _formatting.Count - marker);
    }

    private static bool IsScope(OpenTag tag) => tag.Class is TagClass.Scope or TagClass.TablePart && tag.Name is not ("button" or "select");

    private static bool IsTableBarrier(OpenTag tag) => tag.Name is "table" or "template";

    private static bool IsMarker(OpenTag tag) =>
        tag.Name is "td" or "th" or "caption" or "template" or "object" or "applet" or "marquee";

    private static bool IsItemBarrier(OpenTag tag) =>
        tag.Class is TagClass.Scope or TagClass.TablePart || (tag.Class is TagClass.Block && tag.Name is not ("address" or "div" or "p" or "li" or "dd" or "dt"));

    private sealed class OpenTag(string name, TagClass kind)
    {
        public string Name => name;

        public TagClass Class => kind;

        public bool IsForeign { get; init; }

        public bool IsOpen { get; set; }
    }
}
