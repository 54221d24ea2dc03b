using System.Collections.Concurrent;
using LinkMonitor.Heartbeats;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Border;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Testing.Telemetry;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.IntegrationTests.Heartbeats;

/// <summary>What a dead-man's switch hears of the rounds of the schedule.</summary>
public sealed class HeartbeatTests : IDisposable
{
    private const string Path = "/ping/a-secret-uuid";
    private readonly Measured _measured = new();
    private readonly SwitchedHook _storage = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Round_that_worked_is_told_and_one_that_failed_with_fail()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapStatus(Path, 200).MapStatus(Path + "/fail", 200);
        await using var product = await StartAsync(web.Url(Path + "?rid=1"));

        await TickAsync(product);
        _storage.Fails = true;
        await Assert.ThrowsAsync<StorageFailureException>(() => product.TickAsync("ScheduleChecks", Token));
        await SentAsync(product);

        Assert.Equal(
            [$"GET {Path}?rid=1", $"GET {Path}/fail?rid=1"],
            web.Requests.Select(request => $"{request.Method} {request.Path}{request.Query}"));
        Assert.Equal(["result=accepted", "result=accepted"], _measured.TagsOf("linkmonitor.heartbeats"));
        Assert.StartsWith("LinkMonitor", web.Requests[0].Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_told_of_a_round_that_was_asked_to_stop()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        await using var product = await StartAsync(web.Url(Path));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => product.TickAsync("ScheduleChecks", stopped.Token));
        await SentAsync(product);

        Assert.Empty(web.Requests);
    }

    [Fact]
    public async Task Switch_that_hangs_delays_nothing_and_is_left_after_its_time()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var asked = new TaskCompletionSource();
        web.Map(Path, async context =>
        {
            asked.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });
        await using var product = await StartAsync(web.Url(Path));

        await product.TickAsync("ScheduleChecks", Token);
        await asked.Task.WaitAsync(Token);
        await product.TickAsync("ScheduleChecks", Token);
        Assert.False(product.Get<Heartbeat>().Sending.IsCompleted);
        product.Clock.Advance(TimeSpan.FromSeconds(10));
        await SentAsync(product);

        Assert.Single(web.Requests);
        Assert.Equal(["result=no-answer"], _measured.TagsOf("linkmonitor.heartbeats"));
    }

    [Theory]
    [InlineData(404, "refused")]
    [InlineData(302, "refused")]
    [InlineData(500, "refused")]
    [InlineData(0, "no-answer")]
    public async Task Switch_that_fails_fails_nothing_and_its_path_is_in_no_log(int status, string result)
    {
        await using var web = await LocalWeb.StartAsync(Token);
        if (status == 0)
            web.Map(Path, context => { context.Abort(); return Task.CompletedTask; });
        else
            web.MapStatus(Path, status);
        var log = new KeptLog();
        await using var product = await StartAsync(web.Url(Path), log);

        await TickAsync(product);

        Assert.Equal([$"result={result}"], _measured.TagsOf("linkmonitor.heartbeats"));
        Assert.Contains(log.Lines, line => line.Contains("eartbeat", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_asked_without_an_address()
    {
        await using var product = await StartAsync(null);

        await TickAsync(product);

        Assert.Empty(_measured.Of("linkmonitor.heartbeats"));
    }

    public void Dispose() => _measured.Dispose();

    private Task<Product> StartAsync(string? url, KeptLog? log = null) => Product.StartAsync(
        ProductSettings.InMemory().Through(_storage) with
        {
            Meters = _measured,
            Logs = log,
            More = new() { ["LinkMonitor:Heartbeat:Url"] = url },

            // The operator's own address may be private whatever others may do.
            AllowPrivateNetworks = false,
        },
        Token);

    private static async Task TickAsync(Product product)
    {
        await product.TickAsync("ScheduleChecks", Token);
        await SentAsync(product);
    }

    private static Task SentAsync(Product product) =>
        product.Get<Heartbeat>().Sending.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Token);

    private sealed class SwitchedHook : StorageHook
    {
        public bool Fails { get; set; }

        public override Task BeforeAsync(StorageCall call) =>
            Fails ? throw new StorageFailureException(StorageFailureKind.Failed, 503, "Busy.", null) : Task.CompletedTask;
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
