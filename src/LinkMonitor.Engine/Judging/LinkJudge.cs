using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging;

/// <summary>
/// Says what one observation means for one watched link. The target itself is judged by <see cref="TargetJudge"/>. Pure: the same
/// observation, judged again, gives the same verdict.
/// </summary>
public static class LinkJudge
{
    // In the order in which a link's reasons are reported.
    private static readonly ICheckRule[] Rules =
    [
        new RelChanged(),
        new PageNofollow(),
        new Noindex(),
        new GoogleDisallowed(),
        new HiddenLink(),
        new PlacementChanged(),
        new AnchorChanged(),
        new CanonicalElsewhere(),
    ];

    // The first that fits counts: what means that the page was not really seen comes before what the page may say.
    private static readonly IAbsenceRule[] Absences =
    [
        new RedirectPage(),
        new InFront(),
        new ParkedDomain(),
        new ScriptOnly(),
        new NoContent(),
        new Soft404(),
        new NotThePage(),
        new TargetChanged(),
        new UnfollowedRedirector(),
        new PageRedirected(),
        new FailedPart(),
        new MentionOnly(),
        new LinkRemoved(),
    ];

    /// <param name="observation">What the check saw of the page.</param>
    /// <param name="expectation">What the link should look like.</param>
    /// <param name="baseline">The first check of the link; null before it, and then whatever is expected "as first seen" is met.</param>
    public static Verdict Judge(Observation observation, Expectation expectation, Baseline? baseline) =>
        Judge(observation, expectation, LinkMemory.None with { Baseline = baseline });

    /// <param name="observation">What the check saw of the page, and of its canonical.</param>
    /// <param name="expectation">What the link should look like.</param>
    /// <param name="memory">What earlier checks know of the link.</param>
    public static Verdict Judge(Observation observation, Expectation expectation, LinkMemory memory) =>
        Judge(observation, expectation, memory, followed: null);

    /// <param name="followed">
    /// A link that may lead to the target through a redirector, with what came of following it; it counts when no link leads there
    /// directly.
    /// </param>
    internal static Verdict Judge(Observation observation, Expectation expectation, LinkMemory memory, FollowedLink? followed)
    {
        if (observation.Reading is not { } page)
            return UnseenPageVerdict.Judge(observation, memory);

        var through = followed?.LeadsTo(expectation) == true ? followed.Link : null;
        var occurrences = Matching(page, expectation, through);
        var identity = PageIdentities.Of(observation, expectation, memory)!;
        return occurrences.Length > 0
            ? JudgePresent(observation, expectation, memory, occurrences) with
            {
                Identity = identity,
                Detour = IndirectLinks.Of(expectation, occurrences, through),
            }
            : JudgeAbsent(new AbsenceContext(observation, expectation, memory) { Identity = identity, Followed = followed });
    }

    /// <summary>
    /// The links to the target; where there are none, those with parameters added that only say where a reader came from; then the one that
    /// leads there by a redirect.
    /// </summary>
    private static PageLink[] Matching(PageReading page, Expectation expectation, PageLink? through)
    {
        PageLink[] exact = [
            .. page.Links.Where(link => link.Url is not null && TargetMatcher.Matches(expectation.Target, expectation.Match, link.Url)),
        ];
        if (exact.Length > 0)
            return exact;
        PageLink[] marked = expectation.Match is TargetMatch.Page
            ? [.. page.Links.Where(link => link.Url is not null && TargetMatcher.MatchesWithReferral(expectation.Target, link.Url, out _))]
            : [];
        return marked.Length > 0 || through is null ? marked : [through];
    }

    private static Verdict JudgePresent(Observation observation, Expectation expectation, LinkMemory memory, PageLink[] occurrences)
    {
        var isMissingOnCanonical = IsMissingOnCanonical(observation, expectation);
        var (best, reasons) = occurrences
            .Select(link => (Link: link, Reasons: ReasonsFor(
                link, observation, expectation, memory, isMissingOnCanonical, Math.Max(0, memory.MostOccurrences - occurrences.Length))))
            .OrderBy(judged => judged.Reasons.Length)
            .ThenByDescending(judged => judged.Link.Follow)
            .First();
        return new Verdict
        {
            State = reasons.Length == 0 ? VerdictState.Live : VerdictState.Changed,
            Reasons = reasons,
            Occurrences = occurrences,
            Best = best,
            Observation = observation,
            IsMissingOnCanonical = isMissingOnCanonical,
            Known = KnownPage.Of(observation.Reading!, observation.Cookies) with
            {
                SiteLinks = SiteLinks.Of(observation.Reading!, expectation.Target, occurrences),
                Beside = BesideLink.Of(observation.Reading!, best),
            },
        };
    }

    private static bool IsMissingOnCanonical(Observation observation, Expectation expectation)
    {
        if (observation.Canonical is not { } canonical || !CanonicalPage.IsElsewhere(observation, canonical))
            return false;
        var there = Judge(canonical with { Canonical = null }, expectation, LinkMemory.None);
        return there.Reasons.Any(reason =>
            reason.Code is ReasonCode.LinkRemoved or ReasonCode.MentionOnly or ReasonCode.TargetChanged or ReasonCode.PageRedirected);
    }

    private static Reason[] ReasonsFor(
        PageLink link, Observation observation, Expectation expectation, LinkMemory memory, bool isMissingOnCanonical, int gone)
    {
        var context = new RuleContext
        {
            Observation = observation,
            Link = link,
            Expectation = expectation,
            Baseline = memory.Baseline,
            AgreedPlace = memory.AgreedPlace,
            Gone = gone,
            IsAnother = gone > 0 && IndirectLinks.IsAnother(observation.Reading!, link, memory),
            IsMissingOnCanonical = isMissingOnCanonical,
        };
        return [.. Rules.Select(rule => rule.Check(context)).OfType<Reason>()];
    }

    private static Verdict JudgeAbsent(AbsenceContext context)
    {
        var absence = Absences.Select(rule => rule.Explain(context)).First(explained => explained is not null)!;
        return new Verdict
        {
            State = absence.State,
            Reasons = [absence.Reason],
            Occurrences = absence.Instead is null ? [] : [absence.Instead],
            Best = absence.Instead,
            Suspected = absence.Suspected,
            Observation = context.Observation,
            Identity = context.Identity,
        };
    }
}
