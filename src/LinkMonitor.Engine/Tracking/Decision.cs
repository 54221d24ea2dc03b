using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>What one verdict makes of what is held, before it is written into a status.</summary>
internal sealed record Decision
{
    public required LinkState State { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    public required IReadOnlyList<Suspicion> Suspicions { get; init; }

    /// <summary>The first observation that said so, if this is a move.</summary>
    public required DateTimeOffset Since { get; init; }

    public HeldState? BeforeUnreachable { get; init; }

    /// <summary>Whether the page, or its confirmed absence, was seen.</summary>
    public required bool IsObserved { get; init; }

    /// <summary>The state stays as it is.</summary>
    public static Decision Keep(LinkStatus status, IReadOnlyList<Suspicion> suspicions, DateTimeOffset now, bool isObserved) => new()
    {
        State = status.State,
        Reasons = status.Reasons,
        Suspicions = suspicions,
        Since = now,
        BeforeUnreachable = status.BeforeUnreachable,
        IsObserved = isObserved,
    };

    /// <summary>An observation settles the state: nothing of another kind stays suspected.</summary>
    public static Decision Settle(LinkState state, IReadOnlyList<Reason> reasons, DateTimeOffset since) => new()
    {
        State = state,
        Reasons = reasons,
        Suspicions = [],
        Since = since,
        IsObserved = true,
    };
}
