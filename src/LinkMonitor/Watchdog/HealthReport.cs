using LinkMonitor.Alerts.Planning;
using LinkMonitor.Api;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Watchdog;

/// <summary>Says of what waits whether it is late. Public: it names nothing but parts of the product.</summary>
internal sealed class HealthReport(IOptions<WatchdogOptions> options, IOptions<TellingOptions> telling)
{
    public const string Ok = "ok";

    public static HealthView Failing { get; } = new("failing", Product.Version, "The storage does not answer or refuses our credentials.");

    public HealthView Of(Backlog backlog)
    {
        var late = Late(backlog).ToList();
        return new HealthView(late.Count == 0 ? Ok : "degraded", Product.Version, Ok)
        {
            Late = late,
            OldestDuePage = Seconds(backlog.DueAge),
            OldestOutboxRow = Seconds(backlog.OutboxAge),
            LastSweep = Seconds(backlog.SweepAge),
            Queues =
            [
                .. backlog.Queues.Select(queue => new QueueHealth(
                    queue.Name, queue.Messages, Seconds(backlog.AgeOf(queue.WaitingSince)), queue.Poisoned)),
            ],
        };
    }

    private IEnumerable<string> Late(Backlog backlog)
    {
        var limits = options.Value;
        if (backlog.DueAge > limits.MaxDueAge)
            yield return "oldestDuePage";
        if (backlog.OutboxAge > telling.Value.MaxSharedGroupingDelay + limits.MaxOutboxAge)
            yield return "oldestOutboxRow";
        if (backlog.SweepAge > limits.MaxOutboxAge)
            yield return "lastSweep";
        if (backlog.Queues.Any(queue => backlog.AgeOf(queue.WaitingSince) > limits.MaxMessageAge))
            yield return "oldestMessage";
        if (backlog.Queues.Any(queue => queue.Poisoned > limits.MaxPoisoned))
            yield return "poisoned";
    }

    private static long? Seconds(TimeSpan? age) => age is { } time ? (long)time.TotalSeconds : null;
}
