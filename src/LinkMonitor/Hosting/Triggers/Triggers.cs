using LinkMonitor.Alerts.Sending;
using LinkMonitor.Failures;
using LinkMonitor.Heartbeats;
using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Hosting.Web;
using LinkMonitor.Imports;
using LinkMonitor.Monitoring;
using LinkMonitor.Projects;
using LinkMonitor.Retention;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Watchdog;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>
/// What a request starts, whatever its path and method: the pipeline that <c>linkmonitor serve</c> has, too. Standalone, the web server
/// calls that pipeline itself.
/// </summary>
internal sealed class Http(RequestPipeline pipeline)
{
    [Function("Http")]
    public Task<IActionResult> AnswerAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        pipeline.AnswerAsync(request.HttpContext);
}

/// <summary>
/// What a queue message starts. A message may come twice or to two copies, and a run may be killed at any instruction. Returning means
/// that the message is done with; throwing, that it comes again and in the end goes to the poison queue.
/// </summary>
internal sealed class Queues(
    PageCheckHandler checks, NudgeHandler nudges, ImportHandler imports, FailureNotes failures, FunctionRuns runs)
{
    /// <summary>One round of one page.</summary>
    [Function(nameof(CheckPage))]
    public Task CheckPage([QueueTrigger(QueueNames.PageChecks)] string message, CancellationToken cancellationToken) =>
        RunAsync(nameof(CheckPage), QueueNames.PageChecks, message, token => checks.HandleAsync(message, token), cancellationToken);

    /// <summary>Keeps a page check that failed too often. The page itself is due again when its lease ends.</summary>
    [Function(nameof(CheckPagePoison))]
    public Task CheckPagePoison(
        [QueueTrigger(QueueNames.PageChecks + QueueNames.PoisonSuffix)] string message, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(CheckPagePoison), token => failures.KeepAsync(QueueNames.PageChecks, message, token), cancellationToken);

    /// <summary>Tells a project's changes.</summary>
    [Function(nameof(SendAlerts))]
    public Task SendAlerts([QueueTrigger(QueueNames.Alerts)] string message, CancellationToken cancellationToken) =>
        RunAsync(nameof(SendAlerts), QueueNames.Alerts, message, token => nudges.HandleAsync(message, token), cancellationToken);

    /// <summary>Keeps a nudge that failed too often. The changes themselves stay in the outbox for the sweep.</summary>
    [Function(nameof(SendAlertsPoison))]
    public Task SendAlertsPoison(
        [QueueTrigger(QueueNames.Alerts + QueueNames.PoisonSuffix)] string message, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(SendAlertsPoison), token => failures.KeepAsync(QueueNames.Alerts, message, token), cancellationToken);

    /// <summary>Registers the links of a file, or undoes that, or looks at a polled sheet.</summary>
    [Function(nameof(ImportLinks))]
    public Task ImportLinks([QueueTrigger(QueueNames.Imports)] string message, CancellationToken cancellationToken) =>
        RunAsync(nameof(ImportLinks), QueueNames.Imports, message, token => imports.HandleAsync(message, token), cancellationToken);

    /// <summary>Keeps an import that failed too often. Put back, it goes on where it stopped.</summary>
    [Function(nameof(ImportLinksPoison))]
    public Task ImportLinksPoison(
        [QueueTrigger(QueueNames.Imports + QueueNames.PoisonSuffix)] string message, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(ImportLinksPoison), token => failures.KeepAsync(QueueNames.Imports, message, token), cancellationToken);

    private Task RunAsync(
        string function, string queue, string message, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        failures.WatchBudgetAsync(
            queue, message, () => runs.RunAsync(function, queue, message, work, cancellationToken), cancellationToken);
}

/// <summary>
/// What the clock starts, in UTC; NCRONTAB with seconds first. Several copies may run at once, and a failed run is not repeated before
/// its next tick.
/// </summary>
internal sealed class Timers(
    ScheduleRound round,
    Heartbeat heartbeat,
    AlertSweep sweep,
    StallWatch stalls,
    ProjectPurge purge,
    RetentionPurge retention,
    ClockRepair repair,
    ImportSweep imports,
    FunctionRuns runs)
{
    /// <summary>Enqueues the pages that are due.</summary>
    [Function(nameof(ScheduleChecks))]
    public Task ScheduleChecks([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        heartbeat.AfterAsync(() => runs.RunAsync(nameof(ScheduleChecks), round.RunAsync, cancellationToken), cancellationToken);

    /// <summary>Finds changes that no message came for, and projects whose time has come.</summary>
    [Function(nameof(SweepAlerts))]
    public Task SweepAlerts([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(SweepAlerts), sweep.RunAsync, cancellationToken);

    /// <summary>Notices that nothing is checked any more. Apart from the schedule, which may be what hangs.</summary>
    [Function(nameof(WatchSchedule))]
    public Task WatchSchedule([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(WatchSchedule), stalls.RunAsync, cancellationToken);

    /// <summary>Removes what deleted projects owned.</summary>
    [Function(nameof(PurgeProjects))]
    public Task PurgeProjects([TimerTrigger("30 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(PurgeProjects), purge.RunAsync, cancellationToken);

    /// <summary>Mends what a wrong clock has left in the schedule, one shard a minute.</summary>
    [Function(nameof(MendTimes))]
    public Task MendTimes([TimerTrigger("45 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(MendTimes), repair.RunAsync, cancellationToken);

    /// <summary>Finds imports that no message comes for, and published sheets that are due.</summary>
    [Function(nameof(SweepImports))]
    public Task SweepImports([TimerTrigger("15 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(SweepImports), imports.RunAsync, cancellationToken);

    /// <summary>Removes what has been kept for long enough.</summary>
    [Function(nameof(PurgeHistory))]
    public Task PurgeHistory([TimerTrigger("30 23 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(PurgeHistory), retention.RunAsync, cancellationToken);
}
