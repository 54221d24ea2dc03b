using System.Diagnostics;
using LinkMonitor.Hosting;
using LinkMonitor.Hosting.Triggers;

namespace LinkMonitor.Tests.Hosting;

/// <summary>Real processes (tests/HostedProcess), as nothing else has an exit code.</summary>
public sealed class ProcessRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("crash", false)]
    [InlineData("crash", true)]
    [InlineData("stop", false)]
    [InlineData("stop", true)]
    public async Task A_process_that_stops_by_itself_does_not_end_with_0(string scenario, bool behindHost)
    {
        using var process = Start(scenario, behindHost);

        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.True(process.ExitCode == ProcessRunExtensions.Crashed, $"Exit code {process.ExitCode}:\n{output}");
    }

    [Theory]
    [InlineData(false, ProcessRunExtensions.Stopped)]
    [InlineData(true, ProcessRunExtensions.Crashed)]
    public async Task Only_a_signal_without_a_host_ends_with_0(bool behindHost, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using var process = Start("wait", behindHost);
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

    private static Process Start(string scenario, bool behindHost)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HostedProcess.dll"), scenario])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment.Remove(FunctionsHost.PortSetting);
        if (behindHost)
            start.Environment[FunctionsHost.PortSetting] = $"{HostedApp.FreePort()}";
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }
}
