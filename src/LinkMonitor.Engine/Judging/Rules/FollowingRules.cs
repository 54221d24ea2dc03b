using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>
/// The qualifying rel tokens differ. Source: https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links
/// </summary>
internal sealed class RelChanged : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        var found = context.Link.Qualifiers;
        if (!context.TryGetExpected(context.Expectation.Rel, static baseline => baseline.Rel, out var expected) || found == expected)
            return null;

        return new Reason
        {
            Code = ReasonCode.RelChanged,
            // Only what was seen otherwise before has gained or lost anything.
            Message = WasFollowed(context, expected) && context.Gone > 0 ? Left(context, found)
                : context.Baseline?.Rel == expected
                ? $"{Difference(expected, found)} {Advice(expected, found)}"
                : $"The link's rel is {RelText.Write(found)} instead of {RelText.Write(expected)}, {FirstAdvice(expected, found)}",
            Expected = RelText.Write(expected),
            Found = RelText.Write(found),
        };
    }

    private static bool WasFollowed(RuleContext context, RelQualifiers expected) =>
        expected is RelQualifiers.None && context.Baseline is { Rel: RelQualifiers.None };

    // To have the mark taken off the link that stays would not bring the other one back.
    private static string Left(RuleContext context, RelQualifiers found) => context.IsAnother
        ? $"The followed link to the target is gone from the page, and another one with {RelText.Write(found)} stays: ask the site's "
            + "owner to put the followed one back."
        : $"Of several links to the target those that are left have {RelText.Write(found)}, and search engines follow none of them: ask "
            + "the site's owner for a followed one.";

    private static string Difference(RelQualifiers expected, RelQualifiers found)
    {
        var (added, removed) = (found & ~expected, expected & ~found);
        return (added, removed) switch
        {
            (_, RelQualifiers.None) => $"The link's rel has gained {RelText.Write(added)}",
            (RelQualifiers.None, _) => $"The link's rel has lost {RelText.Write(removed)}",
            _ => $"The link's rel has gained {RelText.Write(added)} and lost {RelText.Write(removed)}",
        };
    }

    private static string Advice(RelQualifiers expected, RelQualifiers found) => (expected, found) switch
    {
        (RelQualifiers.None, _) => "and search engines no longer follow it: ask the site's owner to remove it.",
        (_, RelQualifiers.None) => "and search engines now follow it: a paid or user-made link without its mark breaks their rules.",
        _ => "and search engines still do not follow it: check that the mark fits what was agreed.",
    };

    private static string FirstAdvice(RelQualifiers expected, RelQualifiers found) => (expected, found) switch
    {
        (RelQualifiers.None, _) => "and search engines do not follow it: ask the site's owner to make it a followed link.",
        (_, RelQualifiers.None) => "and search engines follow it: a paid or user-made link without its mark breaks their rules.",
        _ => "and search engines do not follow it: check that the mark fits what was agreed.",
    };
}

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
