using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Targets;

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
