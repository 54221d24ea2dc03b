using LinkMonitor.Hosting.Functions;
using LinkMonitor.Storage.Queues;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NCrontab;

namespace LinkMonitor.Hosting.Standalone;

/// <summary>
/// Runs every function of the catalog from its queue or its schedule, with no Functions host. Starting fails when the queues cannot be
/// created. A loop that ends by itself ends them all, and with the exception the process (<see cref="ProcessRunExtensions"/>).
/// </summary>
internal sealed class StandaloneLoops(
    FunctionCatalog catalog, FunctionRunner runner, IMessageQueues queues, LoopOptions options, TimeProvider time, ILoggerFactory loggers)
    : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in catalog.All)
            if (function.Definition is QueueFunctionDefinition { QueueName: var queue })
                await queues.Open(queue).CreateAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var loops = catalog.All.Select(function => RunAsync(function, stop.Token)).ToList();
        if (loops.Count > 0)
            await Task.WhenAny(loops);
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        if (!stoppingToken.IsCancellationRequested && loops.Count > 0)
            throw new InvalidOperationException("A loop ended unexpectedly.");
    }

    private Task RunAsync(FunctionRegistration function, CancellationToken stoppingToken) => function.Definition switch
    {
        QueueFunctionDefinition queue => QueueLoop(queue, function).RunAsync(stoppingToken),
        TimerFunctionDefinition timer =>
            new TimerLoop(timer, function, runner, time, loggers.CreateLogger<TimerLoop>()).RunAsync(stoppingToken),
        var other => throw new InvalidOperationException($"Nothing runs a {other.GetType().Name}."),
    };

    private QueueLoop QueueLoop(QueueFunctionDefinition definition, FunctionRegistration function)
    {
        var logger = loggers.CreateLogger<QueueLoop>();
        var queue = queues.Open(definition.QueueName);
        var handler = new MessageHandler(queue, function, runner, options, time, logger);
        return new QueueLoop(queue, handler, options, time, logger);
    }
}

internal static class StandaloneExtensions
{
    // Above the drain time: cancelled functions still get to release their messages.
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs the functions of the catalog in this process, with the storage's queues. For standalone mode only: behind the Functions host
    /// they would
    /// run twice.
    /// </summary>
    public static IServiceCollection AddStandaloneLoops(this IServiceCollection services, LoopOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddHostedService<StandaloneLoops>();
        return services.Configure<HostOptions>(host =>
        {
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
            host.ShutdownTimeout = options.DrainTime + SettleTime;
            // Or the web server's own draining would use up the time of the loops.
            host.ServicesStopConcurrently = true;
        });
    }
}

/// <summary>
/// Runs a timer function on its schedule, in UTC and never twice at once. Every copy of the process runs every tick: nothing elects
/// one of them, because timer functions are idempotent and safe to run side by side.
/// </summary>
internal sealed partial class TimerLoop(
    TimerFunctionDefinition definition, FunctionRegistration function, FunctionRunner runner, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CrontabSchedule _schedule = CrontabSchedule.Parse(definition.Schedule, new() { IncludingSeconds = true });

    /// <summary>Ends only when asked to stop. Ticks that pass while the function runs are skipped.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            var last = Now();
            while (true)
            {
                // A timer may fire a moment early; counting from the last tick keeps that from running it twice.
                last = _schedule.GetNextOccurrence(last > Now() ? last : Now());
                await WaitUntilAsync(last, stoppingToken);
                await RunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task WaitUntilAsync(DateTime tick, CancellationToken stoppingToken)
    {
        while (tick - Now() is { Ticks: > 0 } wait)
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stoppingToken);
    }

    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await runner.RunAsync(function, "", stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // The edge of the process: the next tick tries again.
            Log.Failed(logger, definition.Name, exception);
        }
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed; the next tick tries again.")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}

/// <summary>How the standalone loops treat queues. The defaults that host.json has too are the same there; a test compares.</summary>
internal sealed record LoopOptions
{
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(30);
    public const int DefaultMaxDequeueCount = 5;
    public const int DefaultMaxConcurrency = 16;

    /// <summary>Messages of one queue that run at once in this process, 1 or more.</summary>
    public int MaxConcurrency { get; init; } = DefaultMaxConcurrency;

    /// <summary>
    /// How long a received message is hidden from others; renewed at half of it while the function runs. After a crash the message comes
    /// back when it ends.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a message stays hidden after its function failed.</summary>
    public TimeSpan RetryDelay { get; init; } = DefaultRetryDelay;

    /// <summary>
    /// The same for a message of a poison queue, which has nowhere else to go: the ten minutes the Functions host gives it.
    /// </summary>
    public TimeSpan PoisonRetryDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a message is handed to its function before it goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = DefaultMaxDequeueCount;

    /// <summary>The first pause after the queue was found empty; doubled up to <see cref="MaxPollingInterval"/>.</summary>
    public TimeSpan MinPollingInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The longest pause between two reads of an empty queue. Every read is a billed transaction on Azure; locally it is free.
    /// </summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long running functions may go on after the process was asked to stop; then they are cancelled and their messages released.
    /// </summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);
}
