using LinkMonitor.Hosting.Functions;

namespace LinkMonitor.Monitoring;

/// <summary>Timer function: enqueues the pages that are due.</summary>
internal sealed class ScheduleChecks(PageSchedule schedule) : ITimerFunction
{
    public Task RunAsync(CancellationToken cancellationToken) => schedule.EnqueueDueAsync(cancellationToken);
}
