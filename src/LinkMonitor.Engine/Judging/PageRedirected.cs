using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Judging;

/// <summary>The page has been redirected to a home page or to another host ("www." aside), and the link is not there.</summary>
internal sealed class PageRedirected : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context)
    {
        var (page, final) = (context.Observation.Page, context.Observation.FinalUrl);
        var isElsewhere = !TargetMatcher.Matches(page, Links.TargetMatch.Host, final);
        if (!isElsewhere && (!IsHome(final) || IsHome(page)))
            return null;

        return new Absence(VerdictState.Lost, new Reason
        {
            Code = ReasonCode.PageRedirected,
            Message = $"The page now redirects to {(isElsewhere ? "another site" : "the home page")}, {final}, which does not carry the link: " +
                "ask the site's owner to bring the page back.",
            Expected = page.Href,

            // Not the whole URL: parking pages write a new one every time, and two sights of them must count as one finding.
            Found = final.Origin,
        });
    }

    private static bool IsHome(WebUrl url) => url.Path == "/" && string.IsNullOrEmpty(url.Query);
}
