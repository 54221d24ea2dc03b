using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.IntegrationTests.Support.FunctionsHost;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.Hosting.Worker;

/// <summary>The published worker sends its traces and metrics as the standalone server does.</summary>
public sealed class WorkerTelemetryTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_and_functions_of_the_worker_are_sent_by_otlp()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var traces = Map(web, "/v1/traces", "ScheduleChecks", "POST /api/v1/projects");
        var metrics = Map(web, "/v1/metrics", "linkmonitor.function.duration", "linkmonitor.storage.operations");
        var settings = WorkerFixture.Settings(azurite.OwnAccount());
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = web.Origin;
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "100";
        settings["OTEL_METRIC_EXPORT_INTERVAL"] = "200";
        await using var host = await WorkerFixture.StartAsync(settings["AzureWebJobsStorage"], settings, Token);
        using var api = WorkerFixture.Driver(host);

        await api.CreateProjectAsync(new { name = "Traced" }, Token);
        Assert.Equal((true, null), await host.StartTimer("ScheduleChecks").OutcomeAsync(Token));

        await Task.WhenAll(traces, metrics).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Token);
    }

    /// <returns>Ends when all words were sent to a path.</returns>
    private static Task Map(LocalWeb web, string path, params string[] words)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        web.Map(path, context =>
        {
            var sent = string.Join('\n', web.Requests.Where(request => request.Path == path).Select(request => request.BodyText));
            if (words.All(word => sent.Contains(word, StringComparison.Ordinal)))
                all.TrySetResult();
            context.Response.StatusCode = StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        return all.Task;
    }
}
