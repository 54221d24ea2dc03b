using LinkMonitor.Alerts.Telling;
using LinkMonitor.Monitoring;
using LinkMonitor.Projects;
using Microsoft.Azure.Functions.Worker;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>
/// What the clock starts, in UTC; NCRONTAB with seconds first. Several copies may run at once, and a failed run is not repeated before
/// its next tick.
/// </summary>
internal sealed class Timers(PageSchedule schedule, AlertSweep sweep, ProjectPurge purge)
{
    /// <summary>Enqueues the pages that are due.</summary>
    [Function(nameof(ScheduleChecks))]
    public Task ScheduleChecks([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        schedule.EnqueueDueAsync(cancellationToken);

    /// <summary>Finds changes that no message came for, and projects whose time has come.</summary>
    [Function(nameof(SweepAlerts))]
    public Task SweepAlerts([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.RunAsync(cancellationToken);

    /// <summary>Removes what deleted projects owned.</summary>
    [Function(nameof(PurgeProjects))]
    public Task PurgeProjects([TimerTrigger("30 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        purge.RunAsync(cancellationToken);
}
