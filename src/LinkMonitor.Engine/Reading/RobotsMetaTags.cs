using System.Text.RegularExpressions;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Unites what meta elements and X-Robots-Tag headers tell search engines; the more restrictive wins.
/// Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
/// </summary>
internal sealed partial class RobotsMetaTags
{
    // Pages name one or two; each costs dozens of attempts at a date. Those beyond are ignored.
    private const int MaxEnds = 1_000;

    private static readonly char[] Separators = [',', ' ', '\t', '\n', '\f', '\r'];
    private static readonly string[] ValuedRules = ["max-snippet", "max-image-preview", "max-video-preview"];
    private readonly List<string> _reasons = [];
    private readonly List<(string Place, string Date, DateTimeOffset End)> _ends = [];
    private int _endsRead;
    private bool _index = true;
    private bool _follow = true;

    /// <summary>What holds at a time: a page whose <c>unavailable_after</c> has passed is not indexed.</summary>
    public RobotsDirectives DirectivesAt(DateTimeOffset time)
    {
        var passed = _ends.Where(end => end.End <= time).Select(end => $"{end.Place}{UnavailableAfter.Rule}: {end.Date}").ToArray();
        return new RobotsDirectives
        {
            Index = _index && passed.Length == 0,
            Follow = _follow,
            Reasons = [.. _reasons.Concat(passed).Distinct()],
        };
    }

    /// <summary>When <see cref="DirectivesAt"/> will say something else; null for never.</summary>
    public DateTimeOffset? NextEndAfter(DateTimeOffset time) =>
        _ends.Where(end => end.End > time).Select(end => (DateTimeOffset?)end.End).Min();

    /// <summary>Only <c>robots</c> and <c>googlebot</c> count: other names are other search engines', or Google's news crawler's.</summary>
    public void AddMeta(string name, string content)
    {
        var lower = name.Trim().ToLowerInvariant();
        if (lower is not ("robots" or "googlebot"))
            return;
        Add($"meta {lower}: ", content);
        AddEnd($"meta {lower}: ", content);
    }

    /// <summary>One field. An agent's name holds for the rules up to the next name; a colon in a rule's value is none.</summary>
    public void AddHeader(string field)
    {
        var agent = "";
        var position = 0;
        foreach (var part in field.Split(','))
        {
            var start = position;
            position += part.Length + 1;
            var rules = part;
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : part[..colon].Trim().ToLowerInvariant();
            if (ValuedRules.Contains(name))
                continue;
            if (IsAgent(name) && name != UnavailableAfter.Rule)
                (agent, rules) = (name, part[(colon + 1)..]);
            if (agent is not ("" or "*" or "robots" or "googlebot"))
                continue;
            var place = agent.Length == 0 ? "X-Robots-Tag: " : $"X-Robots-Tag: {agent}: ";
            if (rules.TrimStart().StartsWith(UnavailableAfter.Rule, StringComparison.OrdinalIgnoreCase))
                AddEnd(place, field.Substring(start, Math.Min(field.Length - start, part.Length + UnavailableAfter.LongestDate)));
            else
                Add(place, rules);
        }
    }

    private static bool IsAgent(string name) =>
        name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*');

    /// <param name="text">Holds the rule's name, a colon, the date, and perhaps more.</param>
    private void AddEnd(string place, string text)
    {
        var at = text.IndexOf(UnavailableAfter.Rule, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || ++_endsRead > MaxEnds)
            return;
        var rest = text[(at + UnavailableAfter.Rule.Length)..].TrimStart().TrimStart(':', '=');
        if (UnavailableAfter.TryRead(rest, out var date, out var end))
            _ends.Add((place, date, end));
    }

    // "max-image-preview: none" is one rule with a value, with and without the space: none there forbids pictures, not the page.
    private void Add(string place, string rules)
    {
        foreach (var rule in ValuedRule().Replace(rules.ToLowerInvariant(), " ").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (rule is not ("noindex" or "nofollow" or "none"))
                continue;
            _index &= rule is "nofollow";
            _follow &= rule is "noindex";
            if (!_reasons.Contains(place + rule))
                _reasons.Add(place + rule);
        }
    }

    [GeneratedRegex(
        @"max-(?:snippet|image-preview|video-preview)\s*[:=]\s*[^\s,]*", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex ValuedRule();
}

/// <summary>
/// What the page says to search engines: the union of meta robots, meta googlebot and X-Robots-Tag, the more restrictive winning.
/// Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
/// </summary>
public sealed record RobotsDirectives
{
    public static RobotsDirectives None { get; } = new();

    /// <summary>False for noindex or none.</summary>
    public bool Index { get; init; } = true;

    /// <summary>False for nofollow or none.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>What restricts, with its place: for example <c>meta robots: noindex</c> or <c>X-Robots-Tag: googlebot: none</c>.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}
