using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;

namespace LinkMonitor.Engine.Tracking;

/// <summary>Everything the tracker remembers of a watched link between two checks.</summary>
public sealed record LinkStatus
{
    public required LinkState State { get; init; }

    /// <summary>Why the state is not <see cref="LinkState.Live"/>; empty for live and pending.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>When the state began: the first observation that said so, not the one that confirmed it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Null until an observation finds the link.</summary>
    public Baseline? Baseline { get; init; }

    public IReadOnlyList<Suspicion> Suspicions { get; init; } = [];

    /// <summary>The last check, whatever it saw; null before the first.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>The last check that really saw the page (or its confirmed absence).</summary>
    public DateTimeOffset? LastObservedAt { get; init; }

    /// <summary>The last check that saw the link.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The first of the checks in a row that could not see the page; null when the last one could.</summary>
    public DateTimeOffset? UnobservedSince { get; init; }

    /// <summary>The last check, seen or not.</summary>
    public Evidence? LastEvidence { get; init; }

    /// <summary>The last check that found the link: the "before" of a loss.</summary>
    public Evidence? LastSeenEvidence { get; init; }

    /// <summary>A link that has just been registered.</summary>
    public static LinkStatus New(DateTimeOffset now) => new() { State = LinkState.Pending, Since = now };
}
