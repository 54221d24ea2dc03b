using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Walls;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// Something answers in the page's place or before it, by a mark of its own: a wall, a question for consent, a login, an error, or no text
/// at all. With the link missing we cannot tell.
/// </summary>
internal sealed class InFront : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context) => context.Identity switch
    {
        { IsThePage: true } => null,
        { Doubt: IdentityDoubt.Wall or IdentityDoubt.Error or IdentityDoubt.NoText } finding => Tell(context, finding),
        _ => null,
    };

    private static Absence Tell(AbsenceContext context, IdentityFinding finding)
    {
        if (WalledPage.WallOf(context.Observation, context.Page) is { } wall)
            return Absence.Unknown(
                DoubtText.CodeOf(finding.Doubt),
                WallText.DetailOf(wall, context.Observation.Status),
                wall.Kind.ToString().ToLowerInvariant());
        return Absence.Unknown(DoubtText.CodeOf(finding.Doubt), DoubtText.Of(finding), finding.Doubt.ToString().ToLowerInvariant());
    }
}
