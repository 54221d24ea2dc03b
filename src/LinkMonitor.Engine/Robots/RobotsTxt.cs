using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Robots;

/// <summary>
/// A robots.txt as https://www.rfc-editor.org/rfc/rfc9309 says and Google reads it:
/// https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec. Immutable.
/// </summary>
public sealed class RobotsTxt
{
    /// <summary>What is read of a file, 500 KiB; the rest is ignored, with a line that the limit cuts.</summary>
    public const int MaxBytes = 500 * 1024;

    private const string Google = "googlebot";

    private readonly RobotsParser _content;
    private readonly RobotsParser _contentForGoogle;

    private RobotsTxt(RobotsParser content, RobotsParser contentForGoogle)
    {
        _content = content;
        _contentForGoogle = contentForGoogle;
        Weight = ReferenceEquals(content, contentForGoogle) ? content.Weight : content.Weight + contentForGoogle.Weight;
    }

    /// <summary>The file of a site that has none: everything is allowed.</summary>
    public static RobotsTxt Empty { get; } = Parse([]);

    /// <summary>The absolute http(s) URLs of the sitemap lines, in order; at most 1,000.</summary>
    public IReadOnlyList<WebUrl> Sitemaps => _content.Sitemaps;

    /// <summary>About how many bytes the file takes up in memory.</summary>
    internal int Weight { get; }

    /// <summary>Reads any bytes: what is no known line, or no UTF-8, is passed over.</summary>
    public static RobotsTxt Parse(ReadOnlySpan<byte> content)
    {
        var read = RobotsParser.Read(content, delayEndsNames: true);
        return new(read, read.HasNamesBehindDelay ? RobotsParser.Read(content, delayEndsNames: false) : read);
    }

    /// <summary>Whether a crawler may fetch a URL. The file itself always may be.</summary>
    /// <param name="userAgentToken">
    /// The crawler's product token, for example <c>Googlebot</c>, compared without case. A token with hyphens also answers to its
    /// beginnings: Googlebot-News to the groups of Googlebot, when none is its own.
    /// </param>
    /// <param name="url">Path and query decide; the caller sees to it that the file is the one of the URL's origin.</param>
    public RobotsRuling IsAllowed(string userAgentToken, WebUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.Path == "/robots.txt")
            return RobotsRuling.Unmentioned;

        var path = RobotsPath.Of(url);
        RobotsRule? deciding = null;
        foreach (var rule in GroupsFor(userAgentToken).SelectMany(entry => entry.Group.Rules))
        {
            if (rule.Outranks(deciding) && rule.Pattern.Matches(path))
                deciding = rule;
        }

        return deciding is null
            ? RobotsRuling.Unmentioned
            : new RobotsRuling(deciding.Allows, deciding.Line.Shown, deciding.Line.Number);
    }

    /// <summary>
    /// The longest pause that the file asks a crawler for between two requests, at most a day; null when it asks for none. Not in the RFC,
    /// and Google ignores it.
    /// </summary>
    public TimeSpan? CrawlDelay(string userAgentToken) =>
        GroupsFor(userAgentToken).Max(entry => entry.Group.DelayFor(entry.Agent));

    /// <summary>All groups of the most specific token that any group names, else those for everybody.</summary>
    private List<(RobotsGroup Group, int Agent)> GroupsFor(string userAgentToken)
    {
        var content = userAgentToken.StartsWith(Google, StringComparison.OrdinalIgnoreCase) ? _contentForGoogle : _content;
        for (var token = userAgentToken.ToLowerInvariant(); ;)
        {
            if (content.Groups.TryGetValue(token, out var groups))
                return groups;
            var hyphen = token.LastIndexOf('-');
            if (hyphen <= 0)
                return content.Groups.GetValueOrDefault(RobotsParser.Anybody) ?? [];
            token = token[..hyphen];
        }
    }
}

/// <summary>A URL that a crawler may not fetch, and the ruling that says so.</summary>
public sealed record DisallowedUrl(WebUrl Url, RobotsRuling Ruling);

/// <summary>The rules that follow one or more user-agent lines.</summary>
internal sealed class RobotsGroup
{
    private readonly List<(int Agents, TimeSpan Delay)> _delays = [];

    public List<RobotsRule> Rules { get; } = [];

    /// <summary>How many crawlers the group names so far.</summary>
    public int Agents { get; set; }

    /// <summary>
    /// A delay counts for the crawlers named so far. It does not end the list of crawlers (in Google's reading it is a line to ignore), and
    /// a group that holds only a delay is often followed by one for everybody.
    /// </summary>
    public void AddDelay(TimeSpan delay) => _delays.Add((Agents, delay));

    /// <param name="agent">The crawler's place in the group, from 0.</param>
    public TimeSpan? DelayFor(int agent) => _delays.Where(one => one.Agents > agent).Max(one => (TimeSpan?)one.Delay);
}

/// <summary>What a robots.txt says to one crawler about one URL.</summary>
/// <param name="Allowed">Whether the crawler may fetch the URL.</param>
/// <param name="Line">
/// The deciding line as written, at most 200 characters, without control characters; null when no rule speaks of the URL.
/// </param>
/// <param name="LineNumber">The line's number, counted from 1.</param>
public sealed record RobotsRuling(bool Allowed, string? Line, int? LineNumber)
{
    /// <summary>No rule speaks of the URL, which allows it.</summary>
    internal static RobotsRuling Unmentioned { get; } = new(true, null, null);

    /// <summary>The deciding line for people, for example <c>line 3, "Disallow: /posts"</c>.</summary>
    internal string Place => $"line {LineNumber}, \"{Line}\"";
}
