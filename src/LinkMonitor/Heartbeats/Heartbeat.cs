using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using LinkMonitor.About;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Heartbeats;

/// <summary>
/// Tells a dead-man's switch after each round whether it worked. Nothing waits for it and nothing fails by it: it has its own deadline, and
/// one request at a time.
/// </summary>
internal sealed partial class Heartbeat(
    IHttpClientFactory clients, IOptions<HeartbeatOptions> options, ProductMeter meter, TimeProvider time, ILogger<Heartbeat> logger)
    : IDisposable
{
    public const string HttpClientName = "heartbeat";

    private static readonly ProductInfoHeaderValue UserAgent = new(FetchOptions.ProductToken, Product.Version);

    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();

    /// <summary>The request under way, or the last one. It never fails.</summary>
    internal Task Sending { get; private set; } = Task.CompletedTask;

    /// <summary>Runs a round and reports how it went; a round that was asked to stop reports nothing.</summary>
    public async Task AfterAsync(Func<Task> round, CancellationToken cancellationToken)
    {
        try
        {
            await round();
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Begin(worked: false);
            throw;
        }

        Begin(worked: true);
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private void Begin(bool worked)
    {
        if (options.Value.Address is not { } address)
            return;
        lock (_lock)
        {
            // The next round tells again; what piled up would only tell late.
            if (!Sending.IsCompleted)
                return;
            using (ExecutionContext.SuppressFlow())
                Sending = Task.Run(() => SendAsync(worked ? address : Failed(address)));
        }
    }

    private async Task SendAsync(Uri address)
    {
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _disposed.Token);
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            client.Timeout = Timeout.InfiniteTimeSpan;
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { UserAgent = { UserAgent } } };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            meter.Beat(answer.IsSuccessStatusCode ? "accepted" : "refused");
            if (!answer.IsSuccessStatusCode)
                Log.Refused(logger, address.Host, (int)answer.StatusCode);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The process ends.
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            meter.Beat("no-answer");
            Log.NoAnswer(logger, address.Host, e.GetType().Name);
        }
    }

    private static Uri Failed(Uri address)
    {
        var parts = new UriBuilder(address);
        parts.Path = parts.Path.TrimEnd('/') + "/fail";
        return parts.Uri;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat was not accepted: {Host} answered {Status}.")]
        public static partial void Refused(ILogger logger, string host, int status);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat did not arrive: {Host} gave no answer ({Reason}).")]
        public static partial void NoAnswer(ILogger logger, string host, string reason);
    }
}

/// <summary>Whom to tell that the schedule works, so that its silence is noticed from outside.</summary>
public sealed class HeartbeatOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Heartbeat";

    /// <summary>
    /// An address that is asked (GET) after each round of the schedule that worked, with <c>/fail</c> at the end of its path after one that
    /// did not: as https://healthchecks.io/docs/http_api/ has it. None by default. Its path is a secret.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>For one request, name look-up and answer included. 1 to 30 seconds, 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Null when nobody is notified.</summary>
    internal Uri? Address => Uri.TryCreate(Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The value is a secret, and does not stand in the message.
        if (!string.IsNullOrEmpty(Url) && Address is not { UserInfo: "", Fragment: "" })
            yield return new ValidationResult(
                "It must be an absolute http or https address without a user and without a fragment, for example https://hc-ping.com/….",
                [nameof(Url)]);
    }
}

/// <summary>Registers the heartbeat.</summary>
internal static class HeartbeatServices
{
    public static IServiceCollection AddHeartbeat(this IServiceCollection services)
    {
        services.AddSettings<HeartbeatOptions>(HeartbeatOptions.Section);
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<ScheduleRound>();

        // The operator, not a user, has set the address, so it may be on this machine. The factory's own loggers write addresses, and this
        // one is a secret.
        services.AddHttpClient(Heartbeat.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(provider => OutgoingHandler.Create(provider, new AddressPolicy(allowPrivateNetworks: true)))
            .RemoveAllLoggers();
        return services;
    }
}

/// <summary>One round of the schedule, counted.</summary>
internal sealed class ScheduleRound(PageSchedule schedule, ProductMeter meter)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Each check that it begins is a trace of its own: those of all hosts in one would be too many to read.
        using var apart = ProductTelemetry.Apart();
        meter.Enqueued(await schedule.EnqueueDueAsync(cancellationToken));
    }
}
