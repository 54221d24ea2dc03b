using LinkMonitor.Hosting.Functions;
using LinkMonitor.Storage.Queues;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
