using System.Globalization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>The page was seen with real content and has no such link. Always fits, so it is the last of the explanations.</summary>
internal sealed class LinkRemoved : IAbsenceRule
{
    private const int LongestUrl = 200;

    public Absence Explain(AbsenceContext context)
    {
        var now = IndirectLinks.InPlace(context.Observation, context.Expectation, context.Memory);
        return new(VerdictState.Lost, new Reason
        {
            Code = ReasonCode.LinkRemoved,
            Message =
                $"{Page(context.Observation)} was read and has no link to {context.Expectation.Target}: {Advice(context)}"
                    + $"{UnfollowedRedirector.Astray(context) ?? AnchorNow(context, now)}{Others(context)}",
            Expected = now is null ? null : context.Expectation.Target.Href,
            Found = now is null ? null : ShortText.Cut(AddressOf(now, context.Page), LongestUrl),
        });
    }

    // Who else has the link's words now is the proof that its owner asks for.
    private static string AnchorNow(AbsenceContext context, PageLink? now)
    {
        if (now is null)
            return "";
        var (anchor, address) = (ShortText.Cut(now.Anchor, LongestUrl), ShortText.Cut(AddressOf(now, context.Page), LongestUrl));
        return IndirectLinks.IsWithin(now, context.Page)
            ? $" Its anchor, “{anchor}”, is still a link, but to this page itself ({address})."
            : $" Its anchor, “{anchor}”, now leads to {address}{UnfollowedRedirector.Onward(context, now)}.";
    }

    private static string AddressOf(PageLink link, PageReading page) =>
        IndirectLinks.IsWithin(link, page) || link.Url is not { IsHttp: true } url ? $"href=\"{link.Href}\"" : url.Href;

    // Nothing can be put back that nobody has seen there.
    private static string Advice(AbsenceContext context) => context.Baseline is null
        ? "check that page and target are right, or ask the site's owner to add the link."
        : "ask the site's owner to put it back.";

    private static string Page(Observation observation) => observation.Redirects.Count == 0
        ? "The page"
        : $"The page redirects to {observation.FinalUrl}, which";

    /// <summary>A notice of the other links to the site, so that nobody takes one of them for what is left of this one.</summary>
    private static string Others(AbsenceContext context)
    {
        string[] others = [.. ReplacementLinks.Others(context.Observation, context.Expectation).Select(link => link.Url!.Href).Distinct()];
        return others switch
        {
            [] => "",
            [var one] => $" Another link to the site is on the page: {ShortText.Cut(one, LongestUrl)}.",
            [var one, ..] =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $" {others.Length} other links to the site are on the page, {ShortText.Cut(one, LongestUrl)} among them."),
        };
    }
}

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

/// <summary>
/// The links that one project watches on one page, matched to the links of the page as a set: what is one watched link is not the successor
/// of another, and of several that are gone each new link is the successor of one at most.
/// </summary>
public sealed class WatchedSet
{
    private readonly IReadOnlyList<HashSet<int>> _owned;

    private WatchedSet(IReadOnlyList<HashSet<int>> owned) => _owned = owned;

    /// <param name="observation">An observation with a reading.</param>
    /// <param name="watched">Each link with what is known of it; in any order.</param>
    public static WatchedSet Of(Observation observation, IReadOnlyList<(Expectation Expectation, LinkMemory Memory)> watched)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(watched);
        HashSet<int>[] owned = [.. watched.Select(link => Matching(observation, link.Expectation))];
        var taken = owned.SelectMany(ordinals => ordinals).ToHashSet();
        var claims = watched.Index()
            .Where(link => owned[link.Index].Count == 0)
            .SelectMany(link => ReplacementLinks.Of(observation, link.Item.Expectation, link.Item.Memory)
                .Select(candidate => (link.Index, candidate.Link.Ordinal, candidate.Weight)))
            .OrderByDescending(claim => claim.Weight).ThenBy(claim => claim.Ordinal).ThenBy(claim => claim.Index);
        foreach (var (index, ordinal, _) in claims)
        {
            if (owned[index].Count == 0 && taken.Add(ordinal))
                owned[index].Add(ordinal);
        }

        return new WatchedSet(owned);
    }

    /// <summary>The links of the page that belong to the others, by their place among the page's links.</summary>
    /// <param name="index">The watched link, as it was given.</param>
    public IReadOnlySet<int> TakenFrom(int index)
    {
        var taken = _owned.Index().Where(owned => owned.Index != index).SelectMany(owned => owned.Item).ToHashSet();
        taken.ExceptWith(_owned[index]);
        return taken;
    }

    private static HashSet<int> Matching(Observation observation, Expectation expectation) =>
    [
        .. observation.Reading!.Links
            .Where(link => link.Url is not null && TargetMatcher.Matches(expectation.Target, expectation.Match, link.Url))
            .Select(link => link.Ordinal),
    ];
}

/// <summary>
/// Which links of a page may have taken the place of a watched one that is gone. One that was there before has not, nor one that is watched
/// itself; and of the others only one that bears the link's anchor or stands where it stood. At the first check, when nothing is known of
/// before, only an address that is the target in another form, or one with the very anchor that is asked for.
/// </summary>
internal static class ReplacementLinks
{
    private const int Bears = 1;
    private const int Stands = 2;
    private const int IsTarget = 4;

    /// <summary>
    /// The links to the target's site besides those that match; none on that site itself, where every menu is full of them.
    /// </summary>
    public static IEnumerable<PageLink> Others(Observation observation, Expectation expectation) =>
        TargetMatcher.IsSameSite(expectation.Target, observation.FinalUrl)
            ? []
            : observation.Reading!.Links.Where(link => link.Url is { IsHttp: true } url
                && TargetMatcher.IsSameSite(expectation.Target, url)
                && !TargetMatcher.Matches(expectation.Target, expectation.Match, url));

    /// <summary>The candidates with how much speaks for each, more than 0, the likeliest first.</summary>
    public static IEnumerable<(PageLink Link, int Weight)> Of(Observation observation, Expectation expectation, LinkMemory memory) =>
        Others(observation, expectation)
            .Where(link => !memory.Taken.Contains(link.Ordinal) && !WasThere(link, memory))
            .Select(link => (Link: link, Weight: Weigh(observation.Reading!, link, expectation, memory)))
            .Where(candidate => candidate.Weight > 0)
            .OrderByDescending(candidate => candidate.Weight)
            .ThenByDescending(candidate => candidate.Link.Follow)
            .ThenBy(candidate => candidate.Link.Ordinal);

    /// <summary>Whether it was among the links to the target's site when the watched one was last seen.</summary>
    internal static bool WasThere(PageLink link, LinkMemory memory) =>
        link.Url is not null && memory.Known?.SiteLinks is { } known && known.Contains(SiteLinks.MarkOf(link.Url!), StringComparer.Ordinal);

    private static int Weigh(PageReading page, PageLink link, Expectation expectation, LinkMemory memory)
    {
        var weight = TargetMatcher.IsVariant(expectation.Target, link.Url!) ? IsTarget : 0;
        if (IndirectLinks.AnchorOf(expectation, memory) is { } anchor && AnchorText.IsOf(link, anchor))
            weight += Bears;
        if (memory.Place is var (before, after) && LinkSurroundings.IsSamePlace(page, link, before, after))
            weight += Stands;
        return weight;
    }
}
