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
