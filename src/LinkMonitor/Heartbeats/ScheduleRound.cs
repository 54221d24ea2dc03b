using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Telemetry;

namespace LinkMonitor.Heartbeats;

/// <summary>One round of the schedule, counted.</summary>
internal sealed class ScheduleRound(PageSchedule schedule, ProductMeter meter)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Each check that it begins is a trace of its own: those of all hosts in one would be too many to look at.
        using var apart = ProductTelemetry.Apart();
        meter.Enqueued(await schedule.EnqueueDueAsync(cancellationToken));
    }
}
