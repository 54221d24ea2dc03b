using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>Keeps what comes from the web within what a column holds: 64 KiB, that is 32,768 UTF-16 units.</summary>
/// <remarks>
/// Source: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#property-types
/// </remarks>
public static class StoredText
{
    /// <summary>
    /// The longest URL of a page or a target that may be watched, in characters. The API refuses longer ones. Browsers and sitemaps
    /// stop at 2,048 to 2,083 (https://www.sitemaps.org/protocol.html).
    /// </summary>
    public const int MaxUrlLength = 2_083;

    /// <summary>
    /// Texts of evidence, reasons and baselines are stored whole up to this many characters, so the engine must not compare longer ones:
    /// a text that was cut in storage differs from the same text read again.
    /// </summary>
    public const int MaxLength = 4_096;

    internal const int MaxColumnLength = 32_000;
    internal const string CutMark = "…";
    private const int MinLength = 16;

    /// <summary>A text of at most <paramref name="maxLength"/> characters; one that was cut ends with an ellipsis.</summary>
    internal static string? Cut(string? text, int maxLength)
    {
        if (text is null || text.Length <= maxLength)
            return text;

        var length = maxLength - CutMark.Length;
        if (char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length] + CutMark;
    }

    /// <summary>
    /// JSON that fits a column: the texts of the value are cut as little as it takes. Escapes make up to six characters of one, so the
    /// limit is on the JSON, not on the texts.
    /// </summary>
    /// <param name="cut">A copy whose texts have at most so many characters, and whose lists have at most so many items.</param>
    /// <exception cref="InvalidOperationException">It does not fit, however short the texts.</exception>
    internal static string Fit<T>(T value, JsonTypeInfo<T> type, Func<T, int, T> cut)
    {
        for (var limit = MaxLength; limit >= MinLength; limit /= 2)
        {
            var json = JsonSerializer.Serialize(cut(value, limit), type);
            if (json.Length <= MaxColumnLength)
                return json;
        }

        throw new InvalidOperationException($"A {typeof(T).Name} does not fit a column.");
    }
}

/// <summary>Text that may need more than one column: <c>name</c>, <c>name2</c>, <c>name3</c> and so on.</summary>
internal static class LongText
{
    /// <summary>With ten full columns a row is still under the megabyte that the service takes.</summary>
    public const int MaxLength = 10 * StoredText.MaxColumnLength;

    /// <exception cref="RowTooLargeException">Longer than <see cref="MaxLength"/>.</exception>
    public static void Write(TableEntity row, string column, string text)
    {
        if (text.Length > MaxLength)
            throw new RowTooLargeException(column, $"{text.Length} characters do not fit into '{column}'; at most {MaxLength} do.");
        row[column] = Part(text, 0);
        for (var part = 1; part * StoredText.MaxColumnLength < text.Length; part++)
            row[Name(column, part)] = Part(text, part);
    }

    /// <exception cref="FormatException">The column is missing.</exception>
    public static string Read(TableEntity row, string column)
    {
        var text = row.Text(column);
        for (var part = 1; row.GetString(Name(column, part)) is { } more; part++)
            text += more;
        return text;
    }

    private static string Name(string column, int part) => $"{column}{part + 1}";

    private static string Part(string text, int part) =>
        text.Substring(
            part * StoredText.MaxColumnLength, Math.Min(StoredText.MaxColumnLength, text.Length - (part * StoredText.MaxColumnLength)));
}

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
