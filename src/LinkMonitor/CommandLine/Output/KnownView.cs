using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine.Output;

/// <summary>What a run knows of a link and its page, for a later run with <c>--baseline</c>: of the last one that found the link.</summary>
internal sealed record KnownView
{
    public required DateTimeOffset SeenAt { get; init; }

    public required KnownPage Page { get; init; }

    /// <summary>The page's other outbound links.</summary>
    public required OutboundLinks Outbound { get; init; }

    /// <summary>At most 120 characters of the page's text before the link.</summary>
    public required string Before { get; init; }

    /// <summary>At most 120 characters of it after the link.</summary>
    public required string After { get; init; }

    public required string Anchor { get; init; }

    public required string Rel { get; init; }

    public required Placement Placement { get; init; }

    public required bool Hidden { get; init; }

    public required bool PageNofollow { get; init; }

    /// <summary>Null when the check did not find the link.</summary>
    public static KnownView? Of(Verdict verdict) =>
        verdict is { Known: { } known, Best: { } link, Observation.Reading: { } page } ? new KnownView
        {
            SeenAt = verdict.Observation.CheckedAt,
            Page = known,
            Outbound = OutboundLinks.Of(page, link),
            Before = LinkSurroundings.Before(page, link),
            After = LinkSurroundings.After(page, link),
            Anchor = link.Anchor.Length <= LongestAnchor ? link.Anchor : link.Anchor[..LongestAnchor],
            Rel = RelText.Write(link.Qualifiers),
            Placement = link.Placement,
            Hidden = link.Hidden,
            PageNofollow = !page.Robots.Follow,
        } : null;

    /// <summary>As the judge needs it.</summary>
    public LinkMemory ToMemory() => new()
    {
        Baseline = new Baseline
        {
            Rel = RelText.Qualifiers(RelText.Tokens(Rel)),
            Anchor = Anchor,
            Placement = Placement,
            Hidden = Hidden,
            Indexable = true,
            PageNofollow = PageNofollow,
            SeenAt = SeenAt,
        },
        Known = Page,
        Outbound = Outbound,
        LastAnchor = Anchor,
        Place = (Before, After),
    };

    private const int LongestAnchor = 500;
}
