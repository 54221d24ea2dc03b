using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

internal static class BaselineFactory
{
    /// <summary>
    /// What <paramref name="verdict"/> saw of the link; null when it did not find one. A link to another URL of the site is proof of that,
    /// but not what "as first seen" should mean for the watched one.
    /// </summary>
    public static Baseline? From(Verdict verdict)
    {
        if (verdict.Best is not { } link || verdict.Reasons.Any(reason => reason.Code == ReasonCode.TargetChanged))
            return null;

        var robots = verdict.Observation.Reading?.Robots ?? RobotsDirectives.None;
        return new Baseline
        {
            Rel = link.Qualifiers,
            Anchor = link.Anchor,
            Placement = link.Placement,
            Hidden = link.Hidden,
            Indexable = robots.Index,
            PageNofollow = !robots.Follow,
            GoogleDisallowed = verdict.Observation.DisallowedForGoogle is not null,
            IsMissingOnCanonical = verdict.IsMissingOnCanonical,
            TargetLeadsTo = LeadsTo(verdict),
            IsTargetUnknown = verdict.TargetGap is not null,
            SeenAt = verdict.Observation.CheckedAt,
        };
    }

    /// <summary>The first check of a link stays; that of its target may come later.</summary>
    public static Baseline? After(Baseline? first, Verdict verdict) => first switch
    {
        null => From(verdict),
        { IsTargetUnknown: true } when verdict is { Target: not null, TargetGap: null } =>
            first with { TargetLeadsTo = LeadsTo(verdict), IsTargetUnknown = false },
        _ => first,
    };

    private static string? LeadsTo(Verdict verdict) =>
        verdict.Target is { IsRedirected: true } target ? TargetRedirects.Key(target) : null;
}
