using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Robots;

/// <summary>Reads a robots.txt line by line. Everything it does not know, it passes over.</summary>
/// <remarks>
/// The misspellings are those that Google's parser knows (https://github.com/google/robotstxt). Keys are compared whole: it also takes
/// what only begins like a key, which would make an order to close the site of a line such as <c>DisallowAITraining: /</c>.
/// </remarks>
internal sealed class RobotsParser
{
    public const string Anybody = "*";
    private const int MaxSitemaps = 1000;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private const int WeightPerLine = 512;

    private RobotsGroup? _group;
    private bool _isGroupClosed = true;
    private bool _isDelayLast;
    private readonly bool _delayEndsNames;

    private RobotsParser(bool delayEndsNames) => _delayEndsNames = delayEndsNames;

    /// <summary>Whether a list of crawlers goes on behind a delay, so that the two readings differ.</summary>
    public bool HasNamesBehindDelay { get; private set; }

    /// <summary>The groups that name a crawler, by its token in lower case, with its place among those the group names.</summary>
    public Dictionary<string, List<(RobotsGroup Group, int Agent)>> Groups { get; } = new(StringComparer.Ordinal);

    public List<WebUrl> Sitemaps { get; } = [];

    /// <summary>About how many bytes the result takes up in memory.</summary>
    public int Weight { get; private set; } = WeightPerLine;

    /// <param name="delayEndsNames">
    /// Whether <c>Crawl-delay</c> is a rule, behind which the next crawler begins a group of its own. Its authors mean it so; Google's
    /// parser does not know the line.
    /// </param>
    public static RobotsParser Read(ReadOnlySpan<byte> content, bool delayEndsNames)
    {
        var parser = new RobotsParser(delayEndsNames);
        foreach (var line in RobotsLine.Split(Encoding.Latin1.GetString(Readable(content))))
            parser.Read(line);
        return parser;
    }

    /// <summary>Without a byte order mark and what is beyond the limit; a line that the limit cuts would say something else.</summary>
    private static ReadOnlySpan<byte> Readable(ReadOnlySpan<byte> content)
    {
        var isCut = content.Length > RobotsTxt.MaxBytes;
        content = isCut ? content[..RobotsTxt.MaxBytes] : content;
        content = isCut ? content[..(content.LastIndexOfAny("\r\n"u8) + 1)] : content;
        return WithoutMark(content);
    }

    /// <summary>Editors leave the mark of UTF-8 behind, and Google's parser takes off a part of it, too.</summary>
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> content) => content[content.CommonPrefixLength("\uFEFF"u8)..];

    private void Read(RobotsLine line)
    {
        if (line.Key.Length > 0)
            Weight += WeightPerLine + line.Text.Length * 4;
        switch (line.Key)
        {
            case "user-agent" or "useragent" or "user agent":
                Name(line.Value);
                break;
            case "allow":
                AddRule(line, allows: true);
                break;
            case "disallow" or "dissallow" or "dissalow" or "disalow" or "diasllow" or "disallaw":
                AddRule(line, allows: false);
                break;
            case "crawl-delay":
                AddDelay(line.Value);
                break;
            case "sitemap" or "site-map":
                AddSitemap(line.Value);
                break;
        }
    }

    private void Name(string value)
    {
        HasNamesBehindDelay |= _isDelayLast && !_isGroupClosed;
        if (_isGroupClosed || (_isDelayLast && _delayEndsNames))
            _group = new RobotsGroup();
        (_isGroupClosed, _isDelayLast) = (false, false);

        var token = Token(value);
        if (token.Length == 0)
            return;
        if (!Groups.TryGetValue(token, out var groups))
            Groups[token] = groups = [];
        if (groups.Count == 0 || groups[^1].Group != _group)
            groups.Add((_group!, _group!.Agents++));
    }

    /// <summary>
    /// The product token, in lower case: what follows it (a version, say) is no part of it.
    /// </summary>
    private static string Token(string value)
    {
        if (value == Anybody || value.StartsWith("* ", StringComparison.Ordinal) || value.StartsWith("*\t", StringComparison.Ordinal))
            return Anybody;
        var length = value.TakeWhile(c => char.IsAsciiLetter(c) || c is '-' or '_').Count();
        return value[..length].ToLowerInvariant();
    }

    private void AddRule(RobotsLine line, bool allows)
    {
        if (_group is null)
            return;
        _isGroupClosed = true;
        if (line.Value.Length == 0)
            return;
        _group.Rules.Add(new RobotsRule(allows, RobotsPattern.Parse(line.Value), line));
        if (allows && FolderOfIndex(line.Value) is { } folder)
            _group.Rules.Add(new RobotsRule(true, RobotsPattern.Parse(folder + "$"), line));
    }

    /// <summary>
    /// Whoever allows a folder's index file (<c>/a/index.html</c>) allows the folder's own address, too, as Google's parser reads it.
    /// </summary>
    private static string? FolderOfIndex(string path)
    {
        var file = path.LastIndexOf('/') + 1;
        return file > 0 && path.AsSpan(file).StartsWith("index.htm", StringComparison.Ordinal) ? path[..file] : null;
    }

    private void AddDelay(string value)
    {
        _isDelayLast = true;
        var isNumber = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
        if (isNumber && seconds > 0)
            _group?.AddDelay(TimeSpan.FromSeconds(Math.Min(seconds, LongestDelay.TotalSeconds)));
    }

    private void AddSitemap(string value)
    {
        if (Sitemaps.Count < MaxSitemaps && WebUrl.TryParse(RobotsLine.ToUtf8(value), out var url) && url.IsHttp)
            Sitemaps.Add(url);
    }
}

/// <summary>One allow or disallow line.</summary>
internal sealed record RobotsRule(bool Allows, RobotsPattern Pattern, RobotsLine Line)
{
    /// <summary>The longer path decides; of equally long ones the one that allows.</summary>
    public bool Outranks(RobotsRule? other) =>
        other is null || Pattern.Length > other.Pattern.Length || (Pattern.Length == other.Pattern.Length && Allows && !other.Allows);
}

/// <summary>One line of a robots.txt. Its text holds one character per byte, so that any encoding survives until it is compared.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Text">The whole line.</param>
/// <param name="Key">What stands before the colon, in lower case; empty when there is none, which makes the line one to ignore.</param>
/// <param name="Value">What stands after the colon, without a comment.</param>
/// <remarks>
/// In a line of two words and no colon the colon is taken as forgotten, as Google's parser does: https://github.com/google/robotstxt.
/// </remarks>
internal readonly record struct RobotsLine(int Number, string Text, string Key, string Value)
{
    // RFC 9309 knows WS as space and tab only.
    private static readonly char[] White = [' ', '\t'];

    /// <summary>The line for people: read as UTF-8, cut, and safe to show.</summary>
    public string Shown => NetworkFailures.Shown(ToUtf8(Text.Trim(White)));

    /// <summary>Cuts a text at LF, CR and CR LF, each of which ends a line.</summary>
    public static IEnumerable<RobotsLine> Split(string text)
    {
        var number = 0;
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            yield return Read(++number, text[start..end]);
            var isPair = end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n';
            start = end + (isPair ? 2 : 1);
        }
    }

    /// <summary>The UTF-8 text behind one character per byte; what is no UTF-8 becomes U+FFFD.</summary>
    public static string ToUtf8(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private static RobotsLine Read(int number, string text)
    {
        var comment = text.IndexOf('#', StringComparison.Ordinal);
        var content = comment < 0 ? text : text[..comment];
        var colon = content.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return WithoutColon(number, text, content);
        return new RobotsLine(number, text, content[..colon].Trim(White).ToLowerInvariant(), content[(colon + 1)..].Trim(White));
    }

    private static RobotsLine WithoutColon(int number, string text, string content)
    {
        var words = content.Split(White, 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2
            ? new RobotsLine(number, text, words[0].ToLowerInvariant(), words[1])
            : new RobotsLine(number, text, "", "");
    }
}
