using System.Text.RegularExpressions;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>The page has been redirected to a home page or to another host ("www." aside), and the link is not there.</summary>
internal sealed partial class PageRedirected : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context)
    {
        if (!IsRedirectedAway(context.Observation))
            return null;
        var (page, final) = (context.Observation.Page, context.Observation.FinalUrl);
        var isElsewhere = IsElsewhere(page, final);

        return new Absence(VerdictState.Lost, new Reason
        {
            Code = ReasonCode.PageRedirected,
            Message =
                $"The page now redirects to {(isElsewhere ? "another site" : "the home page")}, {final}, which does not carry the link: " +
                "ask the site's owner to bring the page back.",
            Expected = page.Href,

            // Not the whole URL: parking pages write a new one every time, and two fetches of them must count as one finding.
            Found = final.Origin,
        });
    }

    /// <summary>Whether a check ended on the home page or on another host, though it was sent to neither.</summary>
    public static bool IsRedirectedAway(Observation observation) =>
        IsElsewhere(observation.Page, observation.FinalUrl) || (IsHome(observation.FinalUrl) && !IsHome(observation.Page));

    /// <summary>The root of a site, the file behind it, or the root of one language.</summary>
    public static bool IsHome(WebUrl url) => string.IsNullOrEmpty(url.Query) && HomePath().IsMatch(url.Path);

    private static bool IsElsewhere(WebUrl page, WebUrl final) => !TargetMatcher.Matches(page, TargetMatch.Host, final);

    [GeneratedRegex(
        "^/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:[.](?:html?|php|aspx?|jsp))?/?)?$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HomePath();
}
