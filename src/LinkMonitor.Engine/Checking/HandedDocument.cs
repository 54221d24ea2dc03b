using System.Text;
using System.Text.RegularExpressions;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// A page's document as the browser of a person shows it, handed to us where we could not see the page ourselves. Of the answer that it
/// came with nothing is known: no status, no header, no redirect.
/// </summary>
public sealed partial record HandedDocument
{
    /// <summary>The longest document that is taken, in bytes.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    // The note is the first thing in a saved file, or follows the document type.
    private const int LongestHead = 4_096;

    /// <summary>The page that was to be seen.</summary>
    public required WebUrl Page { get; init; }

    /// <summary>Where the browser was; relative links are resolved against it.</summary>
    public required WebUrl Url { get; init; }

    /// <summary>The document, at most <see cref="MaxBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Html { get; init; }

    /// <summary>
    /// A browser has decoded it, and it came as UTF-8 whatever it says itself; false for a file, whose encoding is found as that of a page.
    /// </summary>
    public bool IsText { get; init; }

    /// <summary>When it was handed over, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Whether the browser was at the page's own address; scheme, <c>www.</c>, a slash at the end and tracking parameters make no other.
    /// </summary>
    public bool IsAtThePage => UrlKeys.TargetKey(Page) == UrlKeys.TargetKey(Url);

    /// <summary>The address that browsers note in a page they save; null when there is none.</summary>
    public static WebUrl? SavedFrom(ReadOnlySpan<byte> html)
    {
        var head = Encoding.Latin1.GetString(html[..Math.Min(html.Length, LongestHead)]);
        return SavedNote().Match(head) is { Success: true } note
            && WebUrl.TryParse(note.Groups["url"].Value, out var url) && url.IsHttp ? url : null;
    }

    /// <summary>The document as an answer that says nothing of itself.</summary>
    internal FetchedResponse ToAnswer() => new()
    {
        Url = Page,
        FinalUrl = Url,
        StartedAt = At,
        Status = 200,
        Headers = new ResponseHeaders([KeyValuePair.Create("Content-Type", IsText ? "text/html; charset=utf-8" : "text/html")]),
        Body = Html,
    };

    // https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537628(v=vs.85)
    [GeneratedRegex(@"<!-- saved from url=\(\d{4}\)(?<url>https?://[^\s<>""]{1,2083}) -->", RegexOptions.NonBacktracking)]
    private static partial Regex SavedNote();
}

/// <summary>What a document that was handed over says of one link, with the proof of it.</summary>
/// <param name="State">Could not tell, when the document is not the page: a wall, a login, an empty shell.</param>
/// <param name="Reasons">Empty exactly when the link is there as expected.</param>
public sealed record HandedFinding(VerdictState State, IReadOnlyList<Reason> Reasons, Evidence Evidence);

/// <summary>
/// Judges a document that was handed over like any page, with nothing fetched: neither the page nor its canonical nor a target. The
/// document is not kept, only the evidence of each link.
/// </summary>
public static class HandedPageJudge
{
    /// <summary>Reads the document once for all links of the page.</summary>
    /// <exception cref="ArgumentException">The document is too long.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static Observation Read(HandedDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Html.Length > HandedDocument.MaxBytes)
            throw new ArgumentException($"The document is longer than {HandedDocument.MaxBytes} bytes.", nameof(document));
        var read = Observer.Observe(document.ToAnswer(), cancellationToken);
        return read with
        {
            IsHandedOver = true,
            Status = null,
            Detail = (read.Kind, read.Wall) switch
            {
                (ObservationKind.Observed, _) => $"A browser showed {document.Url}; its document was handed over and read.",
                (ObservationKind.TooLarge, _) => "The document that was handed over is more than we read.",
                (_, { } wall) => WallText.DetailOf(wall, null),
                _ => "What was handed over is not the HTML of a page.",
            },
        };
    }

    /// <summary>Judges one link on what was read.</summary>
    /// <param name="seen">From <see cref="Read"/>.</param>
    /// <param name="status">What is known of the link and its page; it stays as it is.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static async Task<HandedFinding> JudgeAsync(
        Observation seen, Expectation expectation, LinkStatus status, CancellationToken cancellationToken)
    {
        var verdict = VerdictMemory.Enrich(
            await LinkChecker.CheckAsync(seen, expectation, status, TargetRound.Off, cancellationToken), status);
        return new HandedFinding(verdict.State, verdict.Reasons, EvidenceFactory.From(verdict));
    }
}
