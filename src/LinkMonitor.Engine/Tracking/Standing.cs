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
        (_, { } outcome) when !outcome.IsSeen() && outcome != CheckOutcome.OurFault => Standing.NotVerified,
        (LinkState.Live, _) => Standing.AsAgreed,
        (LinkState.Changed, _) => isOwnSideOnly ? Standing.AsAgreed : Standing.Changed,
        (LinkState.Lost, _) => Standing.Lost,
        _ => Standing.NotFound,
    };

    /// <inheritdoc cref="Of(LinkState, CheckOutcome?, bool, bool)"/>
    public static Standing Of(LinkStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return Of(
            status.State, status.LastOutcome, OwnSide.AreAll(status.Reasons.Select(reason => reason.Code)),
            status.UnobservedSince is not null);
    }
}
