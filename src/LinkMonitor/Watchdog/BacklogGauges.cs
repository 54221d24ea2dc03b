using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Storage.Watching;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Watchdog;

/// <summary>
/// What waits as metrics: what was seen in the latest check, if that is not long ago. The function <c>WatchSchedule</c> checks every
/// minute.
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
            "The age of the page that has been due longest; 0 when none is.");
        meter.CreateObservableGauge(
            "linkmonitor.outbox.oldest",
            () => One(backlog => backlog.OutboxAge),
            "s",
            "The age of the change that has waited longest to be reported; 0 when none does.");
        meter.CreateObservableGauge(
            "linkmonitor.queue.oldest",
            () => EachQueue((backlog, queue) => Seconds(backlog.AgeOf(queue.WaitingSince))),
            "s",
            "The age of the message that has waited longest, by queue; 0 when none does.");
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

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class HealthJson : JsonSerializerContext;

/// <summary>Tells the operator when nothing of what is due is checked any more: once, until it is.</summary>
internal sealed class StallWatch(
    Watch watch, IWatchdogStore store, OperatorNotices notices, IOptions<WatchdogOptions> options, TimeProvider time)
{
    /// <summary>A failure of the storage goes on: the next run reads again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backlog = await watch.ReadAsync(cancellationToken);
        var known = await store.GetStallAsync(cancellationToken);
        var open = known is { EndedAt: null } ? known : null;
        var age = backlog.AgeOf(backlog.ChecksWaitSince) ?? TimeSpan.Zero;
        if (age > options.Value.StalledAfter)
            await TellAsync(open, known?.ETag, backlog.ChecksWaitSince!.Value, cancellationToken);

        // Half-way down again, so that an age near the limit is one stall and not many.
        else if (open is not null && age < options.Value.StalledAfter / 2)
            await store.TrySaveAsync(open with { EndedAt = time.GetUtcNow() }, cancellationToken);
    }

    private async Task TellAsync(Stall? open, string? version, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (open is null)
        {
            open = Stall.Begin(since, time.GetUtcNow()) with { ETag = version };

            // Another copy of us noticed it at the same time, and its name counts.
            if (!await store.TrySaveAsync(open, cancellationToken))
                return;
        }

        // Reported under the stall's own name every time: whoever died in between leaves it to the next, and twice is once.
        var content = new AlertContent { Notice = NoticeNames.ScheduleStalled, From = open.Since };
        await notices.TellAsync([open.Id], content, "Nothing is being checked", cancellationToken);
    }
}

/// <summary>From when on what waits is late: then <c>/health</c> says <c>degraded</c>, and at last the operator is notified.</summary>
public sealed class WatchdogOptions
{
    public const string Section = "LinkMonitor:Watchdog";

    /// <summary>The age of the page that is due longest. 2 minutes to 1 day, 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:02:00", "1.00:00:00")]
    public TimeSpan MaxDueAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The age of the message that has waited longest on a queue. 1 minute to 1 day, 15 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan MaxMessageAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The age of the change that has waited longest to be reported, beyond <c>LinkMonitor:Alerts:MaxSharedGroupingDelay</c>, and of the
    /// last sweep. 10 minutes to 7 days, 30 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan MaxOutboxAge { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Messages on a poison queue; the handler takes them off at once. 0 to 100,000, 10 by default.</summary>
    [Range(0, 100_000)]
    public int MaxPoisoned { get; set; } = 10;

    /// <summary>
    /// So long nothing of what is due was checked before the operator is notified. 5 minutes to 7 days, 30 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long the last result is used, so that asking often costs nothing. 5 seconds to 10 minutes, 30 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Registers what notices that work is left undone.</summary>
internal static class WatchdogServices
{
    public static IServiceCollection AddWatchdog(this IServiceCollection services)
    {
        services.AddSettings<WatchdogOptions>(WatchdogOptions.Section);
        services.AddSingleton<BacklogReader>();
        services.AddSingleton<Watch>();
        services.AddSingleton<StallWatch>();
        services.AddSingleton<HealthReport>();
        services.AddSingleton<BacklogGauges>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, HealthJson.Default));
        return services.AddHostedService<GaugeStart>();
    }

    // Nobody asks for the gauges: they are asked by whoever listens to the meter.
    private sealed class GaugeStart(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<BacklogGauges>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
