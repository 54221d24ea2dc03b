using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>A worse finding that is not confirmed yet: the state stays, a recheck is due.</summary>
public sealed record Suspicion
{
    /// <summary>The state that the finding leads to once confirmed.</summary>
    public required LinkState Towards { get; init; }

    public required Reason Reason { get; init; }

    /// <summary>
    /// When the doubt began: the first observation in the row that said so. It outlives a change of the finding's details, and of the
    /// way a link is lost.
    /// </summary>
    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>How many observations said so, 1 or more.</summary>
    public required int Observations { get; init; }
}
