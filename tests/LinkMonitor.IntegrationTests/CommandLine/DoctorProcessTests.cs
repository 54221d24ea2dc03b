using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.CommandLine;

/// <summary>The doctor tries the real things: what works is said, and what does not with what to do.</summary>
public sealed class DoctorProcessTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_installation_that_works_ends_with_0_and_a_test_mail_comes()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapStatus("/control", 204);
        var recipient = smtp.UniqueRecipient("me");

        var (exitCode, output) = await RunAsync(Settings(web.Url("/control"), smtp.Server.Port), "--mail-to", recipient);

        Assert.True(exitCode == 0, output);
        Assert.All(["ok    settings", "ok    storage", "ok    queues", "ok    mail", "ok    test mail", "ok    network", "ok    clock"],
            line => Assert.Contains(line, output, StringComparison.Ordinal));
        Assert.Contains("test", (await smtp.Server.NextAsync(recipient, Token)).Parse()["Subject"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_does_not_work_ends_with_69_and_says_what_to_do()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapRedirect("/control", "/login");

        var (exitCode, output) = await RunAsync(Settings(web.Url("/control"), LinkMonitorProcess.FreePort()));

        Assert.Equal(69, exitCode);
        Assert.Contains("FAILS mail", output, StringComparison.Ordinal);
        Assert.Contains("LinkMonitor:Mail:Smtp:Host", output, StringComparison.Ordinal);
        Assert.Contains("FAILS network", output, StringComparison.Ordinal);
        Assert.Contains("LinkMonitor:Outages:ControlUrls", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_wrong_and_a_storage_that_is_not_there_are_told()
    {
        var misspelt = await RunAsync(
            new() { ["LinkMonitor__Storage"] = azurite.OwnAccount(), ["LinkMonitor__Mial__From"] = "me@example.org" });
        var absent = await RunAsync(new()
        {
            ["LinkMonitor__Storage"] =
                "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:9/a;"
                    + "QueueEndpoint=http://127.0.0.1:9/a",
        });

        Assert.Equal((69, 69), (misspelt.ExitCode, absent.ExitCode));
        Assert.Contains("Did you mean LinkMonitor:Mail:From?", misspelt.Output, StringComparison.Ordinal);
        Assert.Contains("FAILS storage", absent.Output, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Settings(string control, int smtpPort) => new()
    {
        ["LinkMonitor__Storage"] = azurite.OwnAccount(),
        ["LinkMonitor__Outages__ControlUrls"] = control,
        ["LinkMonitor__Monitoring__AllowPrivateNetworks"] = "true",
        ["LinkMonitor__Mail__Transport"] = "smtp",
        ["LinkMonitor__Mail__From"] = "alerts@example.org",
        ["LinkMonitor__Mail__Smtp__Host"] = "127.0.0.1",
        ["LinkMonitor__Mail__Smtp__Port"] = $"{smtpPort}",
        ["LinkMonitor__Mail__Smtp__Security"] = "None",
    };

    private static async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string> settings, params string[] arguments)
    {
        await using var process = LinkMonitorProcess.Start(settings, ["doctor", .. arguments]);
        var exitCode = await process.ExitCodeAsync(Token);
        return (exitCode, process.Output);
    }
}
