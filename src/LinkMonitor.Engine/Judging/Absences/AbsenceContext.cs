using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>A page without the link.</summary>
internal sealed record AbsenceContext(Observation Observation, Expectation Expectation, LinkMemory Memory)
{
    /// <summary>Whether this is the page at all.</summary>
    public required IdentityFinding Identity { get; init; }

    /// <summary>A link that may lead to the target, and was followed; null for none.</summary>
    public FollowedLink? Followed { get; init; }

    /// <summary>The page is known from earlier, and this is it: what it looks like by itself proves nothing any more.</summary>
    public bool IsKnownPage => Memory.Known is not null && Identity.IsThePage;

    public Baseline? Baseline => Memory.Baseline;

    public PageReading Page => Observation.Reading!;
}

/// <summary>What an absent link means.</summary>
/// <param name="Instead">The link that stands in its place, if any.</param>
internal sealed record Absence(VerdictState State, Reason Reason, PageLink? Instead = null)
{
    /// <inheritdoc cref="Verdict.Suspected"/>
    public Reason? Suspected { get; init; }

    /// <summary>Could not tell.</summary>
    public static Absence Unknown(ReasonCode code, string message, string? found = null) =>
        new(VerdictState.Unknown, new Reason { Code = code, Message = message, Found = found });
}

/// <summary>
/// One explanation for a link that is not on a page that was seen. Registered by one line in <c>LinkJudge</c>; the first that fits counts.
/// </summary>
internal interface IAbsenceRule
{
    /// <summary>Null when the explanation does not fit.</summary>
    Absence? Explain(AbsenceContext context);
}

/// <summary>The verdict on every link of a page that was not seen: lost when the page is gone, else unknown.</summary>
internal static class UnseenPageVerdict
{
    public static Verdict Judge(Observation observation, LinkMemory memory)
    {
        var code = CodeOf(observation.Kind);
        var message = observation is { Kind: ObservationKind.Gone, Status: { } status }
            ? StatusText.DetailOf(status, memory.Baseline is not null || memory.Known is not null)
            : observation.Detail;
        return new Verdict
        {
            State = code is ReasonCode.PageGone ? VerdictState.Lost : VerdictState.Unknown,
            Reasons = [new Reason { Code = code, Message = message }],
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
        Message = $"The domain name {observation.FinalUrl.Host} does not exist, so neither the page nor its site can be reached.",
    };
}
