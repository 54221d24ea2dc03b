using System.Globalization;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Targets;

/// <summary>Adds to a verdict on a link what is wrong with its target.</summary>
public static class TargetJudge
{
    // In the order in which they are reported, after all that is wrong with the link.
    private static readonly ITargetRule[] Rules = [new TargetBroken(), new TargetRedirects()];

    /// <summary>
    /// Whether the target matters to the verdict: the link is there, points to the target and not elsewhere, and the target is one page.
    /// </summary>
    public static bool IsAsked(Verdict verdict, Expectation expectation) =>
        verdict.State is VerdictState.Live or VerdictState.Changed && IsAsked(expectation, verdict.Reasons);

    /// <summary>What was found of a target, as a reason has it, in words.</summary>
    public static string Words(string found) => TargetBroken.Words(found);

    /// <summary>The same of a link that is there.</summary>
    internal static bool IsAsked(Expectation expectation, IReadOnlyList<Reason> reasons) =>
        expectation.Match is TargetMatch.Page or TargetMatch.Exact && reasons.All(reason => reason.Code is not ReasonCode.TargetChanged);

    /// <summary>What is wrong with the target; empty when it is well.</summary>
    public static IReadOnlyList<Reason> Reasons(TargetFetch target, Baseline? baseline) =>
        [.. Rules.Select(rule => rule.Check(target, baseline)).OfType<Reason>()];

    /// <summary>Whether nothing is wrong with a target that leads where it did at the first check.</summary>
    /// <param name="leadsTo">As in <see cref="Baseline.TargetLeadsTo"/>.</param>
    internal static bool IsAsItWas(TargetFetch target, string? leadsTo) =>
        !target.IsBroken && !target.IsSilent && (!target.IsRedirected || TargetRedirects.Key(target) == leadsTo);

    /// <summary>
    /// What a check says of the target that nothing was known of before: what is wrong with it, or that our own network failed.
    /// </summary>
    public static IReadOnlyList<Reason> ReasonsAlone(TargetFinding target) => target switch
    {
        { Gap: TargetGap.OurFault, Fetch: { } failed } =>
        [
            new Reason
            {
                Code = ReasonCode.OurFault,
                Message = $"The link is there, but its target {failed.Url} could not be checked. {failed.Problem}",
            },
        ],
        { Fetch: { } fetched } => Reasons(fetched, null),
        _ => [],
    };

    /// <summary>
    /// The state of a link that is there, with what is said of its target: changed when something is wrong with it, and unknown when our
    /// own network kept us from it and nothing else is wrong.
    /// </summary>
    public static VerdictState StateWith(VerdictState state, IReadOnlyList<Reason> reasons) =>
        reasons.Any(reason => reason.Code != ReasonCode.OurFault) ? VerdictState.Changed
        : reasons.Count > 0 && state == VerdictState.Live ? VerdictState.Unknown
        : state;

    /// <summary>What is held to be wrong with the target after a fetch, or after none.</summary>
    internal static IReadOnlyList<Reason> ReasonsOf(TargetFinding target, LinkMemory memory) => target switch
    {
        { Gap: TargetGap.Off } => [],
        { Gap: null, Fetch: { } fetched } => Reasons(fetched, memory.Baseline),
        _ => memory.TargetReasons,
    };

    /// <summary>
    /// What it means if the target goes on giving no answer; null when it gave one, and when it is held to be broken anyway.
    /// </summary>
    /// <param name="held">What is held to be wrong with the target.</param>
    internal static Reason? SilenceOf(TargetFinding target, IEnumerable<Reason> held) =>
        target.Fetch is { IsSilent: true } fetched && held.All(reason => reason.Code is not ReasonCode.TargetBroken)
            ? TargetBroken.Silent(fetched)
            : null;

    /// <summary>Whether a reason is about the target itself.</summary>
    internal static bool IsOfTarget(Reason reason) => OwnSide.Is(reason.Code);

    /// <summary>
    /// The verdict on the link and its target. Of a target that nobody could check, what was known before stands: it is not judged, and
    /// it has not recovered.
    /// </summary>
    public static Verdict Add(Verdict verdict, TargetFinding target, LinkMemory memory)
    {
        var reasons = ReasonsOf(target, memory);
        return verdict with
        {
            State = StateWith(verdict.State, reasons),
            Reasons = [.. verdict.Reasons, .. reasons],
            Target = target.Fetch,
            TargetGap = target.Gap,
            SilentTarget = SilenceOf(target, memory.TargetReasons),
        };
    }
}

/// <summary>One thing that can be wrong with the target itself. Registered by one line in <see cref="TargetJudge"/>.</summary>
internal interface ITargetRule
{
    /// <summary>Why the link is worth less than it was; null when the target is well.</summary>
    Reason? Check(TargetFetch target, Baseline? baseline);
}

/// <summary>
/// The target itself answers 4xx or 5xx, redirects without an end, has lost its name or let its certificate run out, so that the link leads
/// readers and search engines nowhere. Source: https://developers.google.com/crawling/docs/troubleshooting/http-status-codes
/// </summary>
internal sealed class TargetBroken : ITargetRule
{
    private const string NameGone = "no-such-name";
    private const string CertificateExpired = "certificate-expired";
    private const string NoAnswer = "no-answer";

    public Reason? Check(TargetFetch target, Baseline? baseline)
    {
        if (!target.IsBroken)
            return null;
        if (target.IsNameGone)
            return Because(
                NameGone,
                $"the name of its target {target.Url} no longer exists. {target.Problem} Renew the domain, or have the link lead "
                    + $"elsewhere.");
        if (target.IsCertificateExpired)
            return Because(CertificateExpired, $"browsers warn readers of its target {target.Url}. {target.Problem}");

        var isLoop = target.Status is null or < 400;
        var found = isLoop ? "loop" : target.Status!.Value.ToString(CultureInfo.InvariantCulture);
        var answer = isLoop ? "redirects endlessly" : $"answers {found}";
        return Because(found, $"its target {target.Url} {answer}: repair that page, or redirect it to the one that took its place.");
    }

    /// <summary>What was found, in words; a status and an address stay as they are.</summary>
    public static string Words(string found) => found switch
    {
        NameGone => "its domain does not exist",
        CertificateExpired => "its certificate has expired",
        NoAnswer => "no answer",
        "loop" => "an endless redirect",
        _ => found,
    };

    /// <summary>What it means if a target goes on giving no answer.</summary>
    public static Reason Silent(TargetFetch target) => Because(
        NoAnswer,
        $"its target {target.Url} has not answered for a day. {target.Problem} If it opens in your browser, it blocks our address.");

    /// <summary>Whether a reason is <see cref="Silent"/>, which no single check proves.</summary>
    public static bool IsSilence(Reason reason) => reason is { Code: ReasonCode.TargetBroken, Found: NoAnswer };

    /// <summary>Whether a reason is that the target's name does not exist.</summary>
    public static bool IsNameLoss(Reason reason) => reason is { Code: ReasonCode.TargetBroken, Found: NameGone };

    private static Reason Because(string found, string what) => new()
    {
        Code = ReasonCode.TargetBroken,
        Message = $"The link is there, but {what}",
        Expected = "200",
        Found = found,
    };
}

/// <summary>
/// The target itself redirects to another page than it did at the first check; to https, "www." or a slash at the end is not another page.
/// Source: https://developers.google.com/search/docs/crawling-indexing/301-redirects
/// </summary>
internal sealed class TargetRedirects : ITargetRule
{
    public Reason? Check(TargetFetch target, Baseline? baseline)
    {
        if (!target.IsRedirected || baseline is { IsTargetUnknown: true } || baseline?.TargetLeadsTo == Key(target))
            return null;

        return new Reason
        {
            Code = ReasonCode.TargetRedirects,
            Message =
                $"The link is there, but its target {target.Url} redirects to {target.FinalUrl}: check that this is the page you want, " +
                "and ask the site's owner to link to it directly.",
            Expected = target.Url.Href,
            Found = Key(target),
        };
    }

    /// <summary>Where the target leads, without what differs from visit to visit.</summary>
    public static string Key(TargetFetch target) => target.FinalUrl.Origin + target.FinalUrl.Path;
}
