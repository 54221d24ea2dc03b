namespace LinkMonitor.Filtering;

/// <summary>A name for a filter line.</summary>
/// <param name="Id">In lower case with hyphens; stays when the name changes.</param>
public sealed record NamedLine(string Id, string Name, FilterLine Line);

/// <summary>The views that every project has.</summary>
public static class BuiltInViews
{
    /// <summary>Links that no check could tell and nobody has answered, the longest unseen first.</summary>
    public static NamedLine NeedsHuman { get; } =
        new("needs-a-human", "Needs a human", Read("observation:unseen -observation:our-fault -has:answer sort:seen"));

    /// <summary>Links that are paid for and whose term ends within 30 days, the soonest first.</summary>
    public static NamedLine PaidEnding { get; } =
        new("paid-ending", "Paid ending in 30 days", Read("has:cost ends:<=30d sort:ends"));

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<NamedLine> All { get; } =
    [
        NeedsHuman,
        new("lost-this-week", "Lost this week", Read("state:lost since:<=7d sort:-since")),
        PaidEnding,
        new("live-but-changed", "Live but changed", Read("state:changed sort:-since")),
        new("never-seen", "Never seen", Read("-has:seen sort:added")),
    ];

    private static FilterLine Read(string line) =>
        FilterParser.Read(line) is { Line: { } read } ? read : throw new InvalidOperationException($"'{line}' is no filter line.");
}
