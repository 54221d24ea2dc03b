using System.Text.Json;

namespace LinkMonitor.Tests.Hosting.Triggers;

public sealed class TriggerGateTests
{
    private const string Success = """{"Outputs":{},"Logs":[],"ReturnValue":null}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/CheckPage", "queue-json", """{"tenantId":"t1","n":5,"Id":"clash"}""")]
    [InlineData("/CheckPage", "queue-text", "plain text")]
    [InlineData("/ScheduleChecks", "timer", "tick")]
    [InlineData("/ScheduleChecks", "timer-without-monitor", "tick")]
    public async Task A_call_of_the_host_runs_the_function(string path, string body, string run)
    {
        await using var app = await HostedApp.StartAsync(behindHost: true, Cancellation);

        var answer = await RawHttp.SendAsync(app.Port, HostCall(app.Port, path), RawHttp.Chunked(Bodies.Read(body)), Cancellation);

        Assert.Equal(200, answer.Status);
        Assert.Contains("Content-Type: application/json", answer.Headers, StringComparison.Ordinal);
        Assert.Contains(Success, answer.Body, StringComparison.Ordinal);
        Assert.Equal([run], app.Record.Runs);
    }

    [Fact]
    public async Task A_function_that_throws_answers_500_with_a_problem()
    {
        await using var app = await HostedApp.StartAsync(behindHost: true, Cancellation);
        app.Record.Work = _ => throw new InvalidOperationException("secret detail");

        var answer = await RawHttp.SendAsync(
            app.Port, HostCall(app.Port, "/CheckPage"), RawHttp.Chunked(Bodies.Read("queue-text")), Cancellation);

        Assert.Equal(500, answer.Status);
        Assert.Contains("application/problem+json", answer.Headers, StringComparison.Ordinal);
        Assert.Contains("CheckPage failed", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    public async Task A_body_that_cannot_be_read_answers_500_and_runs_nothing(string body)
    {
        await using var app = await HostedApp.StartAsync(behindHost: true, Cancellation);
        var chunks = body.Length == 0 ? "0\r\n\r\n" : RawHttp.Chunked(body);

        var answer = await RawHttp.SendAsync(app.Port, HostCall(app.Port, "/CheckPage"), chunks, Cancellation);

        Assert.Equal(500, answer.Status);
        Assert.NotEmpty(answer.Body);
        Assert.Empty(app.Record.Runs);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var app = await HostedApp.StartAsync(behindHost: true, Cancellation);
        var body = JsonSerializer.Serialize(new { Data = new { message = new string('x', 5 * 1024 * 1024) } });

        var answer = await RawHttp.SendAsync(app.Port, HostCall(app.Port, "/CheckPage"), RawHttp.Chunked(body), Cancellation);

        Assert.Equal(413, answer.Status);
        Assert.Empty(app.Record.Runs);
    }

    [Theory]
    [InlineData("/CheckPage")]
    [InlineData("//CheckPage")]
    [InlineData("/%43heckPage")]
    [InlineData("/checkpage")]
    [InlineData("/CheckPage/")]
    [InlineData("/CheckPage?x=1")]
    [InlineData("/api/..%2fCheckPage")]
    [InlineData("/x%5C..%5CCheckPage")]
    [InlineData("/x/../CheckPage")]
    [InlineData("/x/%2e%2e/CheckPage")]
    [InlineData("/./CheckPage")]
    public async Task No_path_of_a_public_request_reaches_a_trigger(string path)
    {
        await using var behindHost = await HostedApp.StartAsync(behindHost: true, Cancellation);
        await using var standalone = await HostedApp.StartAsync(behindHost: false, Cancellation);
        var body = Bodies.Read("queue-text");
        string[] heads =
        [
            Forwarded(path, body.Length),
            Forwarded(path, body.Length).Replace("POST", "GET", StringComparison.Ordinal) + "\nX-HTTP-Method-Override: POST",
        ];

        foreach (var (app, head, sent) in new[]
        {
            (behindHost, heads[0], body),
            (behindHost, heads[1], body),
            (behindHost, Proxied(behindHost.Port, path), RawHttp.Chunked(body)),
            (standalone, heads[0], body),
            (standalone, Proxied(standalone.Port, path), RawHttp.Chunked(body)),
            (standalone, HostCall(standalone.Port, path), RawHttp.Chunked(body)),
        })
        {
            var answer = await RawHttp.SendAsync(app.Port, head, sent, Cancellation);

            Assert.Equal(404, answer.Status);
            Assert.Empty(app.Record.Runs);
        }
    }

    [Theory]
    [InlineData("//CheckPage")]
    [InlineData("/%43heckPage")]
    [InlineData("/checkpage")]
    [InlineData("/CheckPage/")]
    [InlineData("/CheckPage?x=1")]
    [InlineData("/x/../CheckPage")]
    [InlineData("/SendAlerts")]
    public async Task Even_with_the_headers_of_the_host_only_the_exact_path_runs_a_function(string path)
    {
        await using var app = await HostedApp.StartAsync(behindHost: true, Cancellation);

        var answer = await RawHttp.SendAsync(app.Port, HostCall(app.Port, path), RawHttp.Chunked(Bodies.Read("queue-text")), Cancellation);

        Assert.Equal(404, answer.Status);
        Assert.Empty(app.Record.Runs);
    }

    [Fact]
    public async Task A_refused_trigger_answers_as_any_unknown_path_does()
    {
        await using var app = await HostedApp.StartAsync(behindHost: true, Cancellation);

        var trigger = await RawHttp.SendAsync(app.Port, Forwarded("/CheckPage", 2), "{}", Cancellation);
        var unknown = await RawHttp.SendAsync(app.Port, Forwarded("/Elsewhere", 2), "{}", Cancellation);

        Assert.Equal(unknown.Status, trigger.Status);
        Assert.Equal(unknown.Body, trigger.Body);
        Assert.Equal(WithoutDate(unknown.Headers), WithoutDate(trigger.Headers));
    }

    [Fact]
    public async Task Other_requests_are_handed_on()
    {
        await using var app = await HostedApp.StartAsync(behindHost: true, Cancellation);

        var landing = await RawHttp.SendAsync(app.Port, $"GET / HTTP/1.1\nHost: 127.0.0.1:{app.Port}", "", Cancellation);
        var api = await RawHttp.SendAsync(app.Port, Proxied(app.Port, "/api/echo"), RawHttp.Chunked("{}"), Cancellation);

        Assert.Contains("landing", landing.Body, StringComparison.Ordinal);
        Assert.Contains("/api/echo", api.Body, StringComparison.Ordinal);
    }

    /// <summary>What the host itself sends.</summary>
    private static string HostCall(int port, string path) =>
        $"""
        POST {path} HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Azure-Functions-Host/4.1037.0.0
        X-Azure-Functions-HostVersion: 4.1037.0.0
        X-Azure-Functions-InvocationId: 0f8fad5b-d9cb-469f-a165-70867728950e
        Content-Type: application/json; charset=utf-8
        Transfer-Encoding: chunked
        """;

    /// <summary>A public request in forwarding mode, by a client that forges all it can.</summary>
    private static string Forwarded(string path, int length) =>
        $"""
        POST {path} HTTP/1.1
        Host: monitor.example.com
        User-Agent: Azure-Functions-Host/4.1037.0.0
        X-Azure-Functions-HostVersion: 4.1037.0.0
        X-Azure-Functions-InvocationId: 0f8fad5b-d9cb-469f-a165-70867728950e
        Content-Type: application/json; charset=utf-8
        Content-Length: {length}
        """;

    /// <summary>A public request in proxying mode, by a client that forges all it can.</summary>
    private static string Proxied(int port, string path) =>
        $"""
        {HostCall(port, path)}
        x-ms-invocation-id: 0f8fad5b-d9cb-469f-a165-70867728950e
        X-Forwarded-For: 203.0.113.9
        X-Forwarded-Host: 127.0.0.1:{port}
        X-Forwarded-Proto: https
        """;

    private static IEnumerable<string> WithoutDate(string headers) =>
        headers.Split("\r\n").Where(header => !header.StartsWith("Date:", StringComparison.Ordinal));
}
