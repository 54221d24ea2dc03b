using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Answers;

/// <summary>Takes documents that people hand over: finds the links they speak of, has each judged, and keeps what was found.</summary>
internal sealed class PageHandOver(ILinkStore links, AnswerBook book, TimeProvider time)
{
    /// <summary>The most links of one page that are judged at once.</summary>
    public const int MostLinks = 100;

    /// <summary>When no further link is judged: a large document with many links takes its time for each.</summary>
    internal static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The links of a project that wait for a person and whose page is at an address, or was found there when it was last seen: at most
    /// <see cref="MostLinks"/>, those first for which no document waits for an answer.
    /// </summary>
    public async Task<IReadOnlyList<WatchedLink>> FindAsync(ProjectId project, WebUrl url, CancellationToken cancellationToken)
    {
        var (key, now) = (UrlKeys.TargetKey(url), time.GetUtcNow());
        List<WatchedLink> found = [], again = [];
        await foreach (var link in links.ReadAllAsync(project, new LinkFilter { Seen = false }, cancellationToken))
        {
            if (link.NeedsHumanAt(now) && IsAt(link, key))
                (link.WaitingPage() is null ? found : again).Add(link);
            if (found.Count == MostLinks)
                break;
        }

        return [.. found.Concat(again).Take(MostLinks)];
    }

    /// <summary>Whether a link's page is at an address, or was found there when it was last seen.</summary>
    public static bool IsAt(WatchedLink link, WebUrl url) => IsAt(link, UrlKeys.TargetKey(url));

    /// <summary>Judges links on a document and keeps what was found with each.</summary>
    /// <returns>What came of each, in their order; fewer, but at least one, when <see cref="Budget"/> is used up.</returns>
    public async Task<IReadOnlyList<AnswerResult>> TakeAsync(
        IReadOnlyList<WatchedLink> found, HandedText handed, Author by, CancellationToken cancellationToken)
    {
        var results = new List<AnswerResult>();
        if (found.Count == 0)
            return results;
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        var document = new HandedDocument
        {
            Page = found[0].Page,
            Url = handed.Url,
            Html = handed.Html,
            IsText = handed.IsText,
            At = at,
        };
        var seen = HandedPageJudge.Read(document, cancellationToken);
        foreach (var link in found)
        {
            var ofLink = seen with { Page = link.Page };
            var finding = await HandedPageJudge.JudgeAsync(ofLink, link.Expectation, link.Status, cancellationToken);
            var page = new HandedPage
            {
                By = by,
                At = at,
                Url = handed.Url.Href,
                Way = handed.Way,
                State = finding.State,
                Reasons = finding.Reasons,
                Evidence = finding.Evidence,
            };
            results.Add(await book.KeepAsync(link.ProjectId, link.Id, page, cancellationToken));
            if (time.GetElapsedTime(started) >= Budget)
                break;
        }

        return results;
    }

    private static bool IsAt(WatchedLink link, string key) =>
        UrlKeys.TargetKey(link.Page) == key
        || (link.Status.Known?.FinalUrl is { } last && WebUrl.TryParse(last, out var url) && UrlKeys.TargetKey(url) == key);
}

/// <summary>A document as somebody handed it over.</summary>
/// <param name="Url">Where the browser was.</param>
/// <param name="Html">At most <see cref="HandedDocument.MaxBytes"/>.</param>
/// <param name="IsText">It is UTF-8, whatever it says itself.</param>
internal sealed record HandedText(WebUrl Url, ReadOnlyMemory<byte> Html, bool IsText, HandOverWay Way);

/// <summary>
/// Tells what is no page from what is one, before it takes the place of a document that was handed over before. A page has a tag, and does
/// not begin as other things do (https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern).
/// </summary>
internal static partial class NoPage
{
    // What tells other things from pages stands at their beginning.
    private const int Looked = 4_096;

    private static readonly (byte[] Start, string Words)[] Starts =
    [
        ("%PDF-"u8.ToArray(), "a PDF"), ([0x89, (byte)'P', (byte)'N', (byte)'G'], "an image"), ([0xFF, 0xD8, 0xFF], "an image"),
        ("GIF8"u8.ToArray(), "an image"), ("RIFF"u8.ToArray(), "an image, a sound or a video"),
        ("<svg"u8.ToArray(), "an image"), ("PK"u8.ToArray(), "an archive, or a file of an office program"),
        ([0x1F, 0x8B], "a compressed file"), ("bplist"u8.ToArray(), "a web archive; save the page as HTML only"),
        ("MIME-Version:"u8.ToArray(), "a web archive; save the page as HTML only"),
        ("From: <Saved by"u8.ToArray(), "a web archive; save the page as HTML only"),
    ];

    /// <summary>Why a document is no page, in a sentence; null when it may be one.</summary>
    public static string? WhyNot(ReadOnlySpan<byte> document)
    {
        var isWide = document.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || document.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        var body = (document.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? document[3..] : document).Trim(" \t\r\n\f"u8);
        if (body.IsEmpty)
            return "It is empty: there is no page in it.";
        foreach (var (start, words) in Starts)
            if (body.StartsWith(start))
                return $"It is {words}, not the HTML of a page.";
        if (!isWide && body[..Math.Min(body.Length, Looked)].Contains((byte)0))
            return "It is no text, so not the HTML of a page.";
        if (body[0] is (byte)'{' or (byte)'[' && IsJson(body))
            return "It is JSON, not the HTML of a page.";
        var text = Encoding.Latin1.GetString(body[..Math.Min(body.Length, Looked)]);
        if (Xml().Match(text) is { Success: true } xml && !xml.Groups["root"].Value.Equals("html", StringComparison.OrdinalIgnoreCase))
            return $"It is XML that begins with <{xml.Groups["root"].Value}>, not the HTML of a page.";
        return !isWide && !Tag().IsMatch(Encoding.Latin1.GetString(body)) ? "There is no HTML in it, not a single tag." : null;
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
                // To its end: only the whole tells.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^<\?xml[^>]*\?>\s*(<!--[^>]*-->\s*|<![^>]*>\s*)*<(?<root>[A-Za-z][\w:.-]{0,40})", RegexOptions.NonBacktracking)]
    private static partial Regex Xml();

    [GeneratedRegex("<[A-Za-z!]", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
