using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>The verdict on every link of a page that was not seen: lost when the page is gone, else unknown.</summary>
internal static class UnseenPageVerdict
{
    public static Verdict Judge(Observation observation)
    {
        var code = CodeOf(observation.Kind);
        return new Verdict
        {
            State = code is ReasonCode.PageGone ? VerdictState.Lost : VerdictState.Unknown,
            Reasons = [new Reason { Code = code, Message = observation.Detail }],
            Suspected = observation.NameNotFound ? DomainGone(observation) : null,
            Observation = observation,
        };
    }

    private static ReasonCode CodeOf(ObservationKind kind) => kind switch
    {
        ObservationKind.Gone => ReasonCode.PageGone,
        ObservationKind.Blocked => ReasonCode.Blocked,
        ObservationKind.ServerError => ReasonCode.ServerError,
        ObservationKind.Unreachable => ReasonCode.Unreachable,
        ObservationKind.NotHtml => ReasonCode.NotHtml,
        ObservationKind.TooLarge => ReasonCode.TooLarge,
        ObservationKind.RobotsDisallowed => ReasonCode.RobotsDisallowed,
        ObservationKind.Refused => ReasonCode.Refused,
        ObservationKind.OurFault => ReasonCode.OurFault,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A page of this kind has a reading."),
    };

    private static Reason DomainGone(Observation observation) => new()
    {
        Code = ReasonCode.DomainGone,
        Message = $"The domain name {observation.FinalUrl.Host} no longer exists, so the page is gone with its site.",
    };
}
