using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>
/// robots.txt keeps Googlebot out of the page, or out of a redirect on the way to it: what Google cannot read, it cannot count.
/// Source: https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec
/// </summary>
internal sealed class GoogleDisallowed : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        var isExpected = context.TryGetExpected(
            context.Expectation.Indexable, static baseline => baseline.Indexable && !baseline.GoogleDisallowed, out var allowed) && allowed;
        if (!isExpected || context.DisallowedForGoogle is not { } disallowed)
            return null;

        return new Reason
        {
            Code = ReasonCode.GoogleDisallowed,
            Message =
                $"The robots.txt of {disallowed.Url.Host} keeps Googlebot out of the page ({disallowed.Ruling.Place}), so Google cannot "
                    + $"count its links: " +
                "ask the site's owner to allow it.",
            Expected = "Googlebot allowed",
            Found = disallowed.Ruling.Line,
        };
    }
}

/// <summary>Picks what to show of a page's robots rules.</summary>
internal static class RobotsRuleText
{
    /// <summary>
    /// The rules with a given name and those with the name none, each with its place; for noindex also an unavailable_after that has
    /// passed.
    /// </summary>
    public static string Naming(RobotsDirectives robots, string rule) => string.Join(
        ", ",
        robots.Reasons.Where(reason => reason.EndsWith(" " + rule, StringComparison.Ordinal)
            || reason.EndsWith(" none", StringComparison.Ordinal)
            || (rule == "noindex" && reason.Contains(UnavailableAfter.Rule, StringComparison.Ordinal))));
}
