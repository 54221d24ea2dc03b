using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// What a link is of what was agreed, as whoever sold it or pays for it is told: the one rule behind the figures of vendors and of client
/// reports.
/// </summary>
[JsonConverter(typeof(WireNameJsonConverter<Standing>))]
public enum Standing
{
    /// <summary>There, as agreed; also when only our own target is at fault (<see cref="OwnSide"/>).</summary>
    AsAgreed,

    /// <summary>There, and not as agreed for a reason on the side of the page.</summary>
    Changed,

    /// <summary>Gone, as confirmed by checks that saw the page.</summary>
    Lost,

    /// <summary>Not there at the first check, and not since.</summary>
    NotFound,

    /// <summary>No check could tell, at all or the last time.</summary>
    NotVerified,
}

/// <summary>Says what a link is of what was agreed.</summary>
public static class StandingRule
{
    /// <summary>
    /// What no check could tell is never lost, whatever it was before. A check that failed by our own fault says nothing: what the one
    /// before it said stands, be it that it could not tell.
    /// </summary>
    /// <param name="look">What the last check saw of the page; null before the first.</param>
    /// <param name="isOwnSideOnly">Every reason is one that only the owner of the target can mend.</param>
    /// <param name="isUnobserved">The last check that was not our own fault could not tell.</param>
    public static Standing Of(LinkState state, CheckOutcome? look, bool isOwnSideOnly, bool isUnobserved) => (state, look) switch
    {
        (LinkState.Pending or LinkState.Unreachable, _) => Standing.NotVerified,
        (_, CheckOutcome.OurFault) when isUnobserved => Standing.NotVerified,
        (_, { } outcome) when outcome != CheckOutcome.OurFault && !IsTold(state, outcome, isUnobserved) => Standing.NotVerified,
        (LinkState.Live, _) => Standing.AsAgreed,
        (LinkState.Changed, _) => isOwnSideOnly ? Standing.AsAgreed : Standing.Changed,
        (LinkState.Lost, _) => Standing.Lost,
        _ => Standing.NotFound,
    };

    /// <summary>
    /// Whether the last check could tell how the link is: it saw the page, or it confirms a loss that is held, as a name that still does
    /// not exist or a page that still stands in the place of the known one does. The tracker counts such a check as one that saw.
    /// </summary>
    /// <param name="look">What the last check saw of the page.</param>
    /// <param name="isUnobserved">The last check that was not our own fault could not tell.</param>
    public static bool IsTold(LinkState state, CheckOutcome look, bool isUnobserved) =>
        look.IsSeen() || (!isUnobserved
            && state is LinkState.Lost or LinkState.NotFound
            && look is CheckOutcome.PageReplaced or CheckOutcome.Parked or CheckOutcome.Unreachable);

    /// <summary>The same of a link; null before the first check.</summary>
    public static bool? IsTold(LinkStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.LastOutcome is { } look ? IsTold(status.State, look, status.UnobservedSince is not null) : null;
    }

    /// <inheritdoc cref="Of(LinkState, CheckOutcome?, bool, bool)"/>
    public static Standing Of(LinkStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return Of(
            status.State, status.LastOutcome, OwnSide.AreAll(status.Reasons.Select(reason => reason.Code)),
            status.UnobservedSince is not null);
    }
}
