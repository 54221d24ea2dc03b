namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>
/// What a select shows of its choice: Chromium puts a copy of the chosen option into each <c>selectedcontent</c> of its select while it
/// parses, also without scripts. Source: https://html.spec.whatwg.org/multipage/form-elements.html#the-selectedcontent-element
/// </summary>
/// <param name="budget">Copies count as elements: a page may ask for many.</param>
internal sealed class SelectedContent(ReadingBudget budget)
{
    public const string Name = "selectedcontent";

    private readonly Dictionary<PageElement, Choice> _choices = [];
    private readonly List<Choice> _selects = [];
    private int _position;

    /// <summary>Only for a tree that has an element of that name.</summary>
    public void Fill(PageElement document)
    {
        for (PageNode? node = document.FirstChild; node is not null && !budget.IsExceeded; node = Next(node, document))
        {
            budget.Step();
            _position++;
            if (node is PageElement { IsHtml: true } element)
                Add(element);
        }

        foreach (var select in _selects)
            Show(select);
    }

    private void Add(PageElement element)
    {
        switch (element.Name)
        {
            case "select" when !element.HasAttribute("multiple"):
                _choices[element] = new Choice(element);
                _selects.Add(_choices[element]);
                break;
            case "option" when SelectOf(element, out var isDisabled) is { } select:
                select.Add(element, isDisabled, _position);
                break;
            case Name when PlaceOf(element) is { } select:
                select.Places.Add((element, _position));
                break;
        }
    }

    /// <summary>https://html.spec.whatwg.org/multipage/form-elements.html#option-element-nearest-ancestor-select</summary>
    private Choice? SelectOf(PageElement option, out bool isDisabled)
    {
        isDisabled = option.HasAttribute("disabled");
        var hasGroup = false;
        for (var node = option.Parent; node is not null; node = node.Parent)
        {
            budget.Step();
            if (node.Is("select"))
                return _choices.GetValueOrDefault(node);
            if (node.Is("datalist") || node.Is("hr") || node.Is("option") || (hasGroup && node.Is("optgroup")))
                return null;
            if (!node.Is("optgroup"))
                continue;
            hasGroup = true;
            isDisabled |= node.HasAttribute("disabled");
        }

        return null;
    }

    // One in an option, in another of its kind or in two selects shows nothing.
    private Choice? PlaceOf(PageElement element)
    {
        PageElement? select = null;
        for (var node = element.Parent; node is not null; node = node.Parent)
        {
            budget.Step();
            if (node.Is("option") || node.Is(Name) || (select is not null && node.Is("select")))
                return null;
            if (node.Is("select"))
                select = node;
        }

        return select is null ? null : _choices.GetValueOrDefault(select);
    }

    private void Show(Choice select)
    {
        if (select.Chosen is not var (option, at))
            return;

        // An option that stands in one of them takes itself away, and then there is nothing to show.
        var isLost = select.Places.Exists(place => IsInside(option, place.Element));
        foreach (var (place, position) in select.Places)
        {
            // What stands behind the option was parsed when it had its copy already.
            var isBehind = position > at;
            while (!isBehind && place.FirstChild is { } old)
                place.Remove(old);
            if (!isLost)
                Copy(option, place, place.FirstChild);
        }
    }

    private bool IsInside(PageElement element, PageElement ancestor)
    {
        for (var node = element.Parent; node is not null; node = node.Parent)
        {
            budget.Step();
            if (ReferenceEquals(node, ancestor))
                return true;
        }

        return false;
    }

    private void Copy(PageElement from, PageElement to, PageNode? before)
    {
        var parent = to;
        for (var node = from.FirstChild; node is not null && !budget.IsExceeded;)
        {
            budget.Step();
            var place = ReferenceEquals(parent, to) ? before : null;
            var element = node as PageElement;
            if (node is PageText text)
                parent.Insert(new PageText(text.Data), place);
            else if (element is { IsShadowRoot: false })
            {
                budget.AddElement();
                var copy = element.Clone();
                parent.Insert(copy, place);
                if (element.FirstChild is { } child)
                {
                    (parent, node) = (copy, child);
                    continue;
                }
            }

            while (node.Next is null && !ReferenceEquals(node.Parent, from))
                (node, parent) = (node.Parent!, parent.Parent!);
            node = node.Next;
        }
    }

    // A template's content is no part of the document.
    private static PageNode? Next(PageNode node, PageElement root)
    {
        if (node is PageElement { FirstChild: { } child } element && (!element.Is("template") || element.IsShadowRoot))
            return child;
        while (node.Next is null && node.Parent is { } parent && !ReferenceEquals(parent, root))
            node = parent;
        return node.Next;
    }

    /// <summary>The options of one select that takes one choice, as far as they decide.</summary>
    private sealed class Choice(PageElement select)
    {
        private (PageElement Option, int Position)? _first;
        private (PageElement Option, int Position)? _selected;

        public List<(PageElement Element, int Position)> Places { get; } = [];

        /// <summary>The last that says so, else the first that can be chosen, where no more than one is shown.</summary>
        public (PageElement Option, int Position)? Chosen => _selected ?? (IsClosed ? _first : null);

        // https://html.spec.whatwg.org/multipage/form-elements.html#concept-select-size
        private bool IsClosed
        {
            get
            {
                var size = (select.GetAttribute("size") ?? "").AsSpan().TrimStart(" \t\n\f\r").TrimStart('+').TrimStart('0');
                return size.IsEmpty || !char.IsAsciiDigit(size[0]) || (size[0] == '1' && (size.Length == 1 || !char.IsAsciiDigit(size[1])));
            }
        }

        public void Add(PageElement option, bool isDisabled, int position)
        {
            if (option.HasAttribute("selected"))
                _selected = (option, position);
            if (!isDisabled)
                _first ??= (option, position);
        }
    }
}
