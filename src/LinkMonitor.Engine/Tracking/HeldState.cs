using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>A state with its reasons, as confirmed.</summary>
/// <param name="State">Never <see cref="LinkState.Unreachable"/>.</param>
/// <param name="Reasons">Empty for live and pending.</param>
public sealed record HeldState(LinkState State, IReadOnlyList<Reason> Reasons)
{
    /// <summary>What is held of the link itself: an unreachable page takes nothing away from it.</summary>
    internal static HeldState Of(LinkStatus status) => status.BeforeUnreachable ?? new HeldState(status.State, status.Reasons);

    internal bool Holds(Reason reason) => Reasons.Any(reason.IsSameAs);

    internal bool HoldsCode(ReasonCode code) => Reasons.Any(reason => reason.Code == code);
}
