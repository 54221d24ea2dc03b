using System.Net.Http.Headers;
using LinkMonitor.Api;
using LinkMonitor.Engine.Fetching;
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

    /// <summary>Runs a round and tells how it went; of one that was asked to stop nothing is told.</summary>
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
        [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat was not taken: {Host} answered {Status}.")]
        public static partial void Refused(ILogger logger, string host, int status);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat did not arrive: {Host} gave no answer ({Reason}).")]
        public static partial void NoAnswer(ILogger logger, string host, string reason);
    }
}
