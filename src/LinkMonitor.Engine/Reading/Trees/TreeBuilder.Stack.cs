using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace LinkMonitor.Engine.Reading.Trees;

/// <content>The stack of open elements, and where an element goes.</content>
internal sealed partial class TreeBuilder
{
    /// <summary>Below it Chromium puts elements beside their parents instead of into them.</summary>
    private const int MaxDepth = 512;

    private readonly List<PageElement> _open = [];

    // How often each name is open: most end tags of a hostile page close nothing, and need no search to find that out.
    private readonly Dictionary<string, int> _counts = [];

    private PageElement Current => _open[^1];

    private bool HasTemplate => _counts.GetValueOrDefault("template") > 0;

    private PageElement Insert(in Tag tag) => Insert(new PageElement(tag.Name, ElementSpace.Html, tag.Attributes));

    private void InsertEmpty(in Tag tag)
    {
        Insert(tag);
        Pop();
    }

    private PageElement Insert(PageElement element)
    {
        budget.AddElement();
        if (_open.Count == 0)
            _document.Insert(element, null);
        else
            Attach(element);
        Push(element);
        return element;
    }

    private void Attach(PageElement element)
    {
        var (parent, before) = PlaceIn(Current);
        if (before is null && _open.Count > MaxDepth && ReferenceEquals(parent, Current) && parent.Parent is { } grandparent)
            parent = grandparent;
        parent.Insert(element, before);
    }

    private void InsertText(ReadOnlyMemory<char> text)
    {
        var (parent, before) = PlaceIn(Current);
        if ((before is null ? parent.LastChild : before.Previous) is PageText previous)
            previous.Append(text);
        else
            parent.Insert(new PageText(text), before);
    }

    /// <summary>https://html.spec.whatwg.org/multipage/parsing.html#appropriate-place-for-inserting-a-node</summary>
    private (PageElement Parent, PageNode? Before) PlaceIn(PageElement target)
    {
        if (!_isFostering || !target.IsHtml || !TagNames.TableStructure.Contains(target.Name))
            return (target, null);

        var table = LastOpen("table");
        var template = LastOpen("template");
        if (template >= 0 && template > table)
            return (_open[template], null);
        if (table < 0)
            return (_open[0], null);
        return _open[table].Parent is { } parent ? (parent, _open[table]) : (_open[table - 1], null);
    }

    private int LastOpen(string name)
    {
        if (_counts.GetValueOrDefault(name) == 0)
            return -1;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            budget.Step();
            if (_open[i].Is(name))
                return i;
        }

        return -1;
    }

    private int LastOpen(PageElement element)
    {
        var index = _open.LastIndexOf(element);
        budget.Step(index < 0 ? _open.Count : _open.Count - index);
        return index;
    }

    private void Push(PageElement element) => PushAt(_open.Count, element);

    private void PushAt(int index, PageElement element)
    {
        budget.Step(_open.Count - index);
        _open.Insert(index, element);
        if (element.IsHtml)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, element.Name, out _)++;
    }

    private void Pop() => RemoveAt(_open.Count - 1);

    private void RemoveAt(int index)
    {
        var element = _open[index];
        budget.Step(_open.Count - index);
        _open.RemoveAt(index);
        if (element.IsHtml)
            _counts[element.Name]--;
    }

    private void RemoveOpen(PageElement element)
    {
        if (LastOpen(element) is >= 0 and var index)
            RemoveAt(index);
    }

    private void PopTo(PageElement element)
    {
        while (!ReferenceEquals(Current, element))
            Pop();
        Pop();
    }

    private void PopTo(string name)
    {
        while (!Current.Is(name))
            Pop();
        Pop();
    }

    private void PopToAny(FrozenSet<string> names)
    {
        while (!(Current.IsHtml && names.Contains(Current.Name)))
            Pop();
        Pop();
    }

    private void GenerateImpliedEnds(string? except = null)
    {
        while (Current.IsHtml && Current.Name != except && TagNames.ImpliedEnds.Contains(Current.Name))
            Pop();
    }

    private bool IsInScope(string name, params ReadOnlySpan<string> further)
    {
        if (_counts.GetValueOrDefault(name) == 0)
            return false;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            budget.Step();
            var element = _open[i];
            if (element.Is(name))
                return true;
            if (IsScopeEnd(element) || (element.IsHtml && further.Contains(element.Name)))
                return false;
        }

        return false;
    }

    private bool IsAnyInScope(FrozenSet<string> names)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            budget.Step();
            if (_open[i].IsHtml && names.Contains(_open[i].Name))
                return true;
            if (IsScopeEnd(_open[i]))
                return false;
        }

        return false;
    }

    private bool IsInTableScope(string name)
    {
        if (_counts.GetValueOrDefault(name) == 0)
            return false;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            budget.Step();
            if (_open[i].Is(name))
                return true;
            if (_open[i].IsHtml && TagNames.TableScope.Contains(_open[i].Name))
                return false;
        }

        return false;
    }

    private static bool IsScopeEnd(PageElement element) => element.Space switch
    {
        ElementSpace.Html => TagNames.Scope.Contains(element.Name),
        ElementSpace.MathMl => TagNames.MathTextPoints.Contains(element.Name) || element.Name == "annotation-xml",
        ElementSpace.Svg => TagNames.SvgHtmlPoints.Contains(element.Name),
        _ => false,
    };

    private static bool IsSpecial(PageElement element) =>
        element.IsHtml ? TagNames.Special.Contains(element.Name) : IsScopeEnd(element);
}
