using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// What one check saw of a page, with the reason where it could not tell: finer than <see cref="ObservationKind"/>, for an answer may come
/// and still not be the page. The wire names are those of <see cref="ObservationKind"/> and <see cref="ReasonCode"/>.
/// </summary>
[JsonConverter(typeof(WireNameJsonConverter<CheckOutcome>))]
public enum CheckOutcome
{
    /// <summary>The page was seen.</summary>
    Observed,

    /// <summary>The server says that it is gone.</summary>
    Gone,
    Blocked,
    ServerError,
    Unreachable,
    NotHtml,
    TooLarge,
    RobotsDisallowed,
    Refused,
    OurFault,
    NoContent,
    ScriptOnly,
    PageShrunk,
    PageReplaced,
    Parked,
}

/// <summary>Says what a check saw of a page.</summary>
public static class OutcomeOfCheck
{
    /// <summary>Whether the page, or its confirmed absence, was seen: then what is said of the link rests on this check.</summary>
    public static bool IsSeen(this CheckOutcome outcome) => outcome is CheckOutcome.Observed or CheckOutcome.Gone;

    internal static CheckOutcome Of(Verdict verdict) =>
        verdict.State == VerdictState.Unknown && verdict.Reasons.Count > 0 && ByReason(verdict.Reasons[0].Code) is { } why
            ? why
            : Of(verdict.Observation.Kind);

    /// <summary>All that evidence of an earlier version contains.</summary>
    internal static CheckOutcome Of(ObservationKind kind) => kind switch
    {
        ObservationKind.Observed => CheckOutcome.Observed,
        ObservationKind.Gone => CheckOutcome.Gone,
        ObservationKind.Blocked => CheckOutcome.Blocked,
        ObservationKind.ServerError => CheckOutcome.ServerError,
        ObservationKind.Unreachable => CheckOutcome.Unreachable,
        ObservationKind.NotHtml => CheckOutcome.NotHtml,
        ObservationKind.TooLarge => CheckOutcome.TooLarge,
        ObservationKind.RobotsDisallowed => CheckOutcome.RobotsDisallowed,
        ObservationKind.Refused => CheckOutcome.Refused,
        ObservationKind.OurFault => CheckOutcome.OurFault,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No check of this kind."),
    };

    private static CheckOutcome? ByReason(ReasonCode code) => code switch
    {
        ReasonCode.Blocked => CheckOutcome.Blocked,
        ReasonCode.ServerError => CheckOutcome.ServerError,
        ReasonCode.NotHtml => CheckOutcome.NotHtml,
        ReasonCode.NoContent => CheckOutcome.NoContent,
        ReasonCode.ScriptOnly => CheckOutcome.ScriptOnly,
        ReasonCode.PageShrunk => CheckOutcome.PageShrunk,
        ReasonCode.PageReplaced => CheckOutcome.PageReplaced,
        ReasonCode.Parked => CheckOutcome.Parked,
        _ => null,
    };
}
