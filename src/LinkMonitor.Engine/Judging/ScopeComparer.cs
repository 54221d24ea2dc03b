using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging;

/// <summary>Compares a page's outbound links with those it had when the watched link was last as expected.</summary>
internal static class ScopeComparer
{
    /// <summary>Null when the verdict raises no such question, as a page does that was not seen.</summary>
    public static ScopeFinding? Compare(Verdict verdict, OutboundLinks? before)
    {
        if (verdict.Observation.Reading is not { } page || QuestionOf(verdict) is not { } question)
            return null;
        if (before is null)
            return ScopeFinding.Unknown;
        return question switch
        {
            ScopeQuestion.Removal or ScopeQuestion.Elsewhere => CompareRemoval(before, page),
            ScopeQuestion.WholePage => ScopeFinding.WholePage(before.Links.Count),
            _ => CompareRel(before, page, verdict.Best!.Qualifiers),
        };
    }

    /// <summary>Null when nothing happened that could have happened to other links.</summary>
    public static ScopeQuestion? QuestionOf(Verdict verdict) =>
        verdict.Reasons.Select(reason => QuestionOf(reason.Code, verdict)).FirstOrDefault(question => question is not null);

    // The menu and the footer of an error page or a home page may keep some links of the page, which says nothing of the page.
    private static ScopeQuestion? QuestionOf(ReasonCode reason, Verdict verdict) => ReasonCatalogue.Of(reason).Scope switch
    {
        ScopeQuestion.Rel when verdict.Best is null => null,
        _ => AskedOf.Reason(reason, verdict.Observation.FinalUrl),
    };

    private static ScopeFinding CompareRemoval(OutboundLinks before, PageReading page)
    {
        var marks = before.Links.Select(LinkMark.Parse).ToList();
        var now = FindAgain(marks, page);
        return ScopeFinding.Of(marks.Count, marks.Count(mark => !now.ContainsKey(mark.Key)));
    }

    /// <summary>
    /// How many of the earlier links can tell something, and how many of them a page's main part still has. Links that are only in the
    /// menus and feet of the page are those of its site, and tell nothing.
    /// </summary>
    internal static (int Known, int Kept) CountKept(OutboundLinks before, PageReading page)
    {
        List<LinkMark> marks = [.. before.Links.Select(LinkMark.Parse)];
        var (all, main) = (FindAgain(marks, page).Count, FindAgain(marks, page, static link => link.Placement is Placement.Main).Count);
        return (marks.Count - (all - main), main);
    }

    /// <summary>Links that were already qualified as ours is now could not follow it, so they do not count.</summary>
    private static ScopeFinding CompareRel(OutboundLinks before, PageReading page, RelQualifiers ours)
    {
        var marks = before.Links.Select(LinkMark.Parse).Where(mark => mark.Qualifiers != ours).ToList();
        var now = FindAgain(marks, page);
        return ScopeFinding.Of(
            now.Count, marks.Count(mark => now.TryGetValue(mark.Key, out var qualifiers) && qualifiers != mark.Qualifiers));
    }

    /// <summary>
    /// The earlier links that the page still has, by key, with their rel of now; of several to one place the first counts, as in the
    /// fingerprint. Never more than the fingerprint holds, however many links the page has.
    /// </summary>
    private static Dictionary<string, RelQualifiers> FindAgain(
        List<LinkMark> marks, PageReading page, Func<PageLink, bool>? among = null)
    {
        var missing = marks.Select(mark => mark.Key).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, RelQualifiers>(StringComparer.Ordinal);
        foreach (var link in page.Links)
        {
            if (missing.Count == 0)
                break;
            if (link.Url is { IsHttp: true } && among?.Invoke(link) != false && LinkMark.Of(link) is var mark && missing.Remove(mark.Key))
                found.Add(mark.Key, mark.Qualifiers);
        }

        return found;
    }
}

/// <summary>What a reason asks of a page's other links, by its code.</summary>
public static class AskedOf
{
    /// <param name="finalUrl">Where the check arrived; null when that is not known.</param>
    /// <returns>Null when it asks nothing.</returns>
    public static ScopeQuestion? Reason(ReasonCode reason, WebUrl? finalUrl) =>
        reason == ReasonCode.PageRedirected && finalUrl is not null && PageRedirected.IsHome(finalUrl)
            ? ScopeQuestion.WholePage
            : ReasonCatalogue.Of(reason).Scope;
}

/// <summary>Asks whether an observation is of the page that is watched.</summary>
public static class PageIdentities
{
    /// <summary>Null when nothing was read.</summary>
    /// <param name="expectation">The link that is looked for; null when the page is checked for its own sake.</param>
    public static IdentityFinding? Of(Observation observation, Expectation? expectation, LinkMemory memory)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(memory);
        return observation.Reading is { } page ? IdentityJudge.Judge(Question(observation, page, expectation, memory)) : null;
    }

    private static IdentityQuestion Question(Observation observation, PageReading page, Expectation? expectation, LinkMemory memory)
    {
        // Rows that know the links of the article need no others.
        var (known, kept) = memory is { Outbound: { } links, Known: { } was } && was.Beside?.ArticleLinks is null
            ? ScopeComparer.CountKept(links, page) : (0, 0);
        var wall = WalledPage.WallOf(observation, page);
        return new IdentityQuestion
        {
            Asked = observation.Page,
            Page = page,
            Redirects = observation.Redirects,
            Status = observation.Status,
            Cookies = observation.Cookies,
            Mark = wall is null ? null : WallText.NameOf(wall),
            MarkedAs = wall?.Kind is WallKind.Error or WallKind.Maintenance ? IdentityDoubt.Error : IdentityDoubt.Wall,
            Known = memory.Known,
            OutboundKnown = known,
            OutboundKept = kept,
            SpeaksOfTarget =
                expectation is not null
                    && (ReplacementLinks.Others(observation, expectation).Any()
                        || new Mention(expectation.Target, expectation.Match).PlaceIn(page) is not null),
            IsPlaceKept = memory.Place is var (before, after) && SurvivingPlace.IsWhole(page.Text, before, after),
        };
    }
}
