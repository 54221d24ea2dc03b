using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
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
