namespace LinkMonitor.Engine.Judging;

/// <summary>The page was seen with real content and has no such link. Always fits, so it is the last of the explanations.</summary>
internal sealed class LinkRemoved : IAbsenceRule
{
    public Absence Explain(AbsenceContext context) => new(VerdictState.Lost, new Reason
    {
        Code = ReasonCode.LinkRemoved,
        Message = $"{Page(context.Observation)} was read and has no link to {context.Expectation.Target}: ask the site's owner to put it back.",
    });

    private static string Page(Observation observation) => observation.Redirects.Count == 0
        ? "The page"
        : $"The page redirects to {observation.FinalUrl}, which";
}
