namespace LinkMonitor.Engine.Reading.Trees;

/// <content>Formatting elements: https://html.spec.whatwg.org/multipage/parsing.html#the-list-of-active-formatting-elements</content>
internal sealed partial class TreeBuilder
{
    private const int MaxAdoptions = 8;
    private const int MaxAdopted = 3;
    private const int MaxEqual = 3;

    // Null is a marker.
    private readonly List<PageElement?> _formatting = [];

    private void PushFormatting(PageElement element)
    {
        var equal = 0;
        for (var i = _formatting.Count - 1; i >= 0 && _formatting[i] is { } other; i--)
        {
            budget.Step();
            if (!IsEqual(element, other) || ++equal < MaxEqual)
                continue;
            _formatting.RemoveAt(i);
            break;
        }

        _formatting.Add(element);
    }

    private static bool IsEqual(PageElement one, PageElement other)
    {
        if (one.Name != other.Name || one.Attributes.Length != other.Attributes.Length)
            return false;
        return Array.TrueForAll(one.Attributes, attribute => other.GetAttribute(attribute.Name) == attribute.Value);
    }

    private void PushMarker() => _formatting.Add(null);

    private void ClearToMarker()
    {
        while (_formatting.Count > 0)
        {
            var last = _formatting[^1];
            _formatting.RemoveAt(_formatting.Count - 1);
            if (last is null)
                return;
        }
    }

    private void Reconstruct()
    {
        var first = _formatting.Count;
        while (first > 0 && _formatting[first - 1] is { } element && !IsOpen(element))
            first--;
        for (var i = first; i < _formatting.Count && !budget.IsExceeded; i++)
            _formatting[i] = Insert(_formatting[i]!.Clone());
    }

    private bool IsOpen(PageElement element) => _counts.GetValueOrDefault(element.Name) > 0 && LastOpen(element) >= 0;

    private PageElement? LastFormatting(string name)
    {
        for (var i = _formatting.Count - 1; i >= 0 && _formatting[i] is { } element; i--)
        {
            budget.Step();
            if (element.Name == name)
                return element;
        }

        return null;
    }

    /// <summary>https://html.spec.whatwg.org/multipage/parsing.html#adoption-agency-algorithm</summary>
    private void Adopt(string subject)
    {
        if (Current.Is(subject) && !_formatting.Contains(Current))
        {
            Pop();
            return;
        }

        for (var round = 0; round < MaxAdoptions && !budget.IsExceeded; round++)
        {
            if (LastFormatting(subject) is not { } formatting)
            {
                if (round == 0)
                    EndOther(subject);
                return;
            }

            var index = LastOpen(formatting);
            if (index < 0)
            {
                _formatting.Remove(formatting);
                return;
            }

            if (!IsInScope(formatting))
                return;
            if (!AdoptOnce(formatting, index))
                return;
        }
    }

    private bool IsInScope(PageElement target)
    {
        for (var i = _open.Count - 1; i >= 0 && !ReferenceEquals(_open[i], target); i--)
        {
            budget.Step();
            if (IsScopeEnd(_open[i]))
                return false;
        }

        return true;
    }

    /// <returns>False when that was the last round.</returns>
    private bool AdoptOnce(PageElement formatting, int index)
    {
        var furthest = index + 1;
        while (furthest < _open.Count && !IsSpecial(_open[furthest]))
            furthest++;
        if (furthest == _open.Count)
        {
            PopTo(formatting);
            _formatting.Remove(formatting);
            return false;
        }

        var block = _open[furthest];
        var ancestor = _open[index - 1];
        var bookmark = _formatting.LastIndexOf(formatting);
        var last = AdoptInner(formatting, block, furthest, ref bookmark);
        var (parent, before) = PlaceFor(ancestor);
        parent.Insert(last, before);

        var clone = formatting.Clone();
        budget.AddElement();
        budget.Step(block.MoveChildrenTo(clone));
        block.Insert(clone, null);
        var old = _formatting.LastIndexOf(formatting);
        _formatting.RemoveAt(old);
        _formatting.Insert(old < bookmark ? bookmark - 1 : bookmark, clone);
        RemoveOpen(formatting);
        PushAt(LastOpen(block) + 1, clone);
        return true;
    }

    /// <summary>Rewraps what stands between the formatting element and the block.</summary>
    /// <returns>What takes the block's place under the common ancestor.</returns>
    private PageElement AdoptInner(PageElement formatting, PageElement block, int furthest, ref int bookmark)
    {
        var last = block;
        var counter = 0;
        for (var i = furthest - 1; !ReferenceEquals(_open[i], formatting); i--)
        {
            counter++;
            var node = _open[i];
            var entry = _formatting.LastIndexOf(node);
            if (counter > MaxAdopted && entry >= 0)
            {
                _formatting.RemoveAt(entry);
                if (entry < bookmark)
                    bookmark--;
                entry = -1;
            }

            if (entry < 0)
            {
                RemoveAt(i);
                continue;
            }

            var clone = node.Clone();
            budget.AddElement();
            _formatting[entry] = clone;
            _open[i] = clone;
            if (ReferenceEquals(last, block))
                bookmark = entry + 1;
            clone.Insert(last, null);
            last = clone;
        }

        return last;
    }

    private (PageElement Parent, PageNode? Before) PlaceFor(PageElement ancestor)
    {
        // The place under the common ancestor is always one of foster parenting when the ancestor is a table's part.
        var wasFostering = _isFostering;
        _isFostering = true;
        var place = PlaceIn(ancestor);
        _isFostering = wasFostering;
        return place;
    }
}
