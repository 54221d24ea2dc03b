using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>A move of a link's state or of its reasons; becomes a stored change.</summary>
public sealed record LinkTransition
{
    public required LinkState From { get; init; }

    public required LinkState To { get; init; }

    public required IReadOnlyList<Reason> ReasonsBefore { get; init; }

    public required IReadOnlyList<Reason> ReasonsAfter { get; init; }

    /// <summary>The observation that completed the move.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The first observation that said so; equal to <see cref="At"/> when no confirmation was needed.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// The last check before that found the link (for a loss) or agreed with the state and reasons until now (for all else). Null at
    /// the first observation.
    /// </summary>
    public required Evidence? Before { get; init; }

    public required Evidence After { get; init; }

    /// <summary>
    /// Whether people are told: false for a link that was never observed before (an import never alerts) and for a lost link that is
    /// lost in another way.
    /// </summary>
    public required bool Alerts { get; init; }
}
