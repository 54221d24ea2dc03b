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

    public static OccurrenceView Of(PageLink link) => new()
    {
        Href = link.Href,
        Url = link.Url?.Href,
        Rel = link.Rel,
        Follow = link.Follow,
        Anchor = link.Anchor,
        Kind = link.Kind,
        Placement = link.Placement,
        Hidden = link.Hidden,
    };
}
