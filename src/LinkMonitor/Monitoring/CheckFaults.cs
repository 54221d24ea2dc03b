using System.Collections.Concurrent;
using System.Globalization;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Monitoring;

/// <summary>
/// What happens when a check throws by a bug of ours or over a row that cannot be read: the page is listed as set aside until a check of it
/// goes well, the operator is notified once a day for each kind of fault, and everything else goes on.
/// </summary>
internal sealed partial class CheckFaults(ISetAside aside, OperatorNotices notices, TimeProvider time, ILogger<CheckFaults> logger)
{
    private const string Advice = "Its links are our-fault and are retried automatically. Report the fault with the log.";

    // Of the rounds that are under way, so it is no larger than they are many.
    private readonly ConcurrentDictionary<PageKey, bool> _faulty = new();

    // By kind of fault, of which there are few, so that a page with thousands of links asks storage once.
    private readonly ConcurrentDictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether an exception is the fault of our code or of a stored row. Storage that fails, a run that is stopped and a process without
    /// memory are not: there the message comes again.
    /// </summary>
    public static bool IsOurs(Exception exception) =>
        exception is not (StorageFailureException or ContentionException or OperationCanceledException or OutOfMemoryException);

    /// <summary>Lists the page and why its check failed under <c>/api/v1/failures/set-aside</c>, and tells the operator.</summary>
    public async Task NoteAsync(PageKey page, string url, Exception fault, CancellationToken cancellationToken)
    {
        _faulty[page] = true;
        var shown = WebUrl.TryParse(url, out var parsed) ? LoggedUrl.Of(parsed) : "A page whose row cannot be read";
        Log.CheckFailed(logger, shown, fault);

        // A row that cannot be read is listed itself.
        if (fault is not UnreadableRowException)
            await aside.NoteAsync(Note(page, $"{shown}: {fault.GetType().Name}: {fault.Message}"), cancellationToken);
        await TellAsync(url, fault, cancellationToken);
    }

    /// <summary>Tells the operator of a kind of fault: one notice a day, since a bug shows on many pages at once.</summary>
    public async Task TellAsync(string url, Exception fault, CancellationToken cancellationToken)
    {
        var kind = fault.GetType().Name;
        var day = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        if (_told.GetValueOrDefault(kind) == day)
            return;
        var content = new AlertContent { Notice = NoticeNames.CheckFailed, From = time.GetUtcNow(), Page = url, Text = kind };
        await notices.TellAsync(
            [NoticeNames.CheckFailed, kind, day], content, "A check failed because of a fault in LinkMonitor", cancellationToken);
        _told[kind] = day;
    }

    /// <summary>Ends a round of a page: when its page was checked without a fault, it is listed no longer.</summary>
    /// <param name="isChecked">False for a round that was put off, which shows nothing.</param>
    public async Task EndRoundAsync(PageKey page, bool isChecked, CancellationToken cancellationToken)
    {
        if (!_faulty.TryRemove(page, out _) && isChecked)
            await aside.ClearAsync(NameOf(page), cancellationToken);
    }

    /// <summary>What a check says that failed by our own fault: nothing of the page.</summary>
    public static Observation Observed(WebUrl page, DateTimeOffset at) => Observation.OurFault(
        page, at,
        "The check failed because of a fault in LinkMonitor itself, so nothing is judged; its operator was notified, and we try again "
            + "soon.");

    private static SetAsideName NameOf(PageKey page) => new(NoticeNames.CheckFailed, page.Shard, page.PageId);

    private static SetAsideNote Note(PageKey page, string problem) => new()
    {
        Name = NameOf(page),
        Problem = problem.ReplaceLineEndings(" "),
        Advice = Advice,
    };

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Page}: the check failed because of a fault in LinkMonitor; it is retried, and listed as set aside.")]
        public static partial void CheckFailed(ILogger logger, string page, Exception exception);
    }
}

/// <summary>
/// URLs as they are logged: user names, passwords, fragments, and the values of a query and of path parameters (<c>;jsessionid=…</c>) are
/// left out, which may let people in. The names stay, so that two pages are told apart.
/// </summary>
internal static class LoggedUrl
{
    private const int MaxLength = 300;

    public static string Of(WebUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var port = url.Port is { } other ? $":{other}" : string.Empty;
        return Cut($"{url.Scheme}://{url.Host}{port}{Path(url.Path)}{Query(url.Query)}");
    }

    // https://www.rfc-editor.org/rfc/rfc3986#section-3.3: a segment's parameters follow a semicolon.
    private static string Path(string path) => !path.Contains(';', StringComparison.Ordinal)
        ? path
        : string.Join(
            '/',
            path.Split('/').Select(
                segment => string.Join(';', segment.Split(';').Select((part, index) => index == 0 ? part : Value(part)))));

    private static string Value(string pair) => pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var end ? pair[..end] + "=*" : "*";

    private static string Query(string? query) => query is null or ""
        ? string.Empty
        : "?" + string.Join('&', query.Split('&').Select(Value));

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "\u2026";
}
