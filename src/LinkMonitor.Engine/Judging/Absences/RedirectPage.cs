using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// The answer was a redirect that leads nowhere, or a choice of pages. Browsers show what comes with it, so a link in it is there; but
/// without the link it is most likely not the page.
/// </summary>
internal sealed class RedirectPage : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context) => context.Observation.Status is >= 300 and < 400 and var status
        ? new Absence(VerdictState.Unknown, new Reason { Code = ReasonCode.Unreachable, Message = StatusText.DetailOf(status) })
        : null;
}
