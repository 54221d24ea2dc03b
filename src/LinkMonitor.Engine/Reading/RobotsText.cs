namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Unites what meta elements and X-Robots-Tag headers tell search engines; the more restrictive wins.
/// Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
/// </summary>
internal sealed class RobotsText
{
    private static readonly char[] Separators = [',', ' ', '\t', '\n', '\f', '\r'];
    private static readonly string[] ValuedRules = ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"];
    private readonly List<string> _reasons = [];
    private bool _index = true;
    private bool _follow = true;

    public RobotsDirectives Directives => new() { Index = _index, Follow = _follow, Reasons = [.. _reasons.Distinct()] };

    /// <summary>Only <c>robots</c> and <c>googlebot</c> count: other names are other search engines', or Google's news crawler's.</summary>
    public void AddMeta(string name, string content)
    {
        var lower = name.Trim().ToLowerInvariant();
        if (lower is "robots" or "googlebot")
            Add($"meta {lower}: ", content);
    }

    /// <summary>One field. An agent's name holds for the rules up to the next name; a colon in a rule's value is none.</summary>
    public void AddHeader(string field)
    {
        var agent = "";
        foreach (var part in field.Split(','))
        {
            var rules = part;
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : part[..colon].Trim().ToLowerInvariant();
            if (ValuedRules.Contains(name))
                continue;
            if (IsAgent(name))
                (agent, rules) = (name, part[(colon + 1)..]);
            if (agent is "" or "*" or "robots" or "googlebot")
                Add(agent.Length == 0 ? "X-Robots-Tag: " : $"X-Robots-Tag: {agent}: ", rules);
        }
    }

    private static bool IsAgent(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*');

    private void Add(string place, string rules)
    {
        foreach (var rule in rules.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (rule is not ("noindex" or "nofollow" or "none"))
                continue;
            _index &= rule is "nofollow";
            _follow &= rule is "noindex";
            _reasons.Add(place + rule);
        }
    }
}
