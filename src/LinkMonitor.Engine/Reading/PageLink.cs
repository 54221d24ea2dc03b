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

    public required LinkKind Kind { get; init; }

    public required Placement Placement { get; init; }

    /// <summary>True when readers cannot see it.</summary>
    public required bool Hidden { get; init; }

    /// <summary>1 for the page's first link, in document order.</summary>
    public required int Ordinal { get; init; }

    /// <summary>
    /// Where its own text begins in <see cref="PageReading.Text"/>, in characters; next to it when the link has no text there.
    /// </summary>
    public int TextStart { get; init; }

    /// <summary>Where its own text ends in <see cref="PageReading.Text"/>, in characters.</summary>
    public int TextEnd { get; init; }

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
