using LinkMonitor.Monitoring;
using LinkMonitor.Telemetry;

namespace LinkMonitor.Heartbeats;

/// <summary>One round of the schedule, counted.</summary>
internal sealed class ScheduleRound(PageSchedule schedule, ProductMeter meter)
{
    public async Task RunAsync(CancellationToken cancellationToken) => meter.Enqueued(await schedule.EnqueueDueAsync(cancellationToken));
}
