using System.Text.RegularExpressions;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Walls;
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
            Message = NameComparison.IsAlike(before, now)
                ? $"The page was replaced: another text stands under its title, {Named(now)}. Ask the site's owner to bring the page back."
                : $"The page was replaced: its address shows {Named(now)} instead of {Named(before)}. Ask the site's owner to bring the "
                    + $"page back.",
            Expected = before,
            Found = NameComparison.IsAlike(before, now) ? $"{now} (with another text)" : now,
        };
    }

    private static string Named(string? title) => string.IsNullOrEmpty(title) ? "a page without a title" : $"“{title}”";
}

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
                $"The page redirects to {(isElsewhere ? "another site" : "the home page")}, {final}, which does not carry the link: " +
                (context.Baseline is null
                    ? "check that the page's address is right, or ask the site's owner for the link."
                    : "ask the site's owner to bring the page back."),
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
        if (context.IsKnownPage
            || context.Observation.Wall is not { Kind: WallKind.Parking or WallKind.Closed } wall
            || !(wall.IsProven || IsSparse(context)))
            return null;

        var host = context.Observation.Page.Host;
        var (seen, told) = wall.Kind is WallKind.Closed
            ? ($"The site at {host} was closed by the company that hosts it, which shows a page of its own",
                $"The site at {host} was closed by the company that hosts it, and the page is gone with it.")
            : ($"{host} shows a page for parked domains ({wall.Vendor}) instead of its own",
                $"The domain {host} is parked ({wall.Vendor}), so the page is gone with its site.");
        return Absence.Unknown(
            ReasonCode.Parked, $"{seen}. Many owners come back within days; what stays so for longer counts as lost.", wall.Vendor) with
        {
            Suspected = new Reason { Code = ReasonCode.DomainGone, Message = told },
        };
    }

    private static bool IsSparse(AbsenceContext context) =>
        context.Page.Text.Length <= LongestPage && context.Page.Links.Count <= MostLinks;
}
