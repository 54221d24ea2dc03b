using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>A link while its content is being read.</summary>
/// <param name="element">The <c>a</c> or <c>area</c>.</param>
internal sealed class OpenLink(PageElement element, Placement placement, Visibility visibility)
{
    private readonly FoldedText _anchor = new(PageLink.MaxAnchorLength);
    private bool _hasText;
    private bool _hasImage;

    public PageElement Element => element;

    public Placement Placement => placement;

    /// <summary>The length of the page's text when the element opened.</summary>
    public int TextStart { get; init; }

    /// <summary>The length of the page's text when the element closed.</summary>
    public int TextEnd { get; set; }

    public string Anchor => IsArea ? FoldedText.Fold(element.GetAttribute("alt") ?? "") : _anchor.ToString();

    public LinkKind Kind => IsArea ? LinkKind.Area : _hasImage && !_hasText ? LinkKind.Image : LinkKind.Text;

    public bool IsHidden => Kind is LinkKind.Text ? visibility.HidesText : visibility.HidesImages;

    private bool IsArea => element.Name == "area";

    public void AddText(string text)
    {
        _hasText |= !string.IsNullOrWhiteSpace(text);
        _anchor.Append(text);
    }

    /// <param name="alternative">The text that stands for the image; null when it has none.</param>
    public void AddImage(string? alternative)
    {
        _hasImage = true;
        AddAlternative(alternative ?? "");
    }

    /// <summary>More of the text that stands for an image.</summary>
    public void AddAlternative(string text) => _anchor.Append(text);

    public void AddBreak() => _anchor.Break();
}
