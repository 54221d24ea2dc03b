using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>Says what a check saw of a page.</summary>
public static class LookKinds
{
    /// <summary>Whether the page, or its confirmed absence, was seen: then what is said of the link rests on this check.</summary>
    public static bool IsSeen(this LookKind look) => look is LookKind.Observed or LookKind.Gone;

    internal static LookKind Of(Verdict verdict) =>
        verdict.State == VerdictState.Unknown && verdict.Reasons.Count > 0 && ByReason(verdict.Reasons[0].Code) is { } why ? why : Of(verdict.Observation.Kind);

    /// <summary>All that evidence of an earlier version tells.</summary>
    internal static LookKind Of(ObservationKind kind) => kind switch
    {
        ObservationKind.Observed => LookKind.Observed,
        ObservationKind.Gone => LookKind.Gone,
        ObservationKind.Blocked => LookKind.Blocked,
        ObservationKind.ServerError => LookKind.ServerError,
        ObservationKind.Unreachable => LookKind.Unreachable,
        ObservationKind.NotHtml => LookKind.NotHtml,
        ObservationKind.TooLarge => LookKind.TooLarge,
        ObservationKind.RobotsDisallowed => LookKind.RobotsDisallowed,
        ObservationKind.Refused => LookKind.Refused,
        ObservationKind.OurFault => LookKind.OurFault,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No look of this kind."),
    };

    private static LookKind? ByReason(ReasonCode code) => code switch
    {
        ReasonCode.Blocked => LookKind.Blocked,
        ReasonCode.ServerError => LookKind.ServerError,
        ReasonCode.NotHtml => LookKind.NotHtml,
        ReasonCode.NoContent => LookKind.NoContent,
        ReasonCode.ScriptOnly => LookKind.ScriptOnly,
        ReasonCode.PageShrunk => LookKind.PageShrunk,
        ReasonCode.PageReplaced => LookKind.PageReplaced,
        ReasonCode.Parked => LookKind.Parked,
        _ => null,
    };
}
