using System.IO.Compression;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LinkMonitor.IntegrationTests.Telemetry;

/// <summary>Where traces and metrics go: to a real endpoint on this machine.</summary>
[Collection(OneListener.Name)]
public sealed class ExportTests
{
    private const int Requests = 30;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_and_metrics_go_by_otlp_where_its_endpoint_is_set()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapStatus("/v1/*", StatusCodes.Status200OK);
        await using var product = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = web.Origin,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });

        await WorkAsync(product);

        var traces = Bodies(web, "/v1/traces");
        Assert.Contains("POST /api/v1/projects", traces, StringComparison.Ordinal);
        Assert.Contains("ScheduleChecks", traces, StringComparison.Ordinal);
        var metrics = Bodies(web, "/v1/metrics");
        Assert.Contains("linkmonitor.function.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("linkmonitor.hosts.enqueued", metrics, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("service.name", metrics, StringComparison.Ordinal);
        Assert.All(web.Requests, request => Assert.Equal("application/x-protobuf", request.Headers["Content-Type"]));
    }

    [Fact]
    public async Task They_go_to_azure_monitor_where_its_connection_string_is_set()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.Map("/v2.1/*", AnswerAsync);
        await using var product = await StartAsync(new()
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
                $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={web.Origin}/",
        });

        await WorkAsync(product);

        var sent = Bodies(web, "/v2.1/track");
        Assert.Equal(Requests, sent.Split("\"name\":\"POST /api/v1/projects\"").Length - 1);
        Assert.Contains("linkmonitor.function.duration", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_collected_where_neither_is_set()
    {
        await using var product = await StartAsync([]);

        Assert.Null(product.Services.GetService<TracerProvider>());
        Assert.Null(product.Services.GetService<MeterProvider>());
    }

    private static Task<Product> StartAsync(Dictionary<string, string?> settings) =>
        Product.StartAsync(ProductSettings.InMemory() with { More = settings }, Token);

    private static async Task WorkAsync(Product product)
    {
        using var spans = new HeardSpans();
        for (var i = 0; i < Requests; i++)
            await product.Api.CreateProjectAsync(new { name = "Exported" }, Token);
        await product.RoundAsync(Token);
        await spans.UntilAsync("POST /api/v1/projects", Requests, Token);
        Assert.True(product.Services.GetRequiredService<TracerProvider>().ForceFlush(30_000));
        Assert.True(product.Services.GetRequiredService<MeterProvider>().ForceFlush(30_000));
    }

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"itemsReceived":1,"itemsAccepted":1,"errors":[]}""", context.RequestAborted);
    }

    // Names are plain text in protobuf as in JSON.
    private static string Bodies(LocalWeb web, string path) =>
        string.Join('\n', web.Requests.Where(request => request.Path == path).Select(Decode));

    private static string Decode(RecordedRequest request)
    {
        if (request.Headers.GetValueOrDefault("Content-Encoding") != "gzip")
            return request.BodyText;
        using var unzipped = new GZipStream(new MemoryStream(request.Body.ToArray()), CompressionMode.Decompress);
        using var text = new StreamReader(unzipped);
        return text.ReadToEnd();
    }
}
