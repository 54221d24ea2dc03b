using LinkMonitor.About;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Watching;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Watchdog;

/// <summary>
/// What waits, seen at most once in <see cref="WatchdogOptions.LookEvery"/> by all who ask, a read that failed included. The read belongs
/// to none of them: a caller that gives up leaves it.
/// </summary>
internal sealed class Watch(BacklogReader reader, IOptions<WatchdogOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>For one read.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private Task<Backlog>? _reading;
    private DateTimeOffset _begunAt;

    /// <summary>The latest check that came to its end; null before the first.</summary>
    public Backlog? Last { get; private set; }

    /// <exception cref="StorageFailureException">The storage fails, or did not answer in time.</exception>
    public Task<Backlog> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_reading is null || (_reading.IsCompleted && now - _begunAt >= options.Value.LookEvery))
                (_reading, _begunAt) = (ReadAsync(), now);
            return _reading.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task<Backlog> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _disposed.Token);
        await Task.Yield();
        try
        {
            return Last = await reader.ReadAsync(stop.Token);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw new StorageFailureException(StorageFailureKind.NoAnswer, 0, $"The storage did not answer within {Deadline}.", late);
        }
    }
}

/// <summary>What waited when it was checked.</summary>
/// <param name="At">When that was.</param>
/// <param name="OldestDueAt">When the page that is due longest was due; in the future, or null, when none is.</param>
/// <param name="Sweep">The last sweep of alerts; null when there was none yet.</param>
/// <param name="Queues">Every queue.</param>
internal sealed record Backlog(DateTimeOffset At, DateTimeOffset? OldestDueAt, SweepReport? Sweep, IReadOnlyList<QueueBacklog> Queues)
{
    /// <summary>Null when no page is due.</summary>
    public TimeSpan? DueAge => AgeOf(OldestDueAt);

    /// <summary>Null when nothing waited in the last sweep.</summary>
    public TimeSpan? OutboxAge => AgeOf(Sweep?.OldestOutboxAt);

    /// <summary>Null when there was no sweep.</summary>
    public TimeSpan? SweepAge => AgeOf(Sweep?.At);

    /// <summary>
    /// Since when the checks are behind: the page that is due longest, or the message of a check that waits longest; null when nothing
    /// waits.
    /// </summary>
    public DateTimeOffset? ChecksWaitSince =>
        Earlier(OldestDueAt <= At ? OldestDueAt : null, Queues.FirstOrDefault(queue => queue.Name == QueueNames.PageChecks)?.WaitingSince);

    /// <returns>Null when the time is not known, or to come.</returns>
    public TimeSpan? AgeOf(DateTimeOffset? time) => time is { } past && past <= At ? At - past : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;
}

/// <param name="Messages">All of them, visible or not.</param>
/// <param name="WaitingSince">Of the message that could have been received longest; null when none can.</param>
/// <param name="Poisoned">Messages on its poison queue.</param>
internal sealed record QueueBacklog(string Name, long Messages, DateTimeOffset? WaitingSince, long Poisoned);

/// <summary>Reads what waits: some 70 requests to the storage, whatever waits there.</summary>
internal sealed class BacklogReader(IScheduleAge schedule, IMessageQueues queues, IWatchdogStore store, TimeProvider time)
{
    public async Task<Backlog> ReadAsync(CancellationToken cancellationToken)
    {
        var due = schedule.OldestDueAsync(cancellationToken);
        var sweep = store.GetSweepAsync(cancellationToken);
        var waiting = Task.WhenAll(QueueNames.All.Select(name => ReadAsync(name, cancellationToken)));
        await Task.WhenAll(due, sweep, waiting);
        return new Backlog(time.GetUtcNow(), await due, await sweep, await waiting);
    }

    private async Task<QueueBacklog> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var backlog = await queues.Open(name).PeekAsync(cancellationToken);
        var poison = await queues.Open(name + QueueNames.PoisonSuffix).PeekAsync(cancellationToken);
        return new QueueBacklog(name, backlog.Messages, backlog.WaitingSince, poison.Messages);
    }
}

/// <summary><c>GET /health</c>, open to all.</summary>
internal static class HealthEndpoint
{
    private static readonly ProjectId Nobody = new("prj_health");

    public static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health", CheckAsync).WithTags("Health")
            .WithSummary("Whether the storage answers (503 when it does not), and what is late")
            .Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);

    // What is late is no reason for whoever watches us to stop us: only a storage that fails is a 503.
    private static async Task<IResult> CheckAsync(
        IProjectStore projects, Watch watch, HealthReport report, CancellationToken cancellationToken)
    {
        var health = await report.ReadAsync(async stop =>
        {
            await projects.GetAsync(Nobody, stop);
            return await watch.ReadAsync(stop);
        }, cancellationToken);
        return health.Storage == HealthReport.Ok ? Results.Ok(health)
            : Results.Json(health, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

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
