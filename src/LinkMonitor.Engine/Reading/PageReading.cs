using LinkMonitor.Engine.Reading.Tokens;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Reading;

/// <summary>A page as a browser with scripting off reads it.</summary>
public sealed record PageReading
{
    /// <summary>The page's own URL, after redirects.</summary>
    public required WebUrl Url { get; init; }

    /// <summary>White space folded; empty when there is none.</summary>
    public required string Title { get; init; }

    /// <summary>The URL that links resolve against, when a <c>base</c> element sets one; otherwise null.</summary>
    public required WebUrl? Base { get; init; }

    /// <summary>The canonical URL from HTML or the Link header; null when absent or not resolvable.</summary>
    public required WebUrl? Canonical { get; init; }

    /// <summary>The next page of a list, as a <c>link</c> element names it; null when none does.</summary>
    public WebUrl? Next { get; init; }

    /// <summary>The first RSS or Atom feed that a <c>link</c> element names; null when none does.</summary>
    public WebUrl? Feed { get; init; }

    public required RobotsDirectives Robots { get; init; }

    /// <summary>
    /// When an <c>unavailable_after</c> of the page will pass, so that <see cref="Robots"/> changes by itself; null for never.
    /// </summary>
    public DateTimeOffset? RobotsChangeAt { get; init; }

    /// <summary>Every <c>a[href]</c> and <c>area[href]</c> in document order.</summary>
    public required IReadOnlyList<PageLink> Links { get; init; }

    /// <summary>The text a reader sees (scripts, styles and templates left out), white space folded.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// The text of the first h1 that a reader sees, white space folded, at most 500 characters; empty when there is none.
    /// </summary>
    public string Heading { get; init; } = "";

    /// <summary>Whether there is a field for a password.</summary>
    public bool HasPasswordField { get; init; }

    /// <summary>How many scripts the page loads from a URL.</summary>
    public int Scripts { get; init; }

    /// <summary>The empty element that a script framework fills, for example <c>#root</c>; null when there is none.</summary>
    public string? ShellRoot { get; init; }

    /// <summary>What its elements lie in; null where they have strings of their own, as those of XHTML do.</summary>
    internal PageSource? Source { get; init; }

    /// <summary>How the page is built.</summary>
    public PageShape Shape { get; init; } = new();

    /// <summary>
    /// How much of <see cref="Text"/>, in characters, stands in noscript. All of it, and no links: a script writes the page.
    /// </summary>
    public int NoscriptLength { get; init; }

    /// <summary>
    /// Values of attributes that act like a link but are none, such as <c>onclick</c>, <c>data-href</c> or the href of a <c>span</c>; those
    /// with a dot in them only, at most 2,083 characters of each.
    /// </summary>
    public IReadOnlyList<string> UnlinkedUrls { get; init; } = [];

    /// <summary>Where the page sends its readers by itself, by meta element or header; null when it does not.</summary>
    public PageRefresh? Refresh { get; init; }

    /// <summary>
    /// After how many seconds the page loads itself again, by meta element or header; null when it does not, and when it names an address.
    /// </summary>
    public int? ReloadsAfter { get; init; }

    /// <summary>
    /// False when the bytes are no text in any encoding, for example a compressed page whose Content-Encoding got lost. Browsers show
    /// nonsense then, and what was or was not found in it says nothing of the page.
    /// </summary>
    public bool IsText { get; init; } = true;

    /// <summary>The name of the character encoding that was used, for example <c>windows-1252</c>.</summary>
    public required string Charset { get; init; }

    /// <summary>
    /// Gives back the memory that its elements lie in. For whoever has judged all links of the page: what asks for a link's element or
    /// snippet afterwards throws. Without it the collector does.
    /// </summary>
    public void Release() => (Source as IDisposable)?.Dispose();
}

/// <summary>A page's order to go elsewhere after a while.</summary>
/// <param name="Url">Where to, absolute.</param>
/// <param name="Seconds">After how long, 0 or more.</param>
public sealed record PageRefresh(WebUrl Url, int Seconds);

/// <summary>What came of reading a page: exactly one of the two.</summary>
/// <param name="GivenUp">
/// Why the page costs more than <see cref="ReadingLimits"/> allow, as the end of a sentence that begins with the page.
/// </param>
public sealed record ReadingResult(PageReading? Reading, string? GivenUp);

/// <summary>
/// Reads the content of a meta refresh or a Refresh header.
/// Source: https://html.spec.whatwg.org/multipage/semantics.html#shared-declarative-refresh-steps
/// </summary>
internal static class RefreshText
{
    private const int MaxDigits = 9;

    /// <summary>The seconds and the URL as written, null for a page that loads itself again; null when the text is invalid.</summary>
    public static (int Seconds, string? Url)? Parse(string? text)
    {
        var rest = (text ?? "").TrimStart();
        var digits = rest.TakeWhile(char.IsAsciiDigit).Count();
        if (digits > MaxDigits || (digits == 0 && !rest.StartsWith('.')))
            return null;

        var seconds = digits == 0 ? 0 : int.Parse(rest.AsSpan(0, digits), System.Globalization.CultureInfo.InvariantCulture);
        var after = rest[digits..].TrimStart([.. "0123456789."]);
        if (after.Length > 0 && after[0] is not (';' or ',') && !char.IsWhiteSpace(after[0]))
            return null;

        after = after.TrimStart();
        if (after is [';' or ',', ..])
            after = after[1..].TrimStart();
        var url = Unquote(WithoutName(after));
        return (seconds, url.Length == 0 ? null : url);
    }

    private static string WithoutName(string text)
    {
        if (!text.StartsWith("url", StringComparison.OrdinalIgnoreCase))
            return text;
        var rest = text[3..].TrimStart();
        return rest.StartsWith('=') ? rest[1..].TrimStart() : text;
    }

    private static string Unquote(string text)
    {
        if (text is not ['"' or '\'', ..])
            return text.Trim();
        var end = text.IndexOf(text[0], 1);
        return (end < 0 ? text[1..] : text[1..end]).Trim();
    }
}
