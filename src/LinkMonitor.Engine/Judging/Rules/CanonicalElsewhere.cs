using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>
/// The page names another one as its canonical, which search engines then index in its place, and the link is not on that one. A canonical
/// that cannot be seen, or is itself gone, tells nothing: search engines ignore it, too. Source:
/// https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
/// </summary>
internal sealed class CanonicalElsewhere : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        if (!IsWatched(context) || !context.IsMissingOnCanonical)
            return null;

        var canonical = context.Page.Canonical!.Href;
        return new Reason
        {
            Code = ReasonCode.CanonicalElsewhere,
            Message = $"The page names {canonical} as its canonical, which search engines show in its place, and the link is not there: " +
                "ask the site's owner to add the link there, too, or to make the page its own canonical.",
            Expected = context.Observation.FinalUrl.Href,
            Found = canonical,
        };
    }

    // It is about being indexed, and watched with that.
    private static bool IsWatched(RuleContext context) => context.Expectation.Indexable switch
    {
        { Kind: ExpectedKind.Any } or { Kind: ExpectedKind.Exactly, Value: false } => false,
        { Kind: ExpectedKind.AsFirstSeen } => context.Baseline is not { IsMissingOnCanonical: true },
        _ => true,
    };
}
