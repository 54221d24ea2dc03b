using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// What came is another page than the known one, or too little to say that it is the page. It proves nothing; but another page that stays
/// there for days has taken its place. A redirect that is reported as one, to a home page or to a page of another site, is left to
/// <see cref="PageRedirected"/>.
/// </summary>
internal sealed class NotThePage : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context)
    {
        if (context.Identity is { IsThePage: true } || IsToldAsRedirect(context))
            return null;
        var finding = context.Identity;
        var doubted = Absence.Unknown(DoubtText.CodeOf(finding.Doubt), DoubtText.Of(finding), finding.Doubt.ToString().ToLowerInvariant());
        return finding.Doubt is IdentityDoubt.Other ? doubted with { Suspected = Replaced(context) } : doubted;
    }

    private static bool IsToldAsRedirect(AbsenceContext context)
    {
        if (context.Identity.Doubt is not (IdentityDoubt.Other or IdentityDoubt.Little or IdentityDoubt.Half)
            || !PageRedirected.IsRedirectedAway(context.Observation))
            return false;
        var isSameHost = TargetMatcher.Matches(context.Observation.Page, TargetMatch.Host, context.Observation.FinalUrl);
        return isSameHost || IdentityJudge.HasContent(context.Page);
    }

    private static Reason Replaced(AbsenceContext context)
    {
        var (before, now) = (context.Memory.Known?.Title, context.Page.Title);
        return new Reason
        {
            Code = ReasonCode.PageReplaced,
            Message =
                $"The page was replaced: its address shows {Named(now)} instead of {Named(before)}. Ask the site's owner to bring the page "
                    + $"back.",
            Expected = before,
            Found = now,
        };
    }

    private static string Named(string? title) => string.IsNullOrEmpty(title) ? "a page without a title" : $"“{title}”";
}
