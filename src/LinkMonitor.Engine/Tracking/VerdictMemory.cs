using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>Adds to a verdict what only earlier checks can show, and says what to remember next.</summary>
internal static class VerdictMemory
{
    public static Verdict Enrich(Verdict verdict, LinkStatus previous)
    {
        var comparison = new VerdictComparison
        {
            Scope = ScopeComparer.Compare(verdict, previous.Outbound),
            WhereItWas = WhereItWas(verdict, previous.LastSeenEvidence),
            MostOccurrences = Math.Max(Occurrences(verdict), previous.LastSeenEvidence?.MostOccurrences ?? 0),
        };
        var moved = MovedTo(verdict, previous);
        var scope = comparison.Scope is { } finding && ScopeComparer.QuestionOf(verdict) is { } question
            ? ScopeText.Sentence(finding, question) : null;
        var move = verdict.State == VerdictState.Lost ? moved?.Sentence : null;
        return verdict with
        {
            Comparison = comparison,
            MovedTo = moved,
            Reasons = [.. verdict.Reasons.Select(reason => Tell(Tell(reason, scope, IsScoped(reason)), move, isMeant: true))],
        };
    }

    /// <summary>What this check found, a redirect for good that still leads to the link, or what an earlier check found.</summary>
    private static MovedLink? MovedTo(Verdict verdict, LinkStatus previous)
    {
        if (verdict.MovedTo is { } found)
            return found;
        return verdict.Best is null ? previous.LastEvidence?.MovedTo : MoveCandidates.ByRedirect(verdict.Observation);
    }

    /// <summary>
    /// The page's other outbound links, for later comparison: those of the last check that found the link with the rel that is expected, so
    /// that a change of rel is compared with the time before it, at every check that sees it.
    /// </summary>
    public static OutboundLinks? Outbound(Verdict verdict, OutboundLinks? previous) =>
        verdict is { Best: { } link, Observation.Reading: { } page } && !verdict.Reasons.Any(IsRelOrOther)
            ? OutboundLinks.Of(page, link)
            : previous;

    private static bool IsRelOrOther(Reason reason) =>
        reason.Code is ReasonCode.RelChanged or ReasonCode.PageNofollow or ReasonCode.TargetChanged;

    private static bool IsScoped(Reason reason) => ReasonCatalogue.Of(reason.Code).Scope is not null;

    private static Reason Tell(Reason reason, string? sentence, bool isMeant) =>
        sentence is not null && isMeant ? reason with { Message = $"{reason.Message} {sentence}" } : reason;

    /// <summary>A link to another URL of the site is no occurrence of the watched one.</summary>
    private static int Occurrences(Verdict verdict) =>
        verdict.Reasons.Any(reason => reason.Code == ReasonCode.TargetChanged) ? 0 : verdict.Occurrences.Count;

    private static string? WhereItWas(Verdict verdict, Evidence? lastSeen) =>
        verdict is { Best: null, Observation.Reading: { } page } && lastSeen is { ContextBefore: { } before, ContextAfter: { } after }
            ? SurvivingPlace.Excerpt(page.Text, before, after)
            : null;
}

/// <summary>Where a vanished link may be now, as far as what was read already shows.</summary>
internal static class MoveCandidates
{
    /// <summary>The most likely first, each page once, never the page itself.</summary>
    public static IEnumerable<MovedLink> Of(Observation observation, Evidence? lastSeen) => All(observation, lastSeen)
        .Where(
            candidate => candidate.Page.IsHttp && candidate.Page.Href.Length <= MovedLink.LongestUrl && !IsOf(observation, candidate.Page))
        .DistinctBy(candidate => UrlKeys.PageIdentity(candidate.Page));

    /// <summary>Whether it is the page that was read.</summary>
    public static bool IsOf(Observation observation, WebUrl page) =>
        UrlKeys.IsSamePage(page, observation.Page) || UrlKeys.IsSamePage(page, observation.FinalUrl);

    /// <summary>A page that redirects there for good and carries the link; null when it does not.</summary>
    public static MovedLink? ByRedirect(Observation observation)
    {
        var isForGood = observation.Redirects.Count > 0 && observation.Redirects.All(redirect => redirect.Status is 301 or 308);
        return isForGood && !UrlKeys.IsSamePage(observation.FinalUrl, observation.Page)
            ? new MovedLink(observation.FinalUrl, MoveTrail.Redirect)
            : null;
    }

    private static IEnumerable<MovedLink> All(Observation observation, Evidence? lastSeen)
    {
        if (observation.Reading?.Canonical is { } canonical)
            yield return new MovedLink(canonical, MoveTrail.Canonical);
        if (WebUrl.TryParse(lastSeen?.Canonical, out var former))
            yield return new MovedLink(former, MoveTrail.Canonical);
        if (observation.Reading is not { } page)
            yield break;
        if ((page.Next ?? page.Links.FirstOrDefault(link => link.Rel.Contains("next"))?.Url) is { } next)
            yield return new MovedLink(next, MoveTrail.Next);
    }
}
