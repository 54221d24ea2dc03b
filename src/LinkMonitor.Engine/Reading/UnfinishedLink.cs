using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Engine.Reading;

/// <summary>A link while its content is being read.</summary>
/// <param name="element">The <c>a</c> or <c>area</c>.</param>
/// <param name="anchor">Takes the text; the next link may have it when this one is closed.</param>
internal sealed class UnfinishedLink(PageElement element, Placement placement, Visibility visibility, FoldedText anchor)
{
    // One of a gallery of more is the twin of none.
    private const int MostImages = 32;

    private readonly List<(string Alternative, bool IsInNoscript)> _images = [];
    private List<(int Start, int End)>? _unread;
    private bool _hasText;
    private bool _hasImage;
    private bool _isAfterImage;

    public PageElement Element => element;

    public Placement Placement => placement;

    /// <inheritdoc cref="PageLink.IsPlacedByName"/>
    public bool IsPlacedByName { get; init; }

    /// <summary>The length of the page's text when the element opened.</summary>
    public int TextStart { get; init; }

    /// <inheritdoc cref="PageLink.MainStart"/>
    public int MainStart { get; init; }

    /// <summary>The length of the page's text when the element closed.</summary>
    public int TextEnd { get; private set; }

    /// <summary>Known when the element is closed.</summary>
    public string Anchor { get; private set; } = "";

    /// <inheritdoc cref="PageLink.WholeAnchor"/>
    public string? WholeAnchor { get; private set; }

    public LinkKind Kind => IsArea ? LinkKind.Area : _hasImage && !_hasText ? LinkKind.Image : LinkKind.Text;

    public bool IsHidden => Kind is LinkKind.Text ? visibility.HidesText : visibility.HidesImages;

    private bool IsArea => element.Name == "area";

    public void AddText(ReadOnlySpan<char> text)
    {
        if (!text.IsWhiteSpace())
            (_hasText, _isAfterImage) = (true, false);
        anchor.Append(text);
    }

    /// <summary>A drawing, whose text comes by itself.</summary>
    /// <param name="alternative">What pages give it as they give it to images; null for none.</param>
    public void AddDrawing(string? alternative)
    {
        _hasImage = true;
        anchor.Append(alternative);
    }

    /// <summary>
    /// An image that a script is to load stands twice on a page: as a placeholder, and in noscript. Readers see one of the two.
    /// </summary>
    /// <param name="alternative">The text that stands for the image; null when it has none.</param>
    public void AddImage(string? alternative, bool isInNoscript)
    {
        _hasImage = true;
        var text = FoldedText.Fold(alternative ?? "");
        if (TwinOf(text, isInNoscript) is >= 0 and var twin)
        {
            if (_images[twin].Alternative.Length > 0)
                AddUnread(text);
            else
                anchor.Append(text);
            _images.RemoveAt(twin);
            _isAfterImage = false;
            return;
        }

        anchor.Append(text);
        _isAfterImage = _images.Count < MostImages;
        if (_isAfterImage)
            _images.Add((text, isInNoscript));
    }

    /// <summary>A text that names a drawing, and that no reader sees beside the link's text.</summary>
    public void AddTitle(ReadOnlySpan<char> text) => AddUnread(text);

    public void AddBreak() => anchor.Break();

    /// <param name="textEnd">As <see cref="TextEnd"/>.</param>
    /// <returns>What took the anchor, empty again.</returns>
    public FoldedText Close(int textEnd)
    {
        TextEnd = textEnd;
        Anchor = IsArea ? FoldedText.Fold(element.GetAttribute("alt") ?? "") : anchor.ToString();
        if (!IsArea && _unread is { } unread && Without(unread, Anchor) is { Length: > 0 } read && read != Anchor)
            (Anchor, WholeAnchor) = (read, Anchor);
        anchor.Clear();
        return anchor;
    }

    // With the same text, or else right beside it.
    private int TwinOf(string alternative, bool isInNoscript)
    {
        var alike = _images.FindIndex(image => image.IsInNoscript != isInNoscript && image.Alternative == alternative);
        return alike < 0 && _isAfterImage && _images is [.., var last] && last.IsInNoscript != isInNoscript ? _images.Count - 1 : alike;
    }

    private void AddUnread(ReadOnlySpan<char> text)
    {
        var start = anchor.Length;
        anchor.Append(text);
        if (anchor.Length > start)
            (_unread ??= []).Add((start, anchor.Length));
    }

    private static string Without(List<(int Start, int End)> parts, string text)
    {
        var read = new StringBuilder();
        var from = 0;
        foreach (var (start, end) in parts)
        {
            read.Append(text.AsSpan(Math.Min(from, text.Length)..Math.Min(start, text.Length))).Append(' ');
            from = end;
        }

        return FoldedText.Fold(read.Append(text.AsSpan(Math.Min(from, text.Length))).ToString());
    }
}

/// <summary>
/// Whether readers can see what stands at a place of the page. aria-hidden hides nothing from the eye, so it does not count; nor does a
/// closed <c>details</c>, which readers open and a search opens.
/// </summary>
/// <param name="IsHidden">By something that descendants cannot undo.</param>
/// <param name="IsInvisible">By visibility, which a descendant can set back.</param>
/// <param name="IsTextless">By a font size of a pixel or none, which a descendant can set back and which leaves images.</param>
/// <param name="IsClear">By a letter's colour that lets all light through, which a descendant can set back and which leaves images.</param>
/// <param name="IsIndented">By an indent beyond the edge, which a block inside can set back.</param>
internal readonly record struct Visibility(bool IsHidden, bool IsInvisible, bool IsTextless, bool IsClear, bool IsIndented)
{
    public bool HidesText => IsHidden || IsInvisible || IsTextless || IsClear || IsIndented;

    public bool HidesImages => IsHidden || IsInvisible || IsIndented;

    /// <summary>
    /// The visibility inside an element. html and body are left out: pages hide them until a script or a font has loaded, never from
    /// readers.
    /// <c>hidden=until-found</c> shows itself to whoever searches or follows a link to it, so it hides nothing.
    /// </summary>
    public Visibility Inside(PageElement element)
    {
        if (element.Name is "html" or "body")
            return this;

        // Browsers give links a colour of their own: https://html.spec.whatwg.org/multipage/rendering.html#phrasing-content-3
        var around = IsClear && element.Is("a") && element.HasAttribute("href") ? this with { IsClear = false } : this;
        var hidden = element.GetAttribute("hidden");
        var text = element.GetAttribute("style");
        // https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3: a dialog is shown when it is open, which only a script can
        // change.
        if (element.Is("dialog") && element.GetAttribute("open") is null && InlineStyle.Parse(text).Display is null or "none")
            return around with { IsHidden = true };
        // https://html.spec.whatwg.org/multipage/popover.html#the-popover-attribute: not shown before a button or a script shows it.
        if (element.IsHtml && element.HasAttribute("popover") && InlineStyle.Parse(text).Display is null or "none")
            return around with { IsHidden = true };
        return hidden is null && text is null ? around : around.Inside(element, hidden, InlineStyle.Parse(text));
    }

    internal Visibility Inside(PageElement element, string? hidden, InlineStyle style)
    {
        var isHidden = hidden is not null && style.Display is null && !hidden.Equals("until-found", StringComparison.OrdinalIgnoreCase);
        var isBox = style.IsBox ?? !(element.IsHtml && !PageWalk.Breaking.Contains(element.Name));
        return new Visibility(
            IsHidden || isHidden || style.Display is "none" || style.HidesAll(isBox),
            style.Visibility switch { null or "inherit" => IsInvisible, var value => value is "hidden" or "collapse" },
            style.FontSize is { } size ? size <= InlineStyle.SmallestLetters : IsTextless,
            style.HidesLetters ?? IsClear,
            isBox && style.IsIndented is { } isIndented ? isIndented : IsIndented);
    }
}

/// <summary>
/// Tells which element hides a link, and by what: asked of the few links that are shown as proof, never while a page is read.
/// </summary>
internal static class Concealment
{
    private const int LongestName = 60;
    private const int LongestStyle = 120;

    // Deeper than any page that people make; the tree itself has a bound of its own.
    private const int MostParents = 1_000;

    /// <summary>For example <c>&lt;div class="ads"&gt;: style "display:none"</c>; null when nothing hides it.</summary>
    public static string? Of(PageElement link, LinkKind kind)
    {
        var path = new Stack<PageElement>();
        for (PageElement? element = link; element is not null && path.Count < MostParents; element = element.Parent)
            path.Push(element);
        var around = default(Visibility);
        (PageElement Element, Visibility Around)? by = null;

        // What a part inside shows again was not what hides the link.
        foreach (var element in path)
        {
            var inside = around.Inside(element);
            by = !Hides(inside, kind) ? null : Hides(around, kind) ? by : (element, around);
            around = inside;
        }

        return by is { } found ? $"{NameOf(found.Element)}: {CauseOf(found.Element, found.Around, kind)}" : null;
    }

    private static bool Hides(Visibility visibility, LinkKind kind) =>
        kind is LinkKind.Text ? visibility.HidesText : visibility.HidesImages;

    private static string NameOf(PageElement element) => new StringBuilder("<").Append(element.Name)
        .Append(Attribute(element, "id")).Append(Attribute(element, "class")).Append('>').ToString();

    private static string Attribute(PageElement element, string name) =>
        element.GetAttribute(name) is { } value && FoldedText.Fold(value) is { Length: > 0 } text
            ? $" {name}=\"{ShortText.Cut(text, LongestName)}\"" : "";

    // The declaration that does it alone; several together where none does.
    private static string CauseOf(PageElement element, Visibility around, LinkKind kind)
    {
        var style = element.GetAttribute("style") ?? "";
        var alone = InlineStyle.Split(style).FirstOrDefault(one => Hides(around.Inside(element, null, InlineStyle.Parse(one)), kind));
        if (alone is not null)
            return Style(alone);
        if (Hides(around.Inside(element, null, InlineStyle.Parse(style)), kind))
            return Style(style);
        return element.GetAttribute("hidden") is { } hidden && Hides(around.Inside(element, hidden, InlineStyle.Parse(style)), kind)
            ? "attribute hidden"
            : element.Is("dialog") && !element.HasAttribute("open") ? "a dialog that is not open" : "attribute popover";
    }

    private static string Style(string text) => $"style \"{ShortText.Cut(FoldedText.Fold(text), LongestStyle)}\"";
}

/// <summary>What a part of a page is that may stand for content.</summary>
public enum StandInKind
{
    /// <summary>An order to the server, which was not carried out.</summary>
    Directive,

    /// <summary>An element that is called an error, a placeholder or a question for consent, or announces something (ARIA).</summary>
    Notice,

    /// <summary>A block with text of its own whose class attribute no other element of the page has.</summary>
    OddBlock,

    /// <summary>A button that is no part of a link.</summary>
    Button,
}

/// <summary>A part of a page that may stand for content.</summary>
/// <param name="Name">What it is called in the markup.</param>
/// <param name="Start">How much of <see cref="PageReading.Text"/>, in characters, stands before it.</param>
/// <param name="End">Where in that text it ends.</param>
public readonly record struct StandIn(StandInKind Kind, string Name, int Start, int End)
{
    /// <summary>The name of a button that sends a form: it shows nothing that is on the page.</summary>
    internal const string OfForm = "button of a form";
}

/// <summary>Gathers <see cref="PageShape.StandIns"/>.</summary>
internal sealed class StandInWalk
{
    // An ordinary page has some dozens; those of one place are compared with all of them.
    private const int Most = 2_000;

    private readonly List<(StandIn Part, NameMarks.Marks? Marks)> _found = [];
    private readonly List<(PageElement Element, int Index)> _open = [];

    public IReadOnlyList<StandIn> Found =>
        [.. _found.Where(found => found.Marks is not { IsShared: true }).Select(found => found.Part).OrderBy(part => part.Start)];

    /// <param name="at">The length of the page's text so far.</param>
    public void Enter(PageElement element, NameMarks.Marks marks, string? role, bool isInLink, int at)
    {
        if (ServerDirective.OfElement(element.Name) is { } directive)
            Add(StandInKind.Directive, directive, at, null);
        else if (element.Is("button") && !isInLink)
            Open(element, StandInKind.Button, UnfilledWalk.IsInForm(element) ? StandIn.OfForm : "button", at, null);
        else if (role is "alert" or "status" or "alertdialog")
            Open(element, StandInKind.Notice, $"role={role}", at, null);
        else if (marks.FailureWord is { } word)
            Open(element, StandInKind.Notice, word, at, null);
    }

    public void Add(PageDirective directive, int at) => Add(StandInKind.Directive, directive.Name, at, null);

    /// <summary>Text that stands in a block directly, not in a paragraph or an entry of it.</summary>
    public void AddText(PageElement? parent, NameMarks.Marks marks, int at)
    {
        if (parent is null || marks.Names.Length == 0 || !IsBlock(parent) || parent.HasAttribute("id"))
            return;
        if (_open is [.., var (last, _)] && ReferenceEquals(last, parent))
            return;
        if (marks is { IsShared: false, Names: [var first, ..] })
            Open(parent, StandInKind.OddBlock, $".{first}", at, marks);
    }

    public void Leave(PageElement element, int at)
    {
        if (_open is not [.., var (last, index)] || !ReferenceEquals(last, element))
            return;
        _open.RemoveAt(_open.Count - 1);
        var (part, marks) = _found[index];
        _found[index] = (part with { End = at }, marks);
    }

    private void Open(PageElement element, StandInKind kind, string name, int at, NameMarks.Marks? marks)
    {
        if (Add(kind, name, at, marks))
            _open.Add((element, _found.Count - 1));
    }

    private bool Add(StandInKind kind, string name, int at, NameMarks.Marks? marks)
    {
        if (_found.Count >= Most)
            return false;
        _found.Add((new StandIn(kind, name, at, at), marks));
        return true;
    }

    private static bool IsBlock(PageElement element) => element.Name is "div" or "section" or "aside" or "figure" or "center"
        || element.Name.Contains('-', StringComparison.Ordinal);
}
