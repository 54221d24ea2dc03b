using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Keys;

namespace LinkMonitor.IntegrationTests.CommandLine;

/// <summary>The executable as it is started standalone, with good settings and bad.</summary>
public sealed partial class ServeProcessTests(AzuriteFixture azurite)
{
    private const string Unreachable =
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a";

    [Fact]
    public async Task Standalone_it_prints_the_admin_key_once_serves_and_ends_with_0_when_asked()
    {
        var stop = TestContext.Current.CancellationToken;
        var settings = new Dictionary<string, string> { ["LinkMonitor__Storage"] = azurite.OwnAccount() };
        var port = LinkMonitorProcess.FreePort();
        await using var first = LinkMonitorProcess.Start(settings, "--port", $"{port}");
        await first.ReadyAsync(stop);
        var key = Key().Match(first.Output).Value;

        Assert.True(ApiKeySecret.TryParse(key, out _), first.Output);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(port, "/", null, stop));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(port, "/health", null, stop));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(port, "/api/v1/projects", key, stop));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(port, "/ScheduleChecks", null, stop));
        Assert.Equal(0, await first.StopAsync(stop));

        await using var second = LinkMonitorProcess.Start(settings, "--port", $"{port}");
        await second.ReadyAsync(stop);
        Assert.False(Key().IsMatch(second.Output), second.Output);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(port, "/api/v1/projects", key, stop));

        // Ctrl+C ends it as SIGTERM does, as its help says.
        Assert.Equal(0, await second.InterruptAsync(stop));
    }

    [Theory]
    [InlineData("serve", "--port", "none")]
    [InlineData("doctor", "--mail-to", "nobody")]
    [InlineData("export", "--all", "links.lmarchive", "--unknown")]
    public async Task A_wrong_option_is_told_with_the_wrong_settings(params string[] args)
    {
        var settings = new Dictionary<string, string>
        {
            ["LinkMonitor__Storage"] = "garbage",
            ["LinkMonitor__Mail__Smtp__Host"] = "smtp.example.org",
        };

        await using var process = LinkMonitorProcess.Start(settings, args);

        Assert.Equal(64, await process.ExitCodeAsync(TestContext.Current.CancellationToken));
        Assert.Contains(args[^1], process.Output, StringComparison.Ordinal);
        Assert.Contains(
            "The storage setting cannot be used: it must be a list of Name=Value pairs", process.Output, StringComparison.Ordinal);
        Assert.Contains("LinkMonitor:Mail:Transport is missing", process.Output, StringComparison.Ordinal);
        Assert.Contains($"See 'linkmonitor {args[0]} --help'.", process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LinkMonitor__Storage", "garbage", "Name=Value")]
    [InlineData("LinkMonitor__Storage", Unreachable, "does not answer")]
    [InlineData("LinkMonitor__Mail__Transport", "pigeon", "LinkMonitor:Mail:Transport")]
    [InlineData("LinkMonitor__Mail__Transport", "smtp", "LinkMonitor:Mail:From")]
    [InlineData("LinkMonitor__Mail__Transprot", "smtp", "Did you mean LinkMonitor:Mail:Transport?")]
    [InlineData("LinkMonitor__Alerts__GroupingDelay", "5 minutes", "for example 00:05:00")]
    [InlineData("LinkMonitor__Monitoring__Lease", "soon", "LinkMonitor:Monitoring:Lease")]
    [InlineData("LinkMonitor__Monitoring__Lease", "00:00:01", "LinkMonitor:Monitoring:Lease")]
    [InlineData("LinkMonitor__Monitoring__TargetBudget", "00:15:00", "LinkMonitor:Monitoring:TargetBudget")]
    [InlineData("LinkMonitor__AdminKey", "short", "LinkMonitor:AdminKey")]
    [InlineData("LinkMonitor__Budgets__CheckPage", "00:20:00", "must be shorter than LinkMonitor:Monitoring:Lease, 00:15:00")]
    [InlineData("LinkMonitor__Heartbeat__Url", "a-secret", "LinkMonitor:Heartbeat:Url")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "garbage", "APPLICATIONINSIGHTS_CONNECTION_STRING")]
    public async Task Setting_that_cannot_be_used_ends_it_with_69_and_is_named_without_a_stack_trace(string name, string value, string hint)
    {
        var stop = TestContext.Current.CancellationToken;
        var settings = new Dictionary<string, string> { ["LinkMonitor__Storage"] = azurite.ConnectionString, [name] = value };

        await using var process = LinkMonitorProcess.Start(settings, "serve", "--port", $"{LinkMonitorProcess.FreePort()}");

        Assert.Equal(69, await process.ExitCodeAsync(stop));
        Assert.Contains(hint, process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_settings_are_told_in_one_list_before_Azurite_is_started()
    {
        var stop = TestContext.Current.CancellationToken;
        var settings = new Dictionary<string, string>
        {
            ["LinkMonitor__Mail__Transport"] = "pigeon",
            ["LinkMonitor__Retention__Changes"] = "1.00:00:00",
            ["LinkMonitor__AdminKey"] = "short",
            ["LinkMonitor__Local__UsualPorts"] = "one",
        };

        await using var process = LinkMonitorProcess.Start(settings, "serve", "--port", $"{LinkMonitorProcess.FreePort()}");

        Assert.Equal(69, await process.ExitCodeAsync(stop));
        Assert.All(
            ["Mail:Transport", "Retention:Changes", "AdminKey", "Local:UsualPorts"],
            name => Assert.Contains("LinkMonitor:" + name, process.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("Azurite", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_key_that_is_wrong_is_told_as_such()
    {
        var stop = TestContext.Current.CancellationToken;
        var wrong = azurite.ConnectionString.Replace(AzuriteFixture.AccountKey, "AAAA", StringComparison.Ordinal);

        await using var process = LinkMonitorProcess.Start(
            new Dictionary<string, string> { ["LinkMonitor__Storage"] = wrong }, "--port", $"{LinkMonitorProcess.FreePort()}");

        Assert.Equal(69, await process.ExitCodeAsync(stop));
        Assert.Contains("refuses our credentials", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_Node_is_told_with_both_remedies()
    {
        var stop = TestContext.Current.CancellationToken;

        await using var process = LinkMonitorProcess.Start(
            new Dictionary<string, string> { ["PATH"] = Path.GetTempPath() }, "--port", $"{LinkMonitorProcess.FreePort()}");

        Assert.Equal(69, await process.ExitCodeAsync(stop));
        Assert.Contains("Node.js 20", process.Output, StringComparison.Ordinal);
        Assert.Contains("LinkMonitor__Storage", process.Output, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> GetAsync(int port, string path, string? key, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await client.SendAsync(request, stop);
        return response.StatusCode;
    }

    [GeneratedRegex("lm_[0-9A-Za-z]{50}")]
    private static partial Regex Key();
}
