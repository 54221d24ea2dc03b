using System.Diagnostics;
using LinkMonitor.Hosting;

namespace LinkMonitor.Tests.Hosting;

/// <summary>Real processes (tests/HostedProcess), as nothing else has an exit code.</summary>
public sealed class ProcessRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("crash", "alone", ProcessRunExtensions.Crashed)]
    [InlineData("crash", "behind-host", ProcessRunExtensions.Crashed)]
    [InlineData("stop", "alone", ProcessRunExtensions.Crashed)]
    [InlineData("stop", "behind-host", ProcessRunExtensions.Stopped)]
    public async Task A_failed_service_never_ends_with_0_and_a_stop_from_inside_only_where_the_host_asks_for_it(
        string scenario, string place, int exitCode)
    {
        using var process = Start(scenario, place);

        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.True(process.ExitCode == exitCode, $"Exit code {process.ExitCode}:\n{output}");
    }

    [Theory]
    [InlineData("alone", ProcessRunExtensions.Stopped)]
    [InlineData("behind-host", ProcessRunExtensions.Crashed)]
    public async Task A_signal_ends_with_0_only_without_a_host(string place, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using var process = Start("wait", place);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line && line != "ready")
            {
                // The log comes first.
            }

            // Not SIGINT: it stays ignored in every child of a shell that runs the tests in the background.
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.StandardOutput.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);

            Assert.Equal(exitCode, process.ExitCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string scenario, string place)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HostedProcess.dll"), scenario, place])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var name in start.Environment.Keys
            .Where(name => name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase))
            .ToList())
            start.Environment.Remove(name);
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }
}
