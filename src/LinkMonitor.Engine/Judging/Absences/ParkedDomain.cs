using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// The domain is for sale or only shows advertisements, so its pages are gone. Owners who forget to renew mostly come back within days, so
/// this only counts towards the long confirmation of a vanished domain. Source:
/// https://www.icann.org/resources/pages/gtld-lifecycle-2012-02-25-en
/// </summary>
internal sealed class ParkedDomain : IAbsenceRule
{
    private const int LongestPage = 2_000;
    private const int MostLinks = 40;

    public Absence? Explain(AbsenceContext context)
    {
        if (context.IsKnownPage || context.Observation.Wall is not { Kind: WallKind.Parking } wall || !(wall.IsProven || IsSparse(context)))
            return null;

        var host = context.Observation.Page.Host;
        return Absence.Unknown(
            ReasonCode.Parked,
            $"{host} shows a page for parked domains ({wall.Vendor}) instead of its own; owners who forgot to renew often come back, so we "
                + $"wait and check again.",
            wall.Vendor) with
        {
            Suspected = new Reason
            {
                Code = ReasonCode.DomainGone,
                Message = $"The domain {host} is parked ({wall.Vendor}), so the page is gone with its site.",
            },
        };
    }

    private static bool IsSparse(AbsenceContext context) =>
        context.Page.Text.Length <= LongestPage && context.Page.Links.Count <= MostLinks;
}
