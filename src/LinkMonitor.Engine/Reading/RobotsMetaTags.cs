using System.Globalization;
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

/// <summary>
/// Reads the date of an <c>unavailable_after</c> rule: RFC 822, RFC 850 or ISO 8601, as Google takes them.
/// Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#unavailable_after
/// </summary>
internal static class UnavailableAfter
{
    public const string Rule = "unavailable_after";

    /// <summary>So much of a text is checked, in characters.</summary>
    public const int LongestDate = 64;

    private static readonly (string Name, string Offset)[] Zones =
    [
        ("GMT", "+00:00"), ("UTC", "+00:00"), ("UT", "+00:00"), ("Z", "+00:00"),
        ("EST", "-05:00"), ("EDT", "-04:00"), ("CST", "-06:00"), ("CDT", "-05:00"),
        ("MST", "-07:00"), ("MDT", "-06:00"), ("PST", "-08:00"), ("PDT", "-07:00"), ("CET", "+01:00"), ("CEST", "+02:00"),
    ];

    /// <summary>
    /// Reads a date that may itself hold commas and be followed by further rules. A date without a zone is UTC; one that cannot be read
    /// sets no end.
    /// </summary>
    /// <param name="text">What stands after the rule's colon.</param>
    /// <param name="date">The date as written.</param>
    /// <param name="end">When it ends.</param>
    public static bool TryRead(string text, out string date, out DateTimeOffset end)
    {
        // The longest beginning that is a date: "Saturday, 25-Jun-2010 15:00:00 GMT, noarchive".
        for (var length = Math.Min(text.Length, LongestDate); length > 0; length = text.LastIndexOf(',', length - 1))
        {
            date = text[..length].Trim();
            if (TryParse(date, out end))
                return true;
        }

        (date, end) = ("", default);
        return false;
    }

    private static bool TryParse(string date, out DateTimeOffset end) =>
        DateTimeOffset.TryParse(
            WithOffset(date), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out end);

    private static string WithOffset(string date)
    {
        // Names of days say nothing that the date does not, and a wrong one must not spoil it.
        var comma = date.IndexOf(',', StringComparison.Ordinal);
        var plain = (comma > 0 && date[..comma].All(char.IsAsciiLetter) ? date[(comma + 1)..] : date).Trim();
        foreach (var (name, offset) in Zones)
        {
            if (plain.EndsWith(" " + name, StringComparison.OrdinalIgnoreCase))
                return string.Concat(plain.AsSpan(0, plain.Length - name.Length), offset);
        }

        return plain;
    }
}
