using System.Diagnostics.Metrics;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.Watchdog;

/// <summary>
/// What waits as metrics: what was seen in the latest look, if that is not long ago. The function <c>WatchSchedule</c> looks every minute.
/// </summary>
internal sealed class BacklogGauges
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly Watch _watch;
    private readonly TimeProvider _time;

    public BacklogGauges(IMeterFactory meters, Watch watch, TimeProvider time)
    {
        (_watch, _time) = (watch, time);
        var meter = ProductTelemetry.MeterOf(meters);
        meter.CreateObservableGauge(
            "linkmonitor.schedule.oldest_due",
            () => One(backlog => backlog.DueAge),
            "s",
            "The age of the page that is due longest; 0 when none is.");
        meter.CreateObservableGauge(
            "linkmonitor.outbox.oldest",
            () => One(backlog => backlog.OutboxAge),
            "s",
            "The age of the change that waits longest to be told; 0 when none does.");
        meter.CreateObservableGauge(
            "linkmonitor.queue.oldest",
            () => EachQueue((backlog, queue) => Seconds(backlog.AgeOf(queue.WaitingSince))),
            "s",
            "The age of the message that waits longest, by queue; 0 when none does.");
        meter.CreateObservableGauge(
            "linkmonitor.queue.messages", () => EachQueue((_, queue) => queue.Messages), "{message}", "Messages, by queue.");
        meter.CreateObservableGauge(
            "linkmonitor.queue.poisoned",
            () => EachQueue((_, queue) => queue.Poisoned),
            "{message}",
            "Messages on the poison queue, by queue.");
    }

    private Backlog? Latest => _watch.Last is { } last && _time.GetUtcNow() - last.At <= Fresh ? last : null;

    private IEnumerable<Measurement<double>> One(Func<Backlog, TimeSpan?> age) => Latest is { } backlog ? [new(Seconds(age(backlog)))] : [];

    private IEnumerable<Measurement<T>> EachQueue<T>(Func<Backlog, QueueBacklog, T> value) where T : struct => Latest is { } backlog
        ? backlog.Queues.Select(queue => new Measurement<T>(value(backlog, queue), new KeyValuePair<string, object?>("queue", queue.Name)))
        : [];

    private static double Seconds(TimeSpan? age) => age?.TotalSeconds ?? 0;
}
