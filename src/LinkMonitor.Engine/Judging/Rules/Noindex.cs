using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>
/// The page asks to be left out of search results. Source: https://developers.google.com/search/docs/crawling-indexing/block-indexing
/// </summary>
internal sealed class Noindex : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        var isExpected = context.TryGetExpected(context.Expectation.Indexable, static baseline => baseline.Indexable, out var indexable)
            && indexable;
        if (!isExpected || context.Page.Robots.Index)
            return null;

        return new Reason
        {
            Code = ReasonCode.Noindex,
            Message =
                "The page asks search engines to leave it out of their index, so its links count for little: ask the site's owner to "
                    + "remove the rule.",
            Expected = "index",
            Found = RobotsRuleText.Naming(context.Page.Robots, "noindex"),
        };
    }
}
