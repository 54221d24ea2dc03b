using System.Text;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Reading;

/// <summary>An <c>a</c> or <c>area</c> element with an <c>href</c>, as read from a page.</summary>
public sealed record PageLink
{
    /// <summary>Longer anchors are cut here, in characters.</summary>
    public const int MaxAnchorLength = 2000;

    /// <summary>The attribute as written, at most 2,083 characters of it are kept in evidence.</summary>
    public required string Href { get; init; }

    /// <summary>The absolute URL, resolved against the page's base; null when it cannot be resolved.</summary>
    public required WebUrl? Url { get; init; }

    /// <summary>All rel tokens, lower-case, in order, each once.</summary>
    public required IReadOnlyList<string> Rel { get; init; }

    /// <summary>The qualifying tokens among <see cref="Rel"/>.</summary>
    public RelQualifiers Qualifiers => RelText.Qualifiers(Rel);

    /// <summary>Whether a search engine may follow it: no qualifying token, and the page does not say nofollow.</summary>
    public required bool Follow { get; init; }

    /// <summary>
    /// The text, white space folded; an image's or area's alternative text. Empty when there is none, cut at <see cref="MaxAnchorLength"/>.
    /// </summary>
    public required string Anchor { get; init; }

    /// <summary>
    /// The anchor with what is left out of it, as earlier versions read it: the names of drawings beside text, and the second of two
    /// images of which readers see one. Null when nothing is.
    /// </summary>
    internal string? WholeAnchor { get; init; }

    public required LinkKind Kind { get; init; }

    public required Placement Placement { get; init; }

    /// <summary>Whether only class names and ids say so, which a redesign changes without moving anything.</summary>
    public bool IsPlacedByName { get; init; }

    /// <summary>True when readers cannot see it.</summary>
    public required bool Hidden { get; init; }

    /// <summary>
    /// The element that hides it and by what, for example <c>&lt;div class="ads"&gt;: style "display:none"</c>; null when it is not hidden.
    /// Found when it is asked for.
    /// </summary>
    public string? HiddenBy
    {
        get => field ?? (Hidden && Element is { } element ? Concealment.Of(element, Kind) : null);
        init;
    }

    /// <summary>1 for the page's first link, in document order.</summary>
    public required int Ordinal { get; init; }

    /// <summary>
    /// Where its own text begins in <see cref="PageReading.Text"/>, in characters; next to it when the link has no text there.
    /// </summary>
    public int TextStart { get; init; }

    /// <summary>Where its own text ends in <see cref="PageReading.Text"/>, in characters.</summary>
    public int TextEnd { get; init; }

    /// <summary>How much of <see cref="PageShape.MainText"/> stands before it, in characters.</summary>
    public int MainStart { get; init; }

    /// <summary>The element's HTML as parsed, cut at 1,000 characters. Written when it is asked for: few links' are.</summary>
    public string Snippet
    {
        get => field ?? (Element is null ? "" : SnippetWriter.Write(Element));
        init;
    }

    internal PageElement? Element { get; init; }
}

/// <summary>What a reader clicks on.</summary>
[JsonConverter(typeof(WireNameJsonConverter<LinkKind>))]
public enum LinkKind
{
    /// <summary>An <c>a</c> element with text.</summary>
    Text,

    /// <summary>An <c>a</c> element whose only content is an image; its anchor is the alternative text.</summary>
    Image,

    /// <summary>An <c>area</c> of an image map.</summary>
    Area,
}

/// <summary>Writes the HTML of one element up to a length, without recursion and without ever writing the rest.</summary>
internal static class SnippetWriter
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>The element as https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments writes it, cut.</summary>
    public static string Write(PageElement element)
    {
        var output = new StringBuilder();
        for (PageNode? node = element; node is not null && output.Length < MaxLength;)
        {
            Open(output, node);
            if (node is PageElement { FirstChild: { } child })
            {
                node = child;
                continue;
            }

            Close(output, node);
            while (!ReferenceEquals(node, element) && node.Next is null)
                Close(output, node = node.Parent!);
            node = ReferenceEquals(node, element) ? null : node.Next;
        }

        return Cut(output);
    }

    private static void Close(StringBuilder output, PageNode node)
    {
        if (node is PageElement element && !TagNames.Void.Contains(element.Name))
            output.Append("</").Append(element.Name).Append('>');
    }

    private static void Open(StringBuilder output, PageNode node)
    {
        if (node is PageElement element)
        {
            output.Append('<').Append(element.Name);
            foreach (var attribute in element.Attributes)
            {
                if (output.Length >= MaxLength)
                    break;
                output.Append(' ').Append(attribute.Name).Append("=\"");
                Escape(output, attribute.Value, isAttribute: true);
                output.Append('"');
            }

            output.Append('>');
        }
        else if (node is PageText text)
            Escape(output, text.Data.Span, isAttribute: false);
    }

    private static void Escape(StringBuilder output, ReadOnlySpan<char> text, bool isAttribute)
    {
        for (var i = 0; i < text.Length && output.Length < MaxLength; i++)
        {
            _ = text[i] switch
            {
                '&' => output.Append("&amp;"),
                '\u00A0' => output.Append("&nbsp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '"' when isAttribute => output.Append("&quot;"),
                var other => output.Append(other),
            };
        }
    }

    private static string Cut(StringBuilder output)
    {
        var length = Math.Min(output.Length, MaxLength);
        if (length == MaxLength && char.IsHighSurrogate(output[length - 1]))
            length--;
        return output.ToString(0, length);
    }
}
