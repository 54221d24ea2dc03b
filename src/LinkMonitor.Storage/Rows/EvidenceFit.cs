using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Storage.Rows;

/// <summary>Evidence, reasons and suspicions as JSON that fits a column, whatever a hostile page put into them.</summary>
internal static class EvidenceFit
{
    // No page needs more to make its point; the fetch itself allows fewer redirects.
    private const int MaxItems = 50;

    public static string Write(Evidence evidence) => StoredText.Fit(evidence, StorageJsonContext.Stored.Evidence, Cut);

    public static string Write(Baseline baseline) => StoredText.Fit(
        baseline, StorageJsonContext.Stored.Baseline, (value, limit) => value with { Anchor = StoredText.Cut(value.Anchor, limit)! });

    public static string Write(IReadOnlyList<Reason> reasons) => StoredText.Fit(
        reasons, StorageJsonContext.Stored.IReadOnlyListReason, (value, limit) => [.. value.Select(reason => Cut(reason, limit))]);

    public static string Write(HeldState held) => StoredText.Fit(
        held, StorageJsonContext.Stored.HeldState,
        (value, limit) => value with { Reasons = [.. value.Reasons.Select(reason => Cut(reason, limit))] });

    public static string Write(IReadOnlyList<Suspicion> suspicions) => StoredText.Fit(
        suspicions, StorageJsonContext.Stored.IReadOnlyListSuspicion,
        (value, limit) => [.. value.Select(suspicion => suspicion with { Reason = Cut(suspicion.Reason, limit) })]);

    /// <summary>A reason whose texts have at most so many characters.</summary>
    public static Reason Cut(Reason reason, int limit) => reason with
    {
        Message = StoredText.Cut(reason.Message, limit)!,
        Expected = StoredText.Cut(reason.Expected, limit),
        Found = StoredText.Cut(reason.Found, limit),
    };

    /// <summary>Evidence whose texts have at most so many characters, and whose lists have at most so many items.</summary>
    public static Evidence Cut(Evidence evidence, int limit) => evidence with
    {
        Detail = StoredText.Cut(evidence.Detail, limit)!,
        FinalUrl = StoredText.Cut(evidence.FinalUrl, limit)!,
        Redirects = Cut(evidence.Redirects, limit),
        Title = StoredText.Cut(evidence.Title, limit),
        Canonical = StoredText.Cut(evidence.Canonical, limit),
        Robots = Cut(evidence.Robots, limit),
        LinkUrl = StoredText.Cut(evidence.LinkUrl, limit),
        Rel = Cut(evidence.Rel, limit),
        Anchor = StoredText.Cut(evidence.Anchor, limit),
        Snippet = StoredText.Cut(evidence.Snippet, limit),
        ContextBefore = StoredText.Cut(evidence.ContextBefore, limit),
        ContextAfter = StoredText.Cut(evidence.ContextAfter, limit),
        WhereItWas = StoredText.Cut(evidence.WhereItWas, limit),
        MovedTo = evidence.MovedTo is { } moved && StoredUrl.Cut(moved.Page, limit) is { } page ? moved with { Page = page } : null,
        Explanation = Cut(evidence.Explanation, limit),
    };

    private static Explanation? Cut(Explanation? explanation, int limit) => explanation is null ? null : explanation with
    {
        Sentence = StoredText.Cut(explanation.Sentence, limit)!,
        Steps = [.. explanation.Steps.Select(step => step with { Seen = StoredText.Cut(step.Seen, limit)! })],
    };

    private static List<Redirect> Cut(IReadOnlyList<Redirect> redirects, int limit) =>
    [
        .. redirects.Take(Math.Min(MaxItems, limit))
            .Select(redirect => StoredUrl.Cut(redirect.Url, limit) is { } url ? redirect with { Url = url } : null)
            .OfType<Redirect>(),
    ];

    private static RobotsDirectives? Cut(RobotsDirectives? robots, int limit) =>
        robots is null ? null : robots with { Reasons = Cut(robots.Reasons, limit)! };

    private static List<string>? Cut(IReadOnlyList<string>? texts, int limit) =>
        texts is null ? null : [.. texts.Take(Math.Min(MaxItems, limit)).Select(text => StoredText.Cut(text, limit)!)];
}

/// <summary>URLs in columns.</summary>
internal static class StoredUrl
{
    /// <summary>Reads a URL that this program wrote.</summary>
    /// <exception cref="FormatException">The column is damaged.</exception>
    public static WebUrl Parse(string text) =>
        WebUrl.TryParse(text, out var url) ? url : throw new FormatException("A stored URL cannot be read.");

    /// <summary>A URL of at most <paramref name="maxLength"/> characters; null when the shortened text is none.</summary>
    public static WebUrl? Cut(WebUrl url, int maxLength) =>
        url.Href.Length <= maxLength ? url
        : WebUrl.TryParse(url.Href[..maxLength], out var shortened) ? shortened
        : null;
}
