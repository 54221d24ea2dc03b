using LinkMonitor.Alerts.Sending;
using LinkMonitor.Heartbeats;
using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Imports;
using LinkMonitor.Monitoring;
using LinkMonitor.Projects;
using LinkMonitor.Retention;
using LinkMonitor.Watchdog;
using Microsoft.Azure.Functions.Worker;

namespace LinkMonitor.Hosting.Triggers;

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
