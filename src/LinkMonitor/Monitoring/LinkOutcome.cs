namespace LinkMonitor.Monitoring;

/// <summary>What came of one link in a round of its page.</summary>
/// <param name="Due">When the link wants its page checked again; null when there is no such link any more.</param>
/// <param name="IsTargetLeft">The round had no time left to look at its target.</param>
public readonly record struct LinkOutcome(DateTimeOffset? Due, bool IsTargetLeft)
{
    /// <summary>What was decided, in words for the log; null when there is no such link any more.</summary>
    public string? Decision { get; init; }
}
