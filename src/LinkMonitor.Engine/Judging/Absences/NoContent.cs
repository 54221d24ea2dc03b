using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// A page that shows nothing without scripts proves nothing: not one link, and either no text outside noscript, or only a few words that
/// ask for scripts or patience.
/// </summary>
internal sealed class NoContent : IAbsenceRule
{
    // A waiting page says little; an article of this length that mentions JavaScript is an article.
    private const int MaxShellLength = 300;

    private static readonly string[] ShellWords = ["javascript", "loading", "please wait", "redirecting", "enable cookies"];

    public Absence? Explain(AbsenceContext context)
    {
        var page = context.Page;
        if (context.IsKnownPage || page.Links.Count > 0 || (page.Text.Length > page.NoscriptLength && !IsShell(page.Text)))
            return null;

        return new Absence(VerdictState.Unknown, new Reason
        {
            Code = ReasonCode.NoContent,
            Message =
                "The page came without content, like pages that a script writes or that failed half-way, so we cannot tell whether the "
                    + "link is there: " +
                "open it in a browser.",
        });
    }

    private static bool IsShell(string text) =>
        text.Length <= MaxShellLength && ShellWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// A script writes what the page shows: the element that a framework fills came empty, and there is next to no text besides. We run no
/// scripts, so we cannot tell. Source: https://developers.google.com/search/docs/crawling-indexing/javascript/javascript-seo-basics
/// </summary>
internal sealed class ScriptOnly : IAbsenceRule
{
    // A menu and a footer may come from the server; an article does not fit in here.
    private const int LongestShell = 500;

    public Absence? Explain(AbsenceContext context)
    {
        var page = context.Page;
        if (context.IsKnownPage || page.ShellRoot is not { } root || page.Text.Length - page.NoscriptLength > LongestShell)
            return null;

        return Absence.Unknown(
            ReasonCode.ScriptOnly,
            $"The page is an empty shell ({root}) that a script fills in the reader's browser, and we run no scripts, so we cannot tell "
                + $"whether the link is there: " +
            "open it in a browser.",
            root);
    }
}

/// <summary>
/// The answer was a redirect that leads nowhere, or a choice of pages. Browsers show what comes with it, so a link in it is there; but
/// without the link it is most likely not the page.
/// </summary>
internal sealed class RedirectPage : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context) => context.Observation.Status is >= 300 and < 400 and var status
        ? new Absence(VerdictState.Unknown, new Reason { Code = ReasonCode.Unreachable, Message = StatusText.DetailOf(status) })
        : null;
}

/// <summary>Whether an answer is HTML.</summary>
internal static class ContentFormat
{
    private static readonly string[] UnknownTypes = ["", "unknown/unknown", "application/unknown", "*/*"];

    /// <summary>
    /// The patterns of https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type; each must be followed by a
    /// space or &gt;.
    /// </summary>
    private static readonly string[] Openings =
    [
        "<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE", "<TITLE", "<B", "<BODY",
        "<BR", "<P",
    ];

    /// <summary>
    /// By the Content-Type; by the first bytes when the header is absent or says nothing. XHTML counts, also when it comes as XML. An empty
    /// body without a type counts, too: it is a page with nothing on it.
    /// </summary>
    public static bool IsHtml(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = (contentType ?? "").Split(';', ',')[0].Trim().ToLowerInvariant();
        if (type is "text/html" or "application/xhtml+xml")
            return true;
        if (XhtmlParser.Accepts(type))
            return XhtmlParser.IsXhtml(body, contentType);
        return (UnknownTypes.Contains(type) || !type.Contains('/', StringComparison.Ordinal)) && LooksLikeHtml(body);
    }

    private static bool LooksLikeHtml(ReadOnlySpan<byte> body)
    {
        var start = (body is [0xEF, 0xBB, 0xBF, ..] ? body[3..] : body).TrimStart("\t\n\f\r "u8);
        if (start.IsEmpty || start.StartsWith("<!--"u8))
            return true;
        foreach (var opening in Openings)
        {
            if (start.Length > opening.Length
                && System.Text.Ascii.EqualsIgnoreCase(start[..opening.Length], opening)
                && start[opening.Length] is (byte)' ' or (byte)'>')
                return true;
        }

        return false;
    }
}
