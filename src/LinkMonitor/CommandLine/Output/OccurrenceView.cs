using System.Text.Json.Serialization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.CommandLine.Output;

/// <summary>A link of a page, as <c>inspect</c> and <c>check</c> write it.</summary>
internal sealed record OccurrenceView
{
    public required string Href { get; init; }

    public required string? Url { get; init; }

    public required IReadOnlyList<string> Rel { get; init; }

    public required bool Follow { get; init; }

    public required string Anchor { get; init; }

    public required LinkKind Kind { get; init; }

    public required Placement Placement { get; init; }

    public required bool Hidden { get; init; }

    /// <summary>Its place among the page's links, from 1; for people only, the JSON is fixed.</summary>
    [JsonIgnore]
    public int Ordinal { get; init; }

    /// <summary>How far down the text it stands, 0 to 1; for people only.</summary>
    [JsonIgnore]
    public double TextShare { get; init; }

    public static OccurrenceView Of(PageLink link, PageReading page) => new()
    {
        Href = link.Href,
        Url = link.Url?.Href,
        Rel = link.Rel,
        Follow = link.Follow,
        Anchor = link.Anchor,
        Kind = link.Kind,
        Placement = link.Placement,
        Hidden = link.Hidden,
        Ordinal = link.Ordinal,
        TextShare = Surrounding.Share(page, link),
    };
}
