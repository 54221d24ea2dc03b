using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging;

/// <summary>Picks what to show of a page's robots rules.</summary>
internal static class RobotsRules
{
    /// <summary>The rules with a given name and those with the name none, each with its place; for noindex also an unavailable_after that has passed.</summary>
    public static string Naming(RobotsDirectives robots, string rule) => string.Join(
        ", ",
        robots.Reasons.Where(reason => reason.EndsWith(" " + rule, StringComparison.Ordinal)
            || reason.EndsWith(" none", StringComparison.Ordinal)
            || (rule == "noindex" && reason.Contains(UnavailableAfter.Rule, StringComparison.Ordinal))));
}
