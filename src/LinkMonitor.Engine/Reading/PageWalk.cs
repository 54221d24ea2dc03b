using System.Collections.Frozen;
using System.Runtime.InteropServices;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Goes once through a document, in document order, and gathers what a reading is made of. Without recursion: pages choose how deep they
/// nest.
/// </summary>
internal sealed class PageWalk : IDisposable
{
    private const int MaxHeadingLength = 500;

    // The edges of these keep apart the text before and after them, as they do on the screen.
    internal static readonly FrozenSet<string> Breaking =
        TagNames.Blocks
            .Union(TagNames.Headings)
            .Union("br hr option pre listing form li dd dt frameset table".Split(' '))
            .Union(TagNames.TableParts)
            .Except(["col"]).ToFrozenSet();

    private readonly ReadingBudget _budget;
    private readonly List<Frame> _path = [];
    private readonly List<UnfinishedLink> _openLinks = [];
    private readonly FoldedText _text = new();
    private readonly FoldedText _title = new();
    private readonly FoldedText _heading = new(MaxHeadingLength);
    private readonly Stack<FoldedText> _spare = [];
    private readonly NameMarks _marks = new();
    private readonly PageEnd _end = new();
    private PageElement? _firstHeading;
    private bool _isHeadingOpen;
    private bool _isTitleRead;

    private PageWalk(ReadingBudget budget) => _budget = budget;

    public HeadFindings Head { get; } = new();

    public ShapeWalk Shape { get; } = new();

    /// <summary>In document order of their start tags.</summary>
    public List<UnfinishedLink> Links { get; } = [];

    public string Title => _title.ToString();

    public string Text => _text.ToString();

    /// <inheritdoc cref="PageReading.Heading"/>
    public string Heading => _heading.ToString();

    /// <inheritdoc cref="PageReading.NoscriptLength"/>
    public int NoscriptLength { get; private set; }

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PageWalk Through(PageElement document, ReadingBudget budget, CancellationToken cancellationToken)
    {
        var walk = new PageWalk(budget);
        try
        {
            walk.Run(document, cancellationToken);
            return walk;
        }
        catch
        {
            walk.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _text.Dispose();
        _title.Dispose();
        _heading.Dispose();
        Shape.Dispose();
        foreach (var spare in _spare)
            spare.Dispose();
        _spare.Clear();
    }

    private void Run(PageElement document, CancellationToken cancellationToken)
    {
        _path.Add(new Frame { Element = document, Marks = NameMarks.None, Next = document.FirstChild });
        for (var steps = 0; _path.Count > 0 && !_budget.IsExceeded; steps++)
        {
            if ((steps & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();

            ref var frame = ref CollectionsMarshal.AsSpan(_path)[^1];
            if (frame.Next is not { } next)
            {
                Leave(frame);
                continue;
            }

            frame.Next = next.Next;
            Visit(next, frame.Place, frame.Marks);
        }
    }

    private void Visit(PageNode node, Place place, NameMarks.Marks around)
    {
        if (node is PageText text)
            AddText(text, place, around);
        else if (node is PageElement element)
            Enter(element, place);
        else if (node is PageDirective directive && place.Inside is not Content.Unread)
            Shape.AddDirective(directive, _text.Length);
    }

    private void AddText(PageText node, Place place, NameMarks.Marks around)
    {
        var text = node.Data.Span;
        if (place.Inside is Content.Unread)
        {
            Shape.AddScript(node.Parent!, text);
            return;
        }

        if (place.Inside is Content.Title)
        {
            if (!_isTitleRead)
                _title.Append(text);
            return;
        }

        _budget.Step(_openLinks.Count);
        foreach (var link in _openLinks)
        {
            if (place.Inside is Content.ImageTitle)
                link.AddTitle(text);
            else
                link.AddText(text);
        }

        if (place.Visibility.HidesText || place.Inside is Content.ImageTitle)
            return;
        if (_isHeadingOpen)
            _heading.Append(text);
        var before = _text.Length;
        _text.Append(text);
        if (place.Inside is not Content.Noscript)
            Shape.AddText(node, around, place.Placement, _openLinks.Count > 0, before, _text.Length);
        if (place.Inside is Content.Noscript)
            NoscriptLength += _text.Length - before;
    }

    private void Enter(PageElement element, Place place)
    {
        var tag = element.IsHtml ? element.Name : "";
        var names = _marks.Of(element);
        if (!(place.IsInShadow && IsOfDocument(tag)))
            Head.Add(element, tag, place.Inside is Content.Noscript);
        if (tag is "template" && !element.IsShadowRoot)
        {
            Shape.Enter(element, tag, names, place.Placement, _openLinks.Count > 0, _text.Length);
            return;
        }

        if (tag == "h1" && _firstHeading is null)
            (_firstHeading, _isHeadingOpen) = (element, true);
        var isBreaking = Breaking.Contains(tag);
        if (isBreaking)
            Break();

        var inside = Inside(place, element, tag, names);
        Shape.Enter(element, tag, names, inside.Placement, _openLinks.Count > 0, _text.Length);
        if (tag is "a" or "area" && element.HasAttribute("href"))
        {
            _budget.AddLink();
            var anchor = _spare.TryPop(out var spare) ? spare : new FoldedText(PageLink.MaxAnchorLength);
            var link = new UnfinishedLink(element, inside.Placement, inside.Visibility, anchor)
            {
                IsPlacedByName = inside.IsPlacedByName,
                TextStart = _text.Length,
                MainStart = Shape.MainLength,
            };
            Links.Add(link);
            _openLinks.Add(link);
        }
        else if (tag is "img" || element.Name is "svg")
            AddImage(element, inside.Inside is Content.Noscript);

        _path.Add(new Frame { Element = element, Marks = names, IsBreaking = isBreaking, Next = element.FirstChild, Place = inside });
    }

    private void Leave(Frame frame)
    {
        _path.RemoveAt(_path.Count - 1);
        var element = frame.Element;
        if (_openLinks is [.., var last] && ReferenceEquals(last.Element, element))
        {
            _spare.Push(last.Close(_text.Length));
            _openLinks.RemoveAt(_openLinks.Count - 1);
        }

        if (ReferenceEquals(element, _firstHeading))
            _isHeadingOpen = false;
        if (frame.Place.Inside is Content.Title && element.Name == "title")
            _isTitleRead = true;
        if (frame.IsBreaking)
            Break();
        Shape.Leave(element, frame.Place.Placement, _text.Length);
    }

    private Place Inside(Place place, PageElement element, string tag, NameMarks.Marks names) => PlaceIn(place, element, names) with
    {
        IsInSection = place.IsInSection || Landmark.IsSection(element),
        Visibility = IsUnread(tag) ? place.Visibility with { IsHidden = true } : place.Visibility.Inside(element),
        IsInShadow = place.IsInShadow || element.IsShadowRoot,
        Inside = tag switch
        {
            _ when place.Inside is Content.Unread || IsUnread(tag) || (place.IsInShadow && tag is "title") => Content.Unread,
            "title" => Content.Title,
            "noscript" => Content.Noscript,
            "" when element.Name == "title" => Content.ImageTitle,
            _ => place.Inside,
        },
    };

    private Place PlaceIn(Place place, PageElement element, NameMarks.Marks names) =>
        Landmark.Of(element, names, place.IsInSection, _end, out var isByName) is { } placement
            ? place with { Placement = placement, IsPlacedByName = isByName } : place;

    private void AddImage(PageElement element, bool isInNoscript)
    {
        foreach (var link in _openLinks)
        {
            if (element.Name is "svg")
                link.AddDrawing(element.GetAttribute("alt"));
            else
                link.AddImage(element.GetAttribute("alt"), isInNoscript);
        }
    }

    private void Break()
    {
        _text.Break();
        _heading.Break();
        Shape.Break();
        foreach (var link in _openLinks)
            link.AddBreak();
    }

    // What browsers show in place of a frame or an embed when they cannot show it: none of them. In HTML there are no elements in these.
    private static bool IsUnread(string tag) => tag is "script" or "style" or "iframe" or "noembed" or "noframes";

    // What speaks of the document only where it stands in the document itself.
    private static bool IsOfDocument(string tag) => tag is "base" or "link" or "meta";

    private enum Content
    {
        Ordinary,
        Title,
        ImageTitle,
        Noscript,
        Unread,
    }

    private readonly record struct Place(
        Placement Placement, bool IsPlacedByName, bool IsInSection, Visibility Visibility, Content Inside, bool IsInShadow);

    private struct Frame
    {
        public PageElement Element { get; init; }

        /// <summary>What its names say.</summary>
        public NameMarks.Marks Marks { get; init; }

        public bool IsBreaking { get; init; }

        public Place Place { get; init; }

        public PageNode? Next { get; set; }
    }
}
