using LinkMonitor.Alerts.Telling;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Telemetry;

namespace LinkMonitor.Monitoring;

/// <summary>
/// What happens when a check throws by a bug of ours or over a row that cannot be read: the page is kept among the failures, the operator is told once for each
/// kind of fault, and everything else goes on.
/// </summary>
internal sealed partial class CheckFaults(
    IFailureStore failures, OperatorNotices notices, ProductMeter meter, TimeProvider time, ILogger<CheckFaults> logger)
{
    /// <summary>
    /// Whether an exception is the fault of our code or of a stored row. Storage that fails, a run that is stopped and a process without memory are not: there
    /// the message comes again.
    /// </summary>
    public static bool IsOurs(Exception exception) =>
        exception is not (StorageFailureException or ContentionException or OperationCanceledException or OutOfMemoryException);

    /// <summary>Keeps the page and why its check failed, where <c>/api/v1/failures</c> shows it, and tells the operator.</summary>
    public async Task NoteAsync(PageKey page, string url, Exception fault, CancellationToken cancellationToken)
    {
        Log.CheckFailed(logger, WebUrl.TryParse(url, out var parsed) ? LoggedUrl.Of(parsed) : "A page whose row cannot be read", fault);
        var text = QueueMessages.WritePageCheck(page);
        var kind = fault.GetType().Name;
        await failures.NoteAttemptAsync(QueueNames.PageChecks, text, $"{kind}: {fault.Message}", time.GetUtcNow(), cancellationToken);
        await failures.RecordAsync(QueueNames.PageChecks, text, time.GetUtcNow(), cancellationToken);
        meter.SetAside(NoticeNames.CheckFailed);

        // One notice for a kind of fault and a day: a bug shows on many pages at once.
        var day = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var content = new AlertContent { Notice = NoticeNames.CheckFailed, From = time.GetUtcNow(), Page = url, Text = kind };
        await notices.TellAsync([NoticeNames.CheckFailed, kind, day], content, "A check failed by a fault of LinkMonitor", cancellationToken);
    }

    /// <summary>What a check says that failed by our own fault: nothing of the page.</summary>
    public static Observation Observed(WebUrl page, DateTimeOffset at) => Observation.OurFault(
        page, at, "The check failed by a fault of LinkMonitor itself, so nothing is judged; whoever runs it was told, and we try again soon.");

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Page}: the check failed by a fault of LinkMonitor; it is tried again, and kept under /api/v1/failures.")]
        public static partial void CheckFailed(ILogger logger, string page, Exception exception);
    }
}
