using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>
/// The page as a whole says nofollow or none where a followed link was expected. Source:
/// https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
/// </summary>
internal sealed class PageNofollow : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        if (context.Page.Robots.Follow || !ExpectsFollowed(context))
            return null;

        return new Reason
        {
            Code = ReasonCode.PageNofollow,
            Message =
                "The page tells search engines to follow none of its links, whatever their rel: ask the site's owner to remove the rule.",
            Expected = "follow",
            Found = RobotsRuleText.Naming(context.Page.Robots, "nofollow"),
        };
    }

    private static bool ExpectsFollowed(RuleContext context) => context.Expectation.Rel switch
    {
        { Kind: ExpectedKind.Exactly, Value: RelQualifiers.None } => true,
        { Kind: ExpectedKind.AsFirstSeen } => context.Baseline is { Rel: RelQualifiers.None, PageNofollow: false },
        _ => false,
    };
}
