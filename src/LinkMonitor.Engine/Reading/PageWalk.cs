using System.Runtime.InteropServices;
using AngleSharp.Dom;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Goes once through a document, in document order, and gathers what a reading is made of. Without recursion: pages choose how deep they nest.
/// </summary>
internal sealed class PageWalk
{
    private const int MaxHeadingLength = 500;

    private readonly List<Frame> _path = [];
    private readonly List<OpenLink> _openLinks = [];
    private readonly FoldedText _text = new();
    private readonly FoldedText _title = new();
    private readonly FoldedText _heading = new(MaxHeadingLength);
    private IElement? _firstHeading;
    private bool _isHeadingOpen;
    private bool _isTitleRead;

    private PageWalk()
    {
    }

    public HeadFindings Head { get; } = new();

    /// <summary>In document order of their start tags.</summary>
    public List<OpenLink> Links { get; } = [];

    public string Title => _title.ToString();

    public string Text => _text.ToString();

    /// <inheritdoc cref="PageReading.Heading"/>
    public string Heading => _heading.ToString();

    /// <inheritdoc cref="PageReading.NoscriptLength"/>
    public int NoscriptLength { get; private set; }

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PageWalk Through(IDocument document, CancellationToken cancellationToken)
    {
        var walk = new PageWalk();
        walk.Run(document, cancellationToken);
        return walk;
    }

    private void Run(IDocument document, CancellationToken cancellationToken)
    {
        _path.Add(new Frame { Node = document });
        for (var steps = 0; _path.Count > 0; steps++)
        {
            if ((steps & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();

            ref var frame = ref CollectionsMarshal.AsSpan(_path)[^1];
            if (frame.Next == frame.Node.ChildNodes.Length)
                Leave(frame);
            else
                Visit(frame.Node.ChildNodes[frame.Next++], frame.Place);
        }
    }

    private void Visit(INode node, Place place)
    {
        if (node is IText text)
            AddText(text.Data, place);
        else if (node is IElement element)
            Enter(element, place);
    }

    private void AddText(string text, Place place)
    {
        if (place.Inside is Content.Title)
        {
            if (!_isTitleRead)
                _title.Append(text);
            return;
        }

        foreach (var link in _openLinks)
        {
            if (place.Inside is Content.ImageTitle)
                link.AddAlternative(text);
            else
                link.AddText(text);
        }

        if (place.Visibility.HidesText || place.Inside is Content.ImageTitle)
            return;
        if (_isHeadingOpen)
            _heading.Append(text);
        var before = _text.Length;
        _text.Append(text);
        if (place.Inside is Content.Noscript)
            NoscriptLength += _text.Length - before;
    }

    private void Enter(IElement element, Place place)
    {
        var isHtml = element.NamespaceUri == NamespaceNames.HtmlUri;
        var tag = isHtml ? element.LocalName : "";
        Head.Add(element, tag, place.Inside is Content.Noscript);
        if (IsSkipped(tag))
            return;
        if (tag == "h1" && _firstHeading is null)
            (_firstHeading, _isHeadingOpen) = (element, true);
        if (IsBreaking(tag))
            Break();

        var inside = Inside(place, element, tag);
        if (tag is "a" or "area" && element.HasAttribute("href"))
        {
            var link = new OpenLink(element, inside.Placement, inside.Visibility) { TextStart = _text.Length, TextEnd = _text.Length };
            Links.Add(link);
            _openLinks.Add(link);
        }
        else if (tag is "img" || element.LocalName is "svg")
            AddImage(element);

        _path.Add(new Frame { Node = element, Place = inside });
    }

    private void Leave(Frame frame)
    {
        _path.RemoveAt(_path.Count - 1);
        if (frame.Node is not IElement element)
            return;
        if (_openLinks is [.., var last] && ReferenceEquals(last.Element, element))
        {
            last.TextEnd = _text.Length;
            _openLinks.RemoveAt(_openLinks.Count - 1);
        }

        if (ReferenceEquals(element, _firstHeading))
            _isHeadingOpen = false;
        if (frame.Place.Inside is Content.Title && element.LocalName == "title")
            _isTitleRead = true;
        if (IsBreaking(element.LocalName))
            Break();
    }

    private static Place Inside(Place place, IElement element, string tag) => place with
    {
        Placement = Landmark.Of(element, place.IsInSection) ?? place.Placement,
        IsInSection = place.IsInSection || Landmark.IsSection(element),
        Visibility = place.Visibility.Inside(element),
        Inside = tag switch
        {
            "title" => Content.Title,
            "noscript" => Content.Noscript,
            "" when element.LocalName == "title" => Content.ImageTitle,
            _ => place.Inside,
        },
    };

    private void AddImage(IElement element)
    {
        foreach (var link in _openLinks)
            link.AddImage(element.GetAttribute("alt"));
    }

    private void Break()
    {
        _text.Break();
        _heading.Break();
        foreach (var link in _openLinks)
            link.AddBreak();
    }

    // What browsers show in place of a frame or an embed when they cannot show it: none of them.
    private static bool IsSkipped(string tag) => tag is "script" or "style" or "template" or "iframe" or "noembed" or "noframes";

    private static bool IsBreaking(string tag) => tag is "br" or "hr" or "option" || TagClasses.Of(tag) is TagClass.Block or TagClass.TablePart;

    private enum Content
    {
        Ordinary,
        Title,
        ImageTitle,
        Noscript,
    }

    private readonly record struct Place(Placement Placement, bool IsInSection, Visibility Visibility, Content Inside);

    private struct Frame
    {
        public INode Node { get; init; }

        public Place Place { get; init; }

        /// <summary>The index of the next child: AngleSharp looks for a next sibling among all of them.</summary>
        public int Next { get; set; }
    }
}
