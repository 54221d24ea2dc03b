using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.CommandLine;

/// <summary>What a container's health check gets to know.</summary>
public sealed class HealthCommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task It_says_how_a_running_service_is_and_69_of_none()
    {
        var stop = TestContext.Current.CancellationToken;
        var port = LinkMonitorProcess.FreePort();
        var url = $"http://localhost:{port}";
        await using var none = LinkMonitorProcess.Start(new Dictionary<string, string>(), "health", "--url", url);
        Assert.Equal(69, await none.ExitCodeAsync(stop));

        await using var service = LinkMonitorProcess.Start(
            new Dictionary<string, string> { ["LinkMonitor__Storage"] = azurite.OwnAccount() }, "--port", $"{port}");
        await service.ReadyAsync(stop);
        await using var asked = LinkMonitorProcess.Start(new Dictionary<string, string>(), "health", "--url", url);
        await using var named = LinkMonitorProcess.Start(new Dictionary<string, string> { ["LINKMONITOR_URL"] = url }, "health");

        Assert.True(await asked.ExitCodeAsync(stop) == 0, asked.Output);
        Assert.True(await named.ExitCodeAsync(stop) == 0, named.Output);
        Assert.Contains("\"status\"", asked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_is_no_address_is_a_wrong_setting_on_every_command()
    {
        var settings = new Dictionary<string, string> { ["LINKMONITOR_URL"] = "https://me:secret@service.example/" };
        foreach (var command in new[] { "health", "status", "projects" })
        {
            await using var process = LinkMonitorProcess.Start(settings, command);

            Assert.Equal(69, await process.ExitCodeAsync(TestContext.Current.CancellationToken));
            Assert.Contains("LINKMONITOR_URL or the profile is wrong", process.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", process.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_that_is_none_is_wrong_usage(string url)
    {
        await using var process = LinkMonitorProcess.Start(new Dictionary<string, string>(), "health", "--url", url);

        Assert.Equal(64, await process.ExitCodeAsync(TestContext.Current.CancellationToken));
    }
}
