using LinkMonitor.About;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Border;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Watchdog;

/// <summary>Says of what waits whether it is late. Public: it names nothing but parts of the product.</summary>
internal sealed class HealthReport(IOptions<WatchdogOptions> options, IOptions<AlertOptions> alertOptions)
{
    public const string Ok = "ok";

    private static readonly HealthView Failing = new("failing", Product.Version, "The storage does not answer or refuses our credentials.");

    /// <summary>What waits, or that the storage fails.</summary>
    public async Task<HealthView> ReadAsync(Func<CancellationToken, Task<Backlog>> read, CancellationToken cancellationToken)
    {
        try
        {
            return Of(await read(cancellationToken));
        }
        catch (StorageFailureException)
        {
            return Failing;
        }
    }

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
        if (backlog.OutboxAge > alertOptions.Value.MaxSharedGroupingDelay + limits.MaxOutboxAge)
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

/// <summary>Whether the product can work, and whether it keeps up. Ages are in whole seconds.</summary>
/// <param name="Status"><c>ok</c>; <c>degraded</c> when it works but something is late; or <c>failing</c> with HTTP status 503.</param>
/// <param name="Version">The product's version.</param>
/// <param name="Storage"><c>ok</c>, or what is wrong with it.</param>
public sealed record HealthView(string Status, string Version, string Storage)
{
    /// <summary>What is late, by the names of these fields; empty unless <c>degraded</c>.</summary>
    public IReadOnlyList<string> Late { get; init; } = [];

    /// <summary>Since when the page is due that is due longest; null when none is.</summary>
    public long? OldestDuePage { get; init; }

    /// <summary>The age of the oldest change that waited to be reported when the outboxes were swept last; null when none waited.</summary>
    public long? OldestOutboxRow { get; init; }

    /// <summary>The age of that sweep; null when there was none yet.</summary>
    public long? LastSweep { get; init; }

    /// <summary>The queues; empty when <c>failing</c>.</summary>
    public IReadOnlyList<QueueHealth> Queues { get; init; } = [];
}

/// <param name="Name">One of the product's queues.</param>
/// <param name="Messages">How many there are, waiting for their time or at work included.</param>
/// <param name="OldestMessage">For how many seconds the one could have been received that waits longest; null when none can.</param>
/// <param name="Poisoned">Messages that failed too often and are not kept under failures yet.</param>
public sealed record QueueHealth(string Name, long Messages, long? OldestMessage, long Poisoned);
