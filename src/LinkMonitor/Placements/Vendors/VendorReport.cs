namespace LinkMonitor.Placements.Vendors;

/// <summary>How well each vendor keeps what was agreed on.</summary>
public sealed record VendorReport
{
    /// <summary>The day (UTC) of the report; days before it count.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>What the figures leave out and how far they reach.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<VendorRecord> Vendors { get; init; }

    /// <summary>What is true of every such report.</summary>
    internal static IReadOnlyList<string> Caveats { get; } =
    [
        "A link counts at 30, 90, 180 or 365 days after its agreed start, or after it was first seen where no start was agreed on.",
        "Links that are not that old yet are left out, because nobody knows what will become of them; so are links whose term had ended by then, and links of which no check within 7 days of that day could tell.",
        "A share is how things stood around that day: a link that was lost and is back counts as agreed.",
        "Links that are no longer watched are not in the report. If you delete links when they are lost, the shares are too good.",
        "The interval is the 95 % Wilson score interval. Where few links are counted it is wide: do not rank vendors whose intervals overlap.",
        "A problem of your own target is not held against the vendor.",
    ];
}
