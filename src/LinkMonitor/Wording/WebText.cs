using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Wording;

/// <summary>Makes text from the web fit to be read: on one line, nothing invisible in it, and no longer than agreed.</summary>
internal static class WebText
{
    public const string Ellipsis = "…";

    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>
    /// Folds white space, and shows every control, bidirectional or otherwise invisible character as <c>[U+202E]</c>. The two joiners
    /// stay, because scripts and emoji need them.
    /// </summary>
    public static string Visible(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                text.Append(text.Length == 0 || text[^1] == ' ' ? "" : " ");
            else if (IsInvisible(rune))
                text.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            else
                text.Append(rune.ToString());
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>As <see cref="Cut(string, int)"/>, with the line breaks of whoever wrote it; of several empty lines one stays.</summary>
    public static string Lines(string value, int maxLength)
    {
        var lines = value.Trim().ReplaceLineEndings("\n").Split('\n').Select(Visible).ToList();
        var kept = string.Join('\n', lines.Where((line, at) => line.Length > 0 || (at > 0 && lines[at - 1].Length > 0)));
        return kept.Length <= maxLength ? kept : Cut(value, maxLength);
    }

    /// <summary>As <see cref="Visible"/>; what is over the length is replaced by an ellipsis and the count of what there was.</summary>
    public static string Cut(string value, int maxLength) => Cut(value, maxLength, Language.English);

    /// <summary>The same, saying so in the language of a mail.</summary>
    public static string Cut(string value, int maxLength, Language say)
    {
        var visible = Visible(value);
        return visible.Length <= maxLength
            ? visible
            : Head(visible, maxLength) + Ellipsis + " "
                + say.Text("(cut: {shown} of {all} characters)", ("shown", say.Number(maxLength)), ("all", say.Number(visible.Length)));
    }

    /// <summary>
    /// As <see cref="Visible"/>, never longer than <paramref name="maxLength"/>, the ellipsis included. It ends with a whole word, unless
    /// half of the room would be left.
    /// </summary>
    public static string Short(string value, int maxLength)
    {
        var visible = Visible(value);
        if (visible.Length <= maxLength)
            return visible;
        var head = Head(visible, maxLength - Ellipsis.Length);
        var word = visible[head.Length] == ' ' ? head.Length : head.LastIndexOf(' ');
        return (word >= maxLength / 2 ? head[..word] : head).TrimEnd() + Ellipsis;
    }

    /// <summary>
    /// A URL for a list: without its scheme, with a port that is not its scheme's, and of a long one the end of the path and the beginning
    /// of the query, in which the pages of a site differ.
    /// </summary>
    public static string ShortUrl(WebUrl url, int maxLength, bool showsHost)
    {
        var rest = url.Origin.Length < url.Href.Length && url.Href.StartsWith(url.Origin, StringComparison.Ordinal)
            ? url.Href[url.Origin.Length..] : url.Href;
        rest = Readable(rest);
        var host = showsHost && url.Origin.Length < url.Href.Length ? ShortHost(url.Host ?? "", maxLength / 2) + PortOf(url) : "";
        var room = maxLength - host.Length;
        return Visible(host + (rest.Length <= room ? rest : ShortPath(rest, room)));
    }

    // What a long query ends with is mostly a tracker's.
    private static string ShortPath(string rest, int room)
    {
        var end = rest.IndexOfAny(['?', '#']) is >= 0 and var sign ? sign : rest.Length;
        var (path, query) = (rest[..end], rest[end..]);
        if (query.Length > 0 && path.Length + 2 <= room)
            return path + WholeEscapes(Head(query, room - path.Length - 1)) + Ellipsis;
        var more = query.Length > 0 ? $"{query[0]}{Ellipsis}" : "";
        return $"/…{WholeEscapes(Tail(path, room - 2 - more.Length), path)}{more}";
    }

    /// <summary>
    /// A URL as people read it: letters, digits and signs of all scripts in place of their percent-encoding, and the host's name in its own
    /// script where that is safe (<see cref="ReadableHost"/>), as browsers show it. What is
    /// encoded in ASCII stays, as it may mean something else decoded; so does whatever is invisible or turns text, and what is no UTF-8.
    /// </summary>
    public static string Readable(string url)
    {
        url = ReadableHost.In(url);
        if (!url.Contains('%', StringComparison.Ordinal))
            return Visible(url);
        var text = new StringBuilder(url.Length);
        Span<byte> bytes = stackalloc byte[4];
        for (var at = 0; at < url.Length;)
        {
            var count = 0;
            while (count < bytes.Length && at + (count * 3) + 2 < url.Length && url[at + (count * 3)] == '%'
                && byte.TryParse(
                    url.AsSpan(at + (count * 3) + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[count]))
                count++;
            if (count > 0 && bytes[0] >= 0x80
                && Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) == OperationStatus.Done && IsShown(rune))
            {
                text.Append(rune.ToString());
                at += used * 3;
            }
            else
                text.Append(url[at++]);
        }

        return Visible(text.ToString());
    }

    /// <summary>As <see cref="Cut(string, int)"/>, for what a check said: hosts in it as people read them.</summary>
    public static string Said(string sentence, int maxLength) => Cut(ReadableHost.In(sentence), maxLength);

    // A mark joins what stands before it, which may be a sign of the URL itself.
    private static bool IsShown(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.OtherSymbol or UnicodeCategory.DashPunctuation or UnicodeCategory.OtherPunctuation;

    /// <summary>
    /// As <see cref="Short"/>, but keeps the end, which says whose a host is, and its letters (<see cref="ReadableHost"/>).
    /// </summary>
    public static string ShortHost(string host, int maxLength)
    {
        var visible = Visible(ReadableHost.Of(host));
        return visible.Length <= maxLength ? visible : Ellipsis + visible[^(maxLength - Ellipsis.Length)..];
    }

    private static string PortOf(WebUrl url) =>
        url.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "";

    private static string Tail(string text, int length) =>
        char.IsLowSurrogate(text[^length]) ? text[^(length - 1)..] : text[^length..];

    // Half an escape would be other characters.
    private static string WholeEscapes(string tail, string text)
    {
        var at = text.Length - tail.Length;
        var cut = at >= 1 && text[at - 1] == '%' ? 2 : at >= 2 && text[at - 2] == '%' ? 1 : 0;
        return tail[Math.Min(cut, tail.Length)..];
    }

    private static string WholeEscapes(string head) =>
        head is [.., '%'] ? head[..^1] : head is [.., '%', _] ? head[..^2] : head;

    private static string Head(string text, int length) =>
        char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner),
        _ => rune == Rune.ReplacementChar,
    };
}

/// <summary>
/// HTML that is safe by construction: <see cref="Of"/> encodes every value put into its text unless it is <see cref="Markup"/> itself, so
/// that forgetting to encode is not possible.
/// </summary>
internal readonly record struct Markup(string Html)
{
    public static Markup Empty { get; } = new("");

    public static Markup Of(MarkupHandler html) => new(html.ToString());

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Html)));

    /// <summary>A link where the URL is http or https and not absurdly long, and plain text otherwise.</summary>
    public static Markup Anchor(string url, string text, string style = "color:#0b57d0;") =>
        url.Length <= 4_000 && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? Of($"""<a href="{url}" class="link" style="{style}">{text}</a>""")
            : Of($"{text}");
}

/// <summary>Builds <see cref="Markup"/> from an interpolated string: the literal parts are HTML, the holes are text.</summary>
[InterpolatedStringHandler]
internal readonly struct MarkupHandler(int literalLength, int formattedCount)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string html) => _html.Append(html);

    public void AppendFormatted(string text) => _html.Append(Encoder.Encode(text));

    public void AppendFormatted(Markup markup) => _html.Append(markup.Html);

    public override string ToString() => _html.ToString();
}

/// <summary>Makes text from the web safe to print: a page must not steer the terminal.</summary>
internal static class TerminalText
{
    /// <summary>Control and format characters (ANSI escapes, direction marks) become U+FFFD; long text is cut with an ellipsis.</summary>
    public static string Safe(string text, int maxLength = 500)
    {
        var safe = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= maxLength)
                return safe.Append('…').ToString();
            safe.Append(IsSteering(rune) ? "\uFFFD" : rune.ToString());
        }

        return safe.ToString();
    }

    private static bool IsSteering(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
