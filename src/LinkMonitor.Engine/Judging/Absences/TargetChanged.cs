using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// The page links to another URL of the target's site, in the link's place: see <see cref="ReplacementLinks"/>.
/// </summary>
internal sealed class TargetChanged : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context)
    {
        var target = context.Expectation.Target;
        if (ReplacementLinks.Of(context.Observation, context.Expectation, context.Memory).FirstOrDefault().Link is not { } link)
            return null;
        var reason = new Reason
        {
            Code = ReasonCode.TargetChanged,
            Message = $"The page links to {link.Url} instead of {target}: ask the site's owner to put the right URL "
                + (context.Baseline is null ? "there." : "back."),
            Expected = target.Href,
            Found = link.Url!.Href,
        };
        return new Absence(VerdictState.Changed, reason, link);
    }
}
