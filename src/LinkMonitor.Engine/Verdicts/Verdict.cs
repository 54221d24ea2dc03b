using System.Text.Json.Serialization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Verdicts;

/// <summary>What one observation says of one watched link.</summary>
public sealed record Verdict
{
    public required VerdictState State { get; init; }

    /// <summary>Empty exactly when <see cref="State"/> is <see cref="VerdictState.Live"/>.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Every matching link of the page, in document order.</summary>
    public IReadOnlyList<PageLink> Occurrences { get; init; } = [];

    /// <summary>The occurrence that decided: the one that misses the fewest expectations. Null without occurrences.</summary>
    public PageLink? Best { get; init; }

    /// <summary>
    /// What an unknown verdict would mean if it lasted: <see cref="ReasonCode.DomainGone"/> when the name does not exist. One check
    /// proves nothing, so it only counts towards a confirmation.
    /// </summary>
    public Reason? Suspected { get; init; }

    public required Observation Observation { get; init; }

    /// <summary>Where the link was found instead, by a search of its own; null when nobody searched or nothing was found.</summary>
    public MovedLink? MovedTo { get; init; }

    /// <summary>What earlier checks add; the tracker sets it, and a judge that knows of none leaves it null.</summary>
    public VerdictComparison? Comparison { get; init; }

    /// <summary>Whether what came is the page at all; null when nothing was read.</summary>
    public IdentityFinding? Identity { get; init; }

    /// <summary>What is to be reported of the way from the link to the target, when it is not a direct one; null else.</summary>
    public string? Detour { get; init; }

    /// <summary>What to remember of the page on which the link was found; null when it was not.</summary>
    public KnownPage? Known { get; init; }

    /// <summary>Whether the page names another one as its canonical, and the link was looked for there and is missing.</summary>
    public bool IsMissingOnCanonical { get; init; }

    /// <summary>What the check saw of the target itself; null when nobody fetched it.</summary>
    public TargetFetch? Target { get; init; }

    /// <summary>
    /// Why the check cannot say how the target is; null when it can, and when the target does not matter. But for
    /// <see cref="TargetGap.Off"/>, what was known of the target before stands: it is among <see cref="Reasons"/>.
    /// </summary>
    public TargetGap? TargetGap { get; init; }

    /// <summary>
    /// What it would mean if the target went on giving no answer. One check proves nothing, so it is no reason yet and only counts towards
    /// a confirmation.
    /// </summary>
    public Reason? SilentTarget { get; init; }

    /// <summary>The check neither confirms nor refutes what is suspected of the target.</summary>
    internal bool LeavesTargetOpen => TargetGap is not (null or Engine.Verdicts.TargetGap.Off);
}

/// <summary>What a verdict gains from the memory of earlier checks.</summary>
public sealed record VerdictComparison
{
    /// <summary>Null when neither a removal, a page that went, nor a change of rel asks for it.</summary>
    public ScopeFinding? Scope { get; init; }

    /// <summary>The text around the place where the link was; null when it is there, or when nothing recognisable survived.</summary>
    public string? WhereItWas { get; init; }

    /// <summary>The most links to the target that any check saw on the page, this one included.</summary>
    public int MostOccurrences { get; init; }
}

/// <summary>One reason for a state, with the difference it saw.</summary>
public sealed record Reason
{
    public required ReasonCode Code { get; init; }

    /// <summary>One sentence for people: what is so, and what to do about it. Values from the web appear in it unescaped.</summary>
    public required string Message { get; init; }

    /// <summary>What was expected, short; null when the code says it all.</summary>
    public string? Expected { get; init; }

    /// <summary>What was found instead, short; null when the code says it all. Two reasons are the same when code and this agree.</summary>
    public string? Found { get; init; }

    /// <summary>Whether <paramref name="other"/> says the same: same code, same finding. The wording does not count.</summary>
    public bool IsSameAs(Reason other) => Code == other.Code && string.Equals(Found, other.Found, StringComparison.Ordinal);
}

/// <summary>What one observation says of one link, before any confirmation.</summary>
[JsonConverter(typeof(WireNameJsonConverter<VerdictState>))]
public enum VerdictState
{
    /// <summary>There, as expected.</summary>
    Live,

    /// <summary>There, not as expected.</summary>
    Changed,

    /// <summary>Not there, and the page was really seen.</summary>
    Lost,

    /// <summary>Could not tell.</summary>
    Unknown,
}

/// <summary>Another page that carries the watched link: a good page to watch instead.</summary>
public sealed record MovedLink(WebUrl Page, MoveTrail By)
{
    internal const int LongestUrl = 2_083;

    /// <summary>One sentence with advice.</summary>
    internal string Sentence => By switch
    {
        MoveTrail.Redirect => $"The page has moved to {Page}: watch that page instead.",
        _ => $"The link is on {Page} ({Trail}): watch that page instead.",
    };

    private string Trail => By switch
    {
        MoveTrail.Canonical => "the canonical page",
        MoveTrail.Next => "the next page of the list",
        _ => "found through the site's feed",
    };
}

/// <summary>What led to the new place of a link.</summary>
[JsonConverter(typeof(WireNameJsonConverter<MoveTrail>))]
public enum MoveTrail
{
    /// <summary>The page redirects there for good (301, 308), and the link is there.</summary>
    Redirect,

    /// <summary>The page names it as its canonical, or did when the link was last seen.</summary>
    Canonical,

    /// <summary>It is the next page of a list.</summary>
    Next,

    /// <summary>It is an entry of the site's feed.</summary>
    Feed,
}

/// <summary>What earlier checks know of a link.</summary>
public sealed record LinkMemory
{
    /// <summary>Nothing: the first check of a link, or a check on its own.</summary>
    public static LinkMemory None { get; } = new();

    /// <summary>The first check of the link; null before it, and then whatever is expected "as first seen" is met.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>What is held to be wrong with the link's target; empty for nothing.</summary>
    public IReadOnlyList<Reason> TargetReasons { get; init; } = [];

    /// <summary>When the fetch began that last found what is suspected of the target; null when nothing is.</summary>
    public DateTimeOffset? TargetSuspectedAt { get; init; }

    /// <summary>The most links to the target that any check saw on the page; 0 when that is not known.</summary>
    public int MostOccurrences { get; init; }

    /// <summary>The page when the link was last seen on it; null when that is not known.</summary>
    public KnownPage? Known { get; init; }

    /// <summary>The page's other outbound links when the link was last as expected; null when they are not known.</summary>
    public OutboundLinks? Outbound { get; init; }

    /// <summary>
    /// The links of the page, by their place among its links, that other watched links of the same project are: none of these took the
    /// place of this one.
    /// </summary>
    public IReadOnlySet<int> Taken { get; init; } = new HashSet<int>();

    /// <summary>The anchor when the link was last seen; null when it is not known.</summary>
    public string? LastAnchor { get; init; }

    /// <summary>The text before and after the link when it was last seen, at most 120 characters each; null when it is not known.</summary>
    public (string Before, string After)? Place { get; init; }

    /// <summary>Where the link stood when it was last as expected; null when that is not known.</summary>
    public PlaceOnPage? AgreedPlace { get; init; }
}

/// <summary>
/// The other page that a page names as its canonical. A canonical that differs by no more than a link may (scheme, "www.", a slash at the
/// end, tracking parameters) is the page itself. Source:
/// https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
/// </summary>
public static class CanonicalPage
{
    /// <summary>Null when the page names none, or itself, or was not read.</summary>
    public static WebUrl? Of(Observation observation) =>
        observation.Reading?.Canonical is { IsHttp: true } canonical
            && !IsSame(canonical, observation.Page)
            && !IsSame(canonical, observation.FinalUrl)
            ? canonical
            : null;

    /// <summary>Whether the canonical was seen, and it is not the page itself after all, as after a redirect back to it.</summary>
    internal static bool IsElsewhere(Observation observation, Observation canonical) =>
        canonical.Reading is not null && !IsSame(canonical.FinalUrl, observation.FinalUrl) && !IsSame(canonical.FinalUrl, observation.Page);

    private static bool IsSame(WebUrl one, WebUrl other) => UrlKeys.TargetKey(one) == UrlKeys.TargetKey(other);
}
